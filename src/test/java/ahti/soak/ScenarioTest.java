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
        assertThat(Scenario.runWithoutMishaps(2848).unfinished()).isEmpty();
    }

    @Seeds(60)
    void everybodyGetsEverythingAndNoRuleIsBroken(long seed) {
        assertThat(Scenario.runWithoutMishaps(seed).unfinished()).isEmpty();
    }

    @Seeds(60)
    void soItIsWhenBugsEndActorsAndDisksFail(long seed) {
        assertThat(Scenario.run(seed).unfinished()).isEmpty();
    }
}
