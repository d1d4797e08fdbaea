package ahti.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.net.Traffic;
import ahti.testkit.script.EngineUnderTest;
import ahti.testkit.script.KnownTorrent;
import ahti.testkit.script.ScriptedPeer;
import ahti.testkit.swarm.Swarm;
import ahti.testkit.swarm.SwarmRun;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Whole engines that know nobody: they find each other on their local network, and nowhere else. */
class LocalDiscoverySwarmTest {
    private final List<InetSocketAddress> shouts = new ArrayList<>();

    private Traffic listening() {
        return new Traffic() {
            @Override
            public void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {
                shouts.add(to);
            }
        };
    }

    private static Swarm swarm(long seed) {
        return Swarm.seed(seed).seeds(1).leechers(5).pieces(8).onOneLan();
    }

    @Seeds(2)
    void downloadsFromPeersThatOnlyTheLocalNetworkKnows(long seed) {
        assertThat(swarm(seed).within(Duration.ofMinutes(2)).run().finishes()).hasSize(5);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertThat(swarm(7).run().digest()).isEqualTo(swarm(7).run().digest());
    }

    @Test
    void ofAPrivateTorrentNotAWordIsSaid() {
        try (SwarmRun run = swarm(1).torrent(
                        SimulatedTorrent.piecesOf(64 * 1024).pieces(8).isPrivate())
                .begin()) {
            run.network().observe(listening());
            run.pass(Duration.ofMinutes(10));

            assertThat(shouts).isEmpty();
            assertThat(run.result().unfinished()).hasSize(5);
        }
    }

    @Test
    void whoeverIsOnNoLocalNetworkHearsNothing() {
        try (SwarmRun run = swarm(1).begin()) {
            run.network().observe(listening());
            run.member("leecher-1").host().onLan("elsewhere");
            run.pass(Duration.ofMinutes(10));

            assertThat(shouts).isNotEmpty();
            assertThat(run.result().unfinished()).containsExactly("leecher-1");
        }
    }

    @Test
    void aMagnetLinkIsResolvedByAPeerOfTheLocalNetwork() {
        try (EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(1), "discovery.lpd=true")) {
            engine.host().onLan("home");
            ScriptedPeer neighbour = engine.peer("neighbour").listens();
            engine.network().host("neighbour").onLan("home");
            engine.startsWithLink("").passes(Duration.ofSeconds(2));

            Search search = new Search(
                    neighbour.address().getPort(),
                    List.of(engine.torrent().metainfo().infoHash()),
                    "theirs");
            Shout.once(engine, "neighbour", search);

            neighbour.accepts().expectsHandshake();
        }
    }
}
