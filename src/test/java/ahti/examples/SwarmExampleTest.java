package ahti.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.testkit.swarm.Swarm;
import ahti.testkit.swarm.SwarmResult;
import org.junit.jupiter.api.Test;

/** A swarm of fifty-two real engines. */
class SwarmExampleTest {

    @Test
    void fiftyLeechersShareWhatTwoSeedsGive() {
        // README: swarm
        SwarmResult result = Swarm.seed(42)
                .seeds(2)
                .leechers(50)
                .piecesOf(64 * 1024)
                .pieces(25)
                .run();
        // README: end
        assertThat(result.finishes()).hasSize(50);
        assertThat(result.unfinished()).isEmpty();
    }
}
