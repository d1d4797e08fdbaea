package ahti.wire;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Messages to bytes: a whole list at once, so that it leaves in one write. */
public final class FrameEncoder {
    private FrameEncoder() {}

    /**
     * Writes messages one after the other. Block data is not copied: it becomes a part of the rope.
     *
     * <pre>
     * +--------+----+----------+
     * | length | id | body ... |     length (4 bytes, big-endian) counts id and body; 0 is a keep-alive
     * +--------+----+----------+
     * </pre>
     */
    public static ByteString encode(List<? extends PeerMessage> messages) {
        int heads = 0;
        for (PeerMessage message : messages) {
            heads += message == PeerMessage.KeepAlive.INSTANCE ? 4 : 5 + message.bodyLength();
        }
        // One array for everything but block data; the rope's other parts are slices of it.
        ByteBuffer out = ByteBuffer.allocate(heads);
        ByteString all = ByteString.fromArrayUnsafe(out.array());
        ByteString rope = ByteString.emptyByteString();
        int begin = 0;
        for (PeerMessage message : messages) {
            write(message, out);
            if (message instanceof PeerMessage.Piece piece) {
                rope = rope.concat(all.slice(begin, out.position()))
                        .concat(piece.block().data());
                begin = out.position();
            }
        }
        return begin == 0 ? all : rope.concat(all.slice(begin, heads));
    }

    private static void write(PeerMessage message, ByteBuffer out) {
        if (message == PeerMessage.KeepAlive.INSTANCE) {
            out.putInt(0);
            return;
        }
        int data =
                message instanceof PeerMessage.Piece piece ? piece.block().ref().length() : 0;
        out.putInt(1 + message.bodyLength() + data).put(message.id());
        message.writeBody(out);
    }
}
