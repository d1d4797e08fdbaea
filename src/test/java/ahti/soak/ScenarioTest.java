package ahti.soak;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in every swarm, in a fixed set of them; {@code scripts/soak} looks for others. */
@Timeout(300)
class ScenarioTest {

    /** Choked and unchoked while requests waited to leave: they left twice. */
    @Test
    void requestsThatWaitWhenAChokeComesNeverLeave() {
        assertThat(Scenario.run(2848).unfinished()).isEmpty();
    }

    @Seeds(100)
    void everybodyGetsEverythingAndNoRuleIsBroken(long seed) {
        assertThat(Scenario.run(seed).unfinished()).isEmpty();
    }
}
