package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.testkit.swarm.Swarm;
import ahti.testkit.swarm.SwarmResult;
import java.time.Duration;

/** Whole engines that know nobody: they find each other in the DHT, and nowhere else. */
class DhtSwarmTest {

    @Seeds(2)
    void downloadsFromPeersThatOnlyTheDhtKnows(long seed) {
        SwarmResult result = swarm(seed).within(Duration.ofMinutes(10)).run();

        assertThat(result.finishes()).hasSize(5);
    }

    private static Swarm swarm(long seed) {
        return Swarm.seed(seed)
                .seeds(1)
                .leechers(5)
                .pieces(8)
                .knowing(0)
                .set("ahti.dht.enabled = true")
                .set("ahti.dht.bootstrap = [\"seed-1:6881\"]");
    }
}
