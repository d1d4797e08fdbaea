package ahti.cli.options;

import java.util.Map;

/** Whether to colour: {@code auto} asks the terminal and respects {@code NO_COLOR} and {@code TERM=dumb}. */
public enum ColorChoice {
    /** Where it is welcome. */
    AUTO,
    /** Whatever the terminal says. */
    ALWAYS,
    /** Not at all. */
    NEVER;

    /**
     * Reads the lower-case name.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static ColorChoice parse(String text) {
        return switch (text) {
            case "auto" -> AUTO;
            case "always" -> ALWAYS;
            case "never" -> NEVER;
            default -> throw new IllegalArgumentException("'" + text + "' is not auto, always or never");
        };
    }

    /** Whether to colour, on a terminal or not. */
    public boolean wants(Map<String, String> environment, boolean terminal) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    }
}
