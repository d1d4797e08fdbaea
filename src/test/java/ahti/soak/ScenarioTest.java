package ahti.soak;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import org.junit.jupiter.api.Timeout;

/** What holds in every swarm, in a fixed set of them; {@code scripts/soak} looks for others. */
@Timeout(300)
class ScenarioTest {

    @Seeds(200)
    void everybodyGetsEverythingAndNoRuleIsBroken(long seed) {
        assertThat(Scenario.run(seed).unfinished()).isEmpty();
    }
}
