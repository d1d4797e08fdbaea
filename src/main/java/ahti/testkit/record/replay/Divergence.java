package ahti.testkit.record.replay;

import java.time.Duration;

/**
 * Where a replay went another way than the recording.
 *
 * @param step inputs taken until then
 * @param at virtual time since the engine began
 * @param expected what the recorded engine did
 * @param came what the replayed engine did
 */
public record Divergence(long step, Duration at, String expected, String came) {

    /** One sentence for people. */
    public String describe() {
        return "after input " + step + ", at " + at + ": recorded was " + expected + ", replayed " + came;
    }
}
