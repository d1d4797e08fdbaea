package ahti.cli.session;

import ahti.cli.options.SeedGoal;
import java.time.Duration;
import java.util.Optional;

/**
 * When a session ends.
 *
 * @param timeout gives up after so long without any peer
 * @param stall gives up after so long without progress
 * @param total ends after so long, whatever the state
 * @param goal how long to share what is complete
 * @param seedOnly nothing is fetched, so nothing can be unfinished
 * @param resumable whether what is stored outlives the command, as it does not in a demonstration
 */
public record Rules(
        Optional<Duration> timeout,
        Optional<Duration> stall,
        Optional<Duration> total,
        SeedGoal goal,
        boolean seedOnly,
        boolean resumable) {

    /** Of a command that can be run again to go on. */
    public Rules(
            Optional<Duration> timeout,
            Optional<Duration> stall,
            Optional<Duration> total,
            SeedGoal goal,
            boolean seedOnly) {
        this(timeout, stall, total, goal, seedOnly, true);
    }
}
