package ahti.core;

/**
 * A number of bytes that knows how to be read and written: {@code 412 B}, {@code 16 KiB}, {@code 1.5 GiB}.
 *
 * @param bytes never negative
 */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
    private static final String UNITS = "KMGTPE";

    public ByteCount {
        if (bytes < 0) {
            throw new IllegalArgumentException("fewer than no bytes: " + bytes);
        }
    }

    /**
     * Reads {@code 1024}, {@code 16K}, {@code 16KiB}, {@code 1.5G}; units are powers of 1024, in either case.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static ByteCount parse(String text) {
        String trimmed = text.strip();
        String upper = trimmed.toUpperCase(java.util.Locale.ROOT);
        String number = upper.endsWith("IB")
                ? upper.substring(0, upper.length() - 2)
                : upper.endsWith("B") ? upper.substring(0, upper.length() - 1) : upper;
        long unit = 1;
        int power = number.isEmpty() ? -1 : UNITS.indexOf(number.charAt(number.length() - 1));
        if (power >= 0) {
            unit = 1L << (10 * (power + 1));
            number = number.substring(0, number.length() - 1);
        }
        try {
            double value = Double.parseDouble(number.strip());
            if (!(value >= 0) || value * unit > Long.MAX_VALUE) {
                throw new NumberFormatException(number);
            }
            return new ByteCount(Math.round(value * unit));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + trimmed + "' is not a size: write bytes, or a number with K, M or G, such as 16K or 1.5M");
        }
    }

    @Override
    public int compareTo(ByteCount other) {
        return Long.compare(bytes, other.bytes);
    }

    /** With a unit and one decimal, as screens show it. */
    @Override
    public String toString() {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        long tenths = Math.round(bytes * 10.0 / (1L << (10 * power)));
        if (tenths >= 10240 && power < UNITS.length()) {
            power++;
            tenths = Math.round(bytes * 10.0 / Math.pow(1024, power));
        }
        return tenths / 10 + "." + tenths % 10 + " " + UNITS.charAt(power - 1) + "iB";
    }
}
