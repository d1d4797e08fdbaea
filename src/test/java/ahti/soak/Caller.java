package ahti.soak;

import ahti.core.BlockRef;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;

/** Ways to call on a peer, and to leave it. Each is one connection, over when it returns. */
enum Caller {
    SAYS_NOTHING,
    RESETS_AT_ONCE,
    SAYS_HALF_A_HANDSHAKE,
    SAYS_GARBAGE,
    ASKS_FOR_ANOTHER_TORRENT,
    RESETS_AFTER_THE_HANDSHAKE,
    ANNOUNCES_A_HUGE_MESSAGE,
    ASKS_AND_DOES_NOT_LISTEN,
    TAKES_A_BLOCK;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int PIECE_ID = 7;
    private static final int REQUESTS = 50;

    void calls(InetSocketAddress peer, InfoHash torrent, int block, Random random) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(peer, PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            byte[] hello = Handshake.encode(torrent, PeerId.random(random)).toArray();
            switch (this) {
                case SAYS_NOTHING -> socket.shutdownOutput();
                case RESETS_AT_ONCE -> socket.setSoLinger(true, 0);
                case SAYS_HALF_A_HANDSHAKE -> out.write(hello, 0, hello.length / 2);
                case SAYS_GARBAGE -> out.write(noise(random));
                case ASKS_FOR_ANOTHER_TORRENT ->
                    out.write(Handshake.encode(InfoHash.v1(new byte[InfoHash.WIRE_LENGTH]), PeerId.random(random))
                            .toArray());
                case RESETS_AFTER_THE_HANDSHAKE -> {
                    out.write(hello);
                    socket.getInputStream().readNBytes(hello.length);
                    socket.setSoLinger(true, 0);
                }
                case ANNOUNCES_A_HUGE_MESSAGE -> {
                    out.write(hello);
                    out.write(new byte[] {0x7f, -1, -1, -1, PIECE_ID});
                }
                case ASKS_AND_DOES_NOT_LISTEN -> {
                    out.write(hello);
                    out.write(frame(Signal.INTERESTED));
                    for (int i = 0; i < REQUESTS; i++) {
                        out.write(frame(new PeerMessage.Request(new BlockRef(0, 0, block))));
                    }
                    socket.setSoLinger(true, 0);
                }
                case TAKES_A_BLOCK -> takesABlock(socket, hello, block);
            }
        }
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[200];
        random.nextBytes(noise);
        return noise;
    }

    private static void takesABlock(Socket socket, byte[] hello, int block) throws IOException {
        OutputStream out = socket.getOutputStream();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        out.write(hello);
        in.readFully(new byte[hello.length]);
        out.write(frame(Signal.INTERESTED));
        for (int id = -1; id != PIECE_ID; ) {
            int length = in.readInt();
            byte[] body = in.readNBytes(length);
            id = length == 0 ? -1 : body[0];
            if (id == Signal.UNCHOKE.id()) {
                out.write(frame(new PeerMessage.Request(new BlockRef(0, 0, block))));
            }
        }
    }

    private static byte[] frame(PeerMessage message) {
        ByteBuffer frame = ByteBuffer.allocate(5 + message.bodyLength());
        frame.putInt(1 + message.bodyLength()).put(message.id());
        message.writeBody(frame);
        return frame.array();
    }
}
