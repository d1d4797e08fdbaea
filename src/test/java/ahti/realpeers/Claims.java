package ahti.realpeers;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A peer that takes nobody's word: of what the other claims to have it fetches some, and compares. */
final class Claims {
    private static final int BLOCK = 16 << 10;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] PROTOCOL = "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);

    private final Payload payload;
    private final byte[] content;
    private final BitSet claimed = new BitSet();
    private boolean unchoked;

    private Claims(Payload payload, byte[] content) {
        this.payload = payload;
        this.content = content;
    }

    /**
     * What came of it.
     *
     * @param claimed pieces
     * @param compared of these; each was right
     */
    record Result(int claimed, int compared) {}

    /**
     * Fetches so many of the pieces that whoever listens at that port claims, drawn by lot, or all if there are fewer.
     *
     * @param content of the payload
     */
    static Result check(int port, Payload payload, byte[] content, int most, Random random) {
        Claims claims = new Claims(payload, content);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.setTcpNoDelay(true);
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            return claims.talk(in, out, most, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result talk(DataInputStream in, DataOutputStream out, int most, Random random) throws IOException {
        out.write(PROTOCOL);
        out.write(new byte[8]);
        out.write(HexFormat.of().parseHex(payload.infoHash()));
        out.write(("-CK0100-" + String.format(java.util.Locale.ROOT, "%012d", random.nextInt(1 << 30)))
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {0, 0, 0, 1, 2}); // interested
        out.flush();
        in.readFully(new byte[68]);
        while (!unchoked || claimed.isEmpty()) {
            read(in);
        }
        List<Integer> pieces = new ArrayList<>(claimed.stream().boxed().toList());
        java.util.Collections.shuffle(pieces, random);
        List<Integer> some = pieces.subList(0, Math.min(most, pieces.size()));
        for (int piece : some) {
            fetch(piece, in, out);
        }
        return new Result(claimed.cardinality(), some.size());
    }

    private void fetch(int piece, DataInputStream in, DataOutputStream out) throws IOException {
        int start = piece * payload.pieceLength();
        int end = Math.min(content.length, start + payload.pieceLength());
        for (int at = start; at < end; at += BLOCK) {
            int length = Math.min(BLOCK, end - at);
            out.writeInt(13);
            out.writeByte(6);
            out.writeInt(piece);
            out.writeInt(at - start);
            out.writeInt(length);
        }
        out.flush();
        for (int at = start; at < end; at += BLOCK) {
            byte[] block = read(in);
            while (block.length == 0) {
                block = read(in);
            }
            if (!Arrays.equals(block, Arrays.copyOfRange(content, at, Math.min(end, at + BLOCK)))) {
                throw new AssertionError("piece " + piece + " was claimed, and is wrong at " + (at - start));
            }
        }
    }

    /** Reads one message; returns the data of a piece message, nothing for any other. */
    private byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == 0) {
            return new byte[0];
        }
        int id = in.readUnsignedByte();
        byte[] body = new byte[length - 1];
        in.readFully(body);
        switch (id) {
            case 0, 1 -> unchoked = id == 1;
            case 4 -> claimed.set(java.nio.ByteBuffer.wrap(body).getInt());
            case 5 -> {
                for (int piece = 0; piece < payload.pieces(); piece++) {
                    claimed.set(piece, (body[piece / 8] & (0x80 >> piece % 8)) != 0);
                }
            }
            case 7 -> {
                return Arrays.copyOfRange(body, 8, body.length);
            }
            default -> {
                return new byte[0];
            }
        }
        return new byte[0];
    }
}
