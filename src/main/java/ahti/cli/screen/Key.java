package ahti.cli.screen;

import java.util.Optional;

/** A key that the live screen understands. */
public enum Key {
    /** {@code p}: show the peers, or no longer. */
    PEERS,
    /** {@code v}: say what the engine does and why it waits, or no longer. */
    VERBOSE,
    /** {@code q}: stop, as Ctrl-C does. */
    QUIT;

    /** What to tell the user about them. */
    static final String HINT = "p=peers v=verbose q=quit";

    /** The key of this letter, large or small; empty for any other. */
    public static Optional<Key> of(int letter) {
        return switch (letter) {
            case 'p', 'P' -> Optional.of(PEERS);
            case 'v', 'V' -> Optional.of(VERBOSE);
            case 'q', 'Q' -> Optional.of(QUIT);
            default -> Optional.empty();
        };
    }
}
