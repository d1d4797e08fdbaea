package ahti.torrent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long a complete torrent is shared: until so much was uploaded, or for so long, whichever comes first. What was uploaded
 * and how long counts from the start of the torrent in this process. A goal that names neither is never reached.
 *
 * @param ratio so many times the size of the wanted files
 * @param time so long while complete
 */
public record SeedingGoal(OptionalDouble ratio, Optional<Duration> time) {
    private static final SeedingGoal NONE = new SeedingGoal(OptionalDouble.empty(), Optional.empty());

    public SeedingGoal {
        if (!(ratio.orElse(0) >= 0) || time.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("no goal: ratio " + ratio + ", time " + time);
        }
    }

    /** Shared until somebody stops it. */
    public static SeedingGoal forever() {
        return NONE;
    }

    /** Until so many times the size of the wanted files was uploaded. */
    public static SeedingGoal ratio(double ratio) {
        return new SeedingGoal(OptionalDouble.of(ratio), Optional.empty());
    }

    /** For so long after it was complete; zero to rest at once. */
    public static SeedingGoal time(Duration time) {
        return new SeedingGoal(OptionalDouble.empty(), Optional.of(time));
    }

    /** The same, but for so long at most. */
    public SeedingGoal orTime(Duration most) {
        return new SeedingGoal(ratio, Optional.of(most));
    }

    /** Whether enough was shared. Sizes in bytes. */
    public boolean isReached(long uploaded, long size, Duration seeding) {
        boolean enough = ratio.isPresent() && uploaded >= ratio.getAsDouble() * size;
        return enough || time.filter(most -> seeding.compareTo(most) >= 0).isPresent();
    }
}
