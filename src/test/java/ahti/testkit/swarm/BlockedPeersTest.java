package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.engine.EngineSettings;
import ahti.net.filter.AddressRange;
import ahti.net.filter.BlockList;
import ahti.net.filter.FilteredTransport;
import ahti.testkit.net.Traffic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that the user blocks: nobody dials them, and nobody lets them in. */
@Timeout(60)
class BlockedPeersTest {
    private static final String BLOCKED = "leecher-2";

    private final AtomicReference<InetAddress> blocked = new AtomicReference<>();

    private EngineSettings filtered(EngineSettings settings) {
        BlockList list = new BlockList(List.of(new AddressRange(blocked.get(), blocked.get())));
        return settings.withTransport(new FilteredTransport(settings.transport(), list));
    }

    @Test
    void whoeverIsBlockedIsLeftAlone() {
        Swarm swarm = Swarm.seed(1).seeds(2).leechers(2).tampering(this::filtered);
        try (SwarmRun run = swarm.begin()) {
            blocked.set(run.member(BLOCKED).host().address());
            run.pass(Duration.ofMinutes(2));
            assertThat(run.member("leecher-1").pieces().isFull()).isTrue();
            assertThat(run.member(BLOCKED).pieces().count()).isZero();
            assertThat(run.result().payload().values()).noneMatch(to -> to.containsKey(BLOCKED));
        }
    }

    @Test
    void norIsItANodeOfTheDhtForOthers() {
        List<InetSocketAddress> told = new ArrayList<>();
        Swarm swarm = Swarm.seed(1)
                .seeds(2)
                .leechers(2)
                .set("ahti.dht.enabled = true")
                .set("ahti.dht.bootstrap = [\"seed-1:6881\", \"" + BLOCKED + ":6881\"]")
                .tampering(this::filtered);
        try (SwarmRun run = swarm.begin()) {
            blocked.set(run.member(BLOCKED).host().address());
            run.network().observe(new Traffic() {
                @Override
                public void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {
                    if (!from.getAddress().equals(blocked.get())) {
                        told.add(to);
                    }
                }
            });
            run.pass(Duration.ofMinutes(2));

            assertThat(told).isNotEmpty().noneMatch(to -> to.getAddress().equals(blocked.get()));
        }
    }
}
