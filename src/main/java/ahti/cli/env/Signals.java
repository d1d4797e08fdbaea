package ahti.cli.env;

/** The signals of the operating system. */
@FunctionalInterface
public interface Signals {

    /** From now on runs {@code action}, on some thread, when the signal ({@code INT}, {@code WINCH}) arrives. */
    void on(String name, Runnable action);
}
