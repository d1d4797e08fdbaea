package ahti.core;

import java.util.HexFormat;

/** Lower-case hexadecimal, as info hashes are written. */
public final class Hex {
    private static final HexFormat LOWER = HexFormat.of();

    private Hex() {}

    /** Two lower-case digits per byte. */
    public static String of(byte[] bytes) {
        return LOWER.formatHex(bytes);
    }

    /**
     * Reads digits of either case.
     *
     * @throws IllegalArgumentException on anything that is not an even run of hexadecimal digits
     */
    public static byte[] parse(String digits) {
        return LOWER.parseHex(digits);
    }
}
