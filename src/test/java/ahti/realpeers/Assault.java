package ahti.realpeers;

import static ahti.realpeers.Wiring.message;
import static ahti.realpeers.Wiring.times;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One hostile connection from beginning to end, a few seconds at most. Nothing that comes is ever read. */
enum Assault {
    OVERSIZED_PREFIX(
            true,
            (random) -> ByteBuffer.allocate(4)
                    .putInt(random.nextBoolean() ? Integer.MAX_VALUE : -1 - random.nextInt(1_000))
                    .flip()),
    NO_BITTORRENT(false, random -> noise(random, 1 + random.nextInt(2_000))),
    NOISE_IN_FRAMES(true, random -> times(50, message(random.nextInt(256), bytes(random, random.nextInt(2_000))))),
    REQUESTS_WHILE_CHOKED(true, random -> times(4_900, message(6, random.nextInt(64), 0, Wiring.BLOCK))),
    REQUESTS_AND_CANCELS(
            true, random -> times(20_000, message(2), message(6, 0, 0, Wiring.BLOCK), message(8, 0, 0, Wiring.BLOCK))),
    IMPOSSIBLE_REQUESTS(true, random -> message(6, random.nextInt(), random.nextInt(), random.nextInt())),
    INTEREST(true, random -> times(2_400, message(2), message(3))),
    HAVES(true, random -> times(4_900, message(4, random.nextInt(64)))),
    BITFIELDS(true, random -> times(40, message(5, new byte[8]))),
    UNKNOWN_MESSAGES(true, random -> times(30, message(100 + random.nextInt(100), new byte[60_000]))),
    KEEP_ALIVES(true, random -> ByteBuffer.allocate(4 * 4_900)),
    NESTED_EXTENSION(true, random -> extended(0, "d1:m" + "l".repeat(60_000))),
    LONG_NUMBER(true, random -> extended(0, "d1:pi" + "9".repeat(60_000) + "ee")),
    LIES_IN_EXTENSION(
            true,
            random -> times(
                    40,
                    extended(
                            0,
                            "d1:md11:ut_metadatai1e6:ut_pexi2ee13:metadata_sizei99999999999e1:pi0e4:reqqi2147483647e1:v"
                                    + "60000:" + "\u001b".repeat(60_000) + "e"))),
    METADATA(
            true,
            random -> times(
                    1,
                    extended(0, "d1:md11:ut_metadatai1eee"),
                    times(4_500, extended(1, "d8:msg_typei0e5:piecei0ee")))),
    PORTS(true, random -> times(4_900, message(9, new byte[] {(byte) random.nextInt(), 1}))),
    HAVE_AND_LOSE(true, random -> times(40, message(4, 0), extended(3, "\0\0\0\0"))),
    HALF_A_FRAME(true, random -> message(7, bytes(random, 60_000)).limit(30_000)),
    NOTHING(true, random -> ByteBuffer.allocate(0));

    private static final long HALF_CLOSED = 200_000_000;

    private final boolean greets;
    /** Lambdas that capture nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Words words;

    /** What it says after its handshake. */
    private interface Words {
        ByteBuffer say(Random random);
    }

    Assault(boolean greets, Words words) {
        this.greets = greets;
        this.words = words;
    }

    /** Does it, and ends as the dice say: with a reset, a half-closed connection, or properly. */
    void run(int port, byte[] infoHash, byte[] peerId, Random random) throws IOException {
        try (SocketChannel channel = Wiring.connect(2 + random.nextInt(250), port)) {
            if (greets) {
                ByteBuffer handshake = Wiring.handshake(infoHash, peerId, true);
                if (random.nextInt(8) == 0) {
                    handshake.limit(random.nextInt(68));
                }
                Wiring.send(channel, handshake, 500_000_000L);
            }
            Wiring.send(channel, words.say(random), 1_500_000_000L);
            int end = random.nextInt(3);
            if (end == 0) {
                Wiring.reset(channel);
            } else if (end == 1) {
                channel.shutdownOutput();
                LockSupport.parkNanos(HALF_CLOSED);
            }
        }
    }

    private static ByteBuffer noise(Random random, int size) {
        return ByteBuffer.wrap(bytes(random, size));
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer extended(int number, String body) {
        byte[] text = body.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[1 + text.length];
        all[0] = (byte) number;
        System.arraycopy(text, 0, all, 1, text.length);
        return message(20, all);
    }
}
