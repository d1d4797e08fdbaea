package ahti.cli.screen;

/** Colours and glyphs, or none: what the terminal can show and the user wants. */
public record Paint(boolean colours, boolean unicode) {
    private static final String LEVELS = " ▁▂▃▄▅▆▇█";
    private static final String ASCII_LEVELS = " .:-=+*#@";

    /** Green: well. */
    public String good(String text) {
        return in("32", text);
    }

    /** Red: wrong. */
    public String bad(String text) {
        return in("31", text);
    }

    /** Dim: less important. */
    public String dim(String text) {
        return in("2", text);
    }

    /** Cyan: on its way. */
    public String moving(String text) {
        return in("36", text);
    }

    /** A bar of height {@code share}: empty only at 0, full only at 1. */
    public char level(double share) {
        String levels = unicode ? LEVELS : ASCII_LEVELS;
        int top = levels.length() - 1;
        if (!(share > 0)) {
            return levels.charAt(0);
        }
        return share >= 1 ? levels.charAt(top) : levels.charAt(Math.max(1, Math.min(top - 1, (int) (share * top))));
    }

    /** Where nothing is, and something will be. */
    public String gap() {
        return unicode ? "·" : ",";
    }

    /** The mark before a success. */
    public String tick() {
        return good(unicode ? "✓" : "ok");
    }

    /** The mark before a failure. */
    public String cross() {
        return bad(unicode ? "✗" : "!!");
    }

    /** The arrow before what comes in. */
    public String down() {
        return unicode ? "↓" : "down";
    }

    /** The arrow before what goes out. */
    public String up() {
        return unicode ? "↑" : "up";
    }

    /** Between two facts. */
    public String dot() {
        return unicode ? " · " : " - ";
    }

    private String in(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
