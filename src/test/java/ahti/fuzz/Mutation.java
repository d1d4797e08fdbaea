package ahti.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages inputs as strangers might: bits, numbers, cuts, repetitions, parts of another input. Same seed, same damage. */
final class Mutation {
    private static final int MOST = 200_000;

    /** What parsers have stumbled over. */
    private static final List<byte[]> TOKENS = tokens(
            "d",
            "l",
            "e",
            "i",
            ":",
            "0:",
            "1:",
            "i0e",
            "i-1e",
            "i9223372036854775807e",
            "i-9223372036854775808e",
            "le",
            "de",
            "2147483647",
            "4294967296",
            "99999999999",
            "-1",
            "0",
            "00",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\0",
            "\t",
            " ",
            ".",
            "..",
            "/",
            "\\",
            "%",
            "%00",
            "%0a",
            "%zz",
            "&",
            "=",
            "?",
            "#",
            "@",
            "[",
            "]",
            "::",
            "::ffff:1.2.3.4",
            ",",
            "-",
            "+",
            "\u00e9",
            "e\u0301",
            "\u202e",
            "\u200d",
            "\u2028",
            "\u1fef",
            "\ud83d\ude00",
            "\uffff",
            "con",
            "NUL.txt",
            "announce",
            "peers",
            "nodes",
            "info",
            "pieces",
            "length",
            "files",
            "path",
            "attr",
            "private",
            "chunked",
            "gzip",
            "Content-Length: 5\r\n",
            "http://",
            "udp://",
            "https://[::1]:65536/");

    private final Random random;

    Mutation(long seed) {
        this.random = new Random(seed);
    }

    /** One of the inputs, damaged one to six times. */
    byte[] of(List<byte[]> inputs) {
        byte[] bytes = any(inputs);
        for (int times = 1 + random.nextInt(6); times > 0; times--) {
            bytes = damaged(bytes, any(inputs));
        }
        return bytes.length > MOST ? Arrays.copyOf(bytes, MOST) : bytes;
    }

    private byte[] damaged(byte[] bytes, byte[] other) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(64, bytes.length - from) + 1);
        return switch (random.nextInt(9)) {
            case 0 -> flipped(bytes);
            case 1 -> spliced(bytes, from, from, any(TOKENS));
            case 2 -> spliced(bytes, from, to, any(TOKENS));
            case 3 -> spliced(bytes, from, to, new byte[0]);
            case 4 -> Arrays.copyOf(bytes, from);
            case 5 -> spliced(bytes, from, from, repeated(Arrays.copyOfRange(bytes, from, to)));
            case 6 -> spliced(bytes, from, bytes.length, tail(other));
            case 7 -> spliced(bytes, from, to, anything());
            default -> spliced(bytes, from, Math.min(bytes.length, from + 1), digits());
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] repeated(byte[] run) {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int times = random.nextInt(random.nextInt(20) == 0 ? 2_000 : 8); times > 0; times--) {
            many.writeBytes(run);
        }
        return many.toByteArray();
    }

    private byte[] tail(byte[] other) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    private byte[] anything() {
        byte[] bytes = new byte[random.nextInt(9)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] digits() {
        return Long.toString(random.nextLong() >> random.nextInt(64)).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] any(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] insertion) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(bytes, 0, from);
        spliced.writeBytes(insertion);
        spliced.write(bytes, to, bytes.length - to);
        return spliced.toByteArray();
    }

    private static List<byte[]> tokens(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
