package ahti.testkit.disk;

import java.time.Duration;

/**
 * A line of a disk's transcript.
 *
 * @param begun when it was asked, since virtual time began
 * @param ended when it was answered
 * @param outcome how it failed; empty when it did not
 */
public record Step(Duration begun, Duration ended, Operation operation, String outcome) {
    @Override
    public String toString() {
        return begun + " .. " + ended + " " + operation + (outcome.isEmpty() ? "" : ": " + outcome);
    }
}
