package ahti.bencode;

import java.util.Random;

/** Random bencode. */
final class Values {
    private Values() {}

    static Bencoded any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> Leaf.of(random.nextLong() >> random.nextInt(64));
            case 1 -> Leaf.of(bytes(random));
            case 2 -> list(random, depth);
            default -> dict(random, depth);
        };
    }

    static DictBuilder dict(Random random, int depth) {
        DictBuilder dict = new DictBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            dict.put(bytes(random), any(random, depth - 1));
        }
        return dict;
    }

    private static ListBuilder list(Random random, int depth) {
        ListBuilder list = new ListBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(any(random, depth - 1));
        }
        return list;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Builds again, from what the reader shows, what it read. */
    static Bencoded rebuilt(BencodeValue value) {
        if (value instanceof BencodeInteger integer) {
            return Leaf.of(integer.value());
        } else if (value instanceof BencodeBytes bytes) {
            return Leaf.of(bytes.toBytes());
        } else if (value instanceof BencodeList list) {
            ListBuilder built = new ListBuilder();
            list.forEach(item -> built.add(rebuilt(item)));
            return built;
        } else if (value instanceof BencodeDict dict) {
            DictBuilder built = new DictBuilder();
            dict.forEach(entry -> built.put(entry.key().toBytes(), rebuilt(entry.value())));
            return built;
        }
        throw new AssertionError(value);
    }
}
