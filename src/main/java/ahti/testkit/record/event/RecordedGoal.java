package ahti.testkit.record.event;

import ahti.torrent.SeedingGoal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A {@link SeedingGoal} as a recording holds it.
 *
 * @param ratio the bits of the number
 * @param nanos of the time
 */
public record RecordedGoal(Optional<Long> ratio, Optional<Long> nanos) {

    /** Of this one. */
    public static RecordedGoal of(SeedingGoal goal) {
        Optional<Long> ratio = goal.ratio().isPresent()
                ? Optional.of(Double.doubleToLongBits(goal.ratio().getAsDouble()))
                : Optional.empty();
        return new RecordedGoal(ratio, goal.time().map(Duration::toNanos));
    }

    /** The same again. */
    public SeedingGoal goal() {
        OptionalDouble times = ratio.map(bits -> OptionalDouble.of(Double.longBitsToDouble(bits)))
                .orElse(OptionalDouble.empty());
        return new SeedingGoal(times, nanos.map(Duration::ofNanos));
    }
}
