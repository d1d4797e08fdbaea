package ahti.core;

/** Text that came from strangers, made fit for a screen, a log or an API. */
public final class Text {
    private Text() {}

    /**
     * The same text without control characters, direction marks or line breaks (each becomes {@code ?}), cut to
     * {@code most} characters.
     */
    public static String clean(String theirs, int most) {
        StringBuilder clean = new StringBuilder(Math.min(theirs.length(), most));
        theirs.codePoints().limit(most).forEach(c -> clean.appendCodePoint(isFit(c) ? c : '?'));
        return clean.toString();
    }

    private static boolean isFit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
