package ahti.cli.env;

import ahti.core.MonotonicClock;
import java.io.OutputStream;
import java.time.Clock;

/**
 * The machine below the command.
 *
 * @param clock for durations
 * @param wallClock for dates that people read
 * @param data standard output as it is: unlike {@link Env#stdout} it fails when nobody takes what is written
 * @param processes the other programs we start
 * @param exit the end of the process
 */
public record Machine(
        Terminal terminal,
        MonotonicClock clock,
        Clock wallClock,
        Signals signals,
        OutputStream data,
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
