package ahti.cli.env;

import ahti.core.MonotonicClock;
import java.time.Clock;

/**
 * The machine below the command.
 *
 * @param clock for durations
 * @param wallClock for dates that people read
 * @param processes the other programs we start
 * @param exit the end of the process
 */
public record Machine(
        Terminal terminal,
        MonotonicClock clock,
        Clock wallClock,
        Signals signals,
        Processes processes,
        Engines engines,
        Exit exit) {

    /** The end of the process. */
    public interface Exit {
        /** Ends it at once, whatever runs. Does not return, except under test. */
        void halt(int exitCode);

        /** Runs {@code action} before it ends in any way but by {@link #halt}. */
        void before(Runnable action);
    }
}
