package ahti.cli.env;

/**
 * Ends a subcommand early with an exit code and a sentence for the user. Not a bug, so without a stack trace; caught in
 * one place, where the sentence is printed.
 */
public final class CommandFailure extends RuntimeException {
    private final ExitCode code;

    /** Ends with this code; {@code sentence} says what is wrong and, where there is one, the way out. */
    public CommandFailure(ExitCode code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    /** What the shell gets. */
    public ExitCode code() {
        return code;
    }

    /** The sentence for the user. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
