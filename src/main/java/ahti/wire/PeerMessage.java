package ahti.wire;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/**
 * A message of the peer wire protocol (BEP 3, 5, 6, 10). Each knows its id and how its body is written; {@link FrameDecoder} reads
 * them.
 */
public sealed interface PeerMessage {

    /** The id byte; {@link KeepAlive} has none. */
    byte id();

    /** Bytes of the body that {@link #writeBody} writes; the data of a piece is not among them. */
    default int bodyLength() {
        return 0;
    }

    /** Writes the body. */
    default void writeBody(ByteBuffer out) {}

    /** Nothing to say, but still here: a frame of length 0. */
    enum KeepAlive implements PeerMessage {
        INSTANCE;

        @Override
        public byte id() {
            throw new IllegalStateException("a keep-alive has no id");
        }
    }

    /** The four messages that change a flag of the connection. */
    enum Signal implements PeerMessage {
        /** No requests will be answered from now on, and those under way are void. */
        CHOKE(0),
        /** Requests will be answered from now on. */
        UNCHOKE(1),
        /** You have something that I want. */
        INTERESTED(2),
        /** You have nothing that I want. */
        NOT_INTERESTED(3);

        private final byte id;

        Signal(int id) {
            this.id = (byte) id;
        }

        @Override
        public byte id() {
            return id;
        }
    }

    /** In place of a bitfield, the shortest two there are (BEP 6). */
    enum Possession implements PeerMessage {
        /** I have everything. */
        HAVE_ALL(14),
        /** I have nothing. */
        HAVE_NONE(15);

        private final byte id;

        Possession(int id) {
            this.id = (byte) id;
        }

        @Override
        public byte id() {
            return id;
        }
    }

    /** A message that names a piece, and says nothing else. */
    sealed interface NamesPiece extends PeerMessage {

        /** The piece; nobody has checked whether the torrent has one of that index. */
        int piece();

        @Override
        default int bodyLength() {
            return 4;
        }

        @Override
        default void writeBody(ByteBuffer out) {
            out.putInt(piece());
        }
    }

    /** I have this piece now. */
    record Have(int piece) implements NamesPiece {
        static final byte ID = 4;

        @Override
        public byte id() {
            return ID;
        }
    }

    /** You would do well to ask me for this piece (BEP 6). */
    record Suggest(int piece) implements NamesPiece {
        static final byte ID = 13;

        @Override
        public byte id() {
            return ID;
        }
    }

    /** You may ask for this piece while I choke you; whether I have it is another question (BEP 6). */
    record AllowedFast(int piece) implements NamesPiece {
        static final byte ID = 17;

        @Override
        public byte id() {
            return ID;
        }
    }

    /** What I have. Its bytes are unchecked: their length depends on the torrent. */
    record BitfieldBytes(ByteString bytes) implements PeerMessage {
        static final byte ID = 5;

        /** The message that says what a bitfield says. */
        public static BitfieldBytes of(Bitfield has) {
            return new BitfieldBytes(ByteString.fromArrayUnsafe(has.toWire()));
        }

        @Override
        public byte id() {
            return ID;
        }

        @Override
        public int bodyLength() {
            return bytes.length();
        }

        @Override
        public void writeBody(ByteBuffer out) {
            bytes.copyToBuffer(out);
        }
    }

    /** A message that names a block: which one is asked for, or no longer. */
    sealed interface NamesBlock extends PeerMessage {

        /** The block. */
        BlockRef block();

        @Override
        default int bodyLength() {
            return 12;
        }

        @Override
        default void writeBody(ByteBuffer out) {
            out.putInt(block().piece()).putInt(block().offset()).putInt(block().length());
        }
    }

    /** Send me this block. */
    record Request(BlockRef block) implements NamesBlock {
        static final byte ID = 6;

        @Override
        public byte id() {
            return ID;
        }
    }

    /** Here is a block. Its data is appended to the frame by the encoder, not copied. */
    record Piece(Block block) implements PeerMessage {
        static final byte ID = 7;

        @Override
        public byte id() {
            return ID;
        }

        @Override
        public int bodyLength() {
            return 8;
        }

        @Override
        public void writeBody(ByteBuffer out) {
            out.putInt(block.ref().piece()).putInt(block.ref().offset());
        }
    }

    /** I no longer want this block. */
    record Cancel(BlockRef block) implements NamesBlock {
        static final byte ID = 8;

        @Override
        public byte id() {
            return ID;
        }
    }

    /** You asked for this block, and it will not come (BEP 6). */
    record Reject(BlockRef block) implements NamesBlock {
        static final byte ID = 16;

        @Override
        public byte id() {
            return ID;
        }
    }

    /** Where the sender's DHT node listens: a UDP port at its address (BEP 5). */
    record Port(int port) implements PeerMessage {
        static final byte ID = 9;

        @Override
        public byte id() {
            return ID;
        }

        @Override
        public int bodyLength() {
            return 2;
        }

        @Override
        public void writeBody(ByteBuffer out) {
            out.putShort((short) port);
        }
    }

    /**
     * A message of the extension protocol (BEP 10).
     *
     * @param extension 0 for its handshake, otherwise the number that whoever receives it has given the extension
     * @param body unchecked
     */
    record Extended(int extension, ByteString body) implements PeerMessage {
        static final byte ID = 20;

        @Override
        public byte id() {
            return ID;
        }

        @Override
        public int bodyLength() {
            return 1 + body.length();
        }

        @Override
        public void writeBody(ByteBuffer out) {
            out.put((byte) extension);
            body.copyToBuffer(out);
        }
    }

    /** A message of an extension that we did not offer: its body is skipped. */
    record Unknown(byte id, int length) implements PeerMessage {}
}
