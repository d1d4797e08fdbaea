package ahti.cli.screen;

/** How many columns of a terminal text takes, and cutting it without breaking a character. */
public final class Columns {

    private Columns() {}

    /** Columns of a text without control characters. */
    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** 0 for what combines with the character before it, 2 for wide East Asian characters and emoji, else 1. */
    static int width(int c) {
        switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> {
                return 0;
            }
            default -> {
                return isWide(c) ? 2 : 1;
            }
        }
    }

    /** The text if it fits, else its beginning and an ellipsis; never wider than {@code columns}. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            if (used + width(c) > columns - 1) {
                break;
            }
            used += width(c);
            kept.appendCodePoint(c);
        }
        return columns < 1 ? "" : kept.append('…').toString();
    }

    /** The text {@linkplain #cut cut} or filled up with spaces to exactly {@code columns}. */
    public static String fill(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - width(cut)));
    }

    /** The blocks that Unicode's East Asian Width calls wide or full-width, and the emoji that terminals draw so. */
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115f
                        || c == 0x231a
                        || c == 0x231b
                        || (c >= 0x2e80 && c <= 0x303e)
                        || (c >= 0x3041 && c <= 0xa4cf)
                        || (c >= 0xa960 && c <= 0xa97f)
                        || (c >= 0xac00 && c <= 0xd7a3)
                        || (c >= 0xf900 && c <= 0xfaff)
                        || (c >= 0xfe30 && c <= 0xfe6f)
                        || (c >= 0xff00 && c <= 0xff60)
                        || (c >= 0xffe0 && c <= 0xffe6)
                        || (c >= 0x1f300 && c <= 0x1f64f)
                        || (c >= 0x1f680 && c <= 0x1f6ff)
                        || (c >= 0x1f900 && c <= 0x1faff)
                        || (c >= 0x20000 && c <= 0x3fffd));
    }
}
