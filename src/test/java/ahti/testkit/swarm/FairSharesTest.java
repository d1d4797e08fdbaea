package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.core.RateLimits;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.engine.TorrentSource;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.disk.SimulatedDisk;
import ahti.testkit.net.Host;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.net.Traffic;
import ahti.testkit.time.VirtualTime;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.util.ByteString;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several torrents of one engine under one limit: one has a single seed, the other has five. */
@Timeout(120)
class FairSharesTest {
    private static final int PORT = 6881;
    private static final Percentage LITTLE = Percentage.withPercentage(5);
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final ActorSystem<Field.Task> field = time.system(Field.create(), "shares", "ahti.disk.hashers = 1");
    private final AhtiConfig config = AhtiConfig.load("ahti.disk.hashers = 1");
    private final SimulatedNetwork network = new SimulatedNetwork(time, new Random(1));
    private final List<ActorRef<Engine.Command>> engine = new ArrayList<>();
    private final Map<InetSocketAddress, String> seeds = new LinkedHashMap<>();
    /** Bytes that came for a torrent. */
    private final Map<String, Long> came = new LinkedHashMap<>();

    /** Whom the engine dialled: the connections carry no other name. */
    private final Map<Long, String> connections = new LinkedHashMap<>();

    @AfterEach
    void end() {
        time.close();
    }

    private void begin(RateLimits all, RateLimits ofTheFirst) {
        network.observe(new Traffic() {
            @Override
            public void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {
                connections.put(connection, seeds.get(acceptor));
            }

            @Override
            public void arrived(long connection, boolean fromDialler, ByteString bytes) {
                if (!fromDialler) {
                    came.merge(connections.get(connection), (long) bytes.length(), Long::sum);
                }
            }
        });
        Host host = network.host("home");
        SimulatedDisk disk = new SimulatedDisk(time, 1);
        EngineSettings settings = new EngineSettings(
                config,
                time.clock(),
                new Random(1),
                host.transport(),
                host.http(),
                host.datagrams(),
                host.resolver(),
                disk,
                List.of());
        field.tell(context -> {
            engine.add(context.spawn(Engine.create(settings), "home"));
            engine.get(0).tell(new Engine.SetLimits(all));
        });
        time.runUntilIdle();
        torrent("one", 1, disk, ofTheFirst);
        torrent("five", 5, disk, RateLimits.NONE);
    }

    private void torrent(String name, int seeders, SimulatedDisk disk, RateLimits own) {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(256 * 1024)
                .pieces(400)
                .seed(name.length())
                .build();
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int number = 0; number < seeders; number++) {
            Host seeder = network.host(name + number);
            addresses.add(seeder.at(PORT));
            seeds.put(seeder.at(PORT), name);
            SimulatedDisk files = new SimulatedDisk(time, number);
            files.holds(torrent, Member.DATA);
            new Member(
                            time,
                            field,
                            torrent,
                            config,
                            seeder.name(),
                            true,
                            seeder,
                            files,
                            new Random(number),
                            List.of(),
                            UnaryOperator.identity())
                    .start();
        }
        time.run(Duration.ofSeconds(1));
        Path data = Path.of("/data", name);
        disk.expects(torrent, data);
        AddOptions options = AddOptions.to(data)
                .peers(addresses.toArray(InetSocketAddress[]::new))
                .withoutTrackers()
                .limits(own);
        field.tell(context -> engine.get(0)
                .tell(new Engine.Add(
                        new TorrentSource.FromMetainfo(torrent.metainfo()),
                        options,
                        Field.ear(context, reply -> assertThat(reply).isInstanceOf(Engine.Added.class)))));
    }

    /** Bytes per second of a torrent over twenty seconds. */
    private Map<String, Double> rates() {
        time.run(WARM_UP);
        came.clear();
        time.run(Duration.ofSeconds(20));
        Map<String, Double> rates = new LinkedHashMap<>();
        came.forEach((name, bytes) -> rates.put(name, bytes / 20.0));
        return rates;
    }

    @Test
    void torrentsShareALimitAlikeHoweverManyPeersTheyHave() {
        begin(RateLimits.NONE.down(200_000), RateLimits.NONE);
        Map<String, Double> rates = rates();
        assertThat(rates.get("one")).isCloseTo(100_000, LITTLE);
        assertThat(rates.get("five")).isCloseTo(100_000, LITTLE);
    }

    @Test
    void whatATorrentMayNotTakeTheOtherGets() {
        begin(RateLimits.NONE.down(200_000), RateLimits.NONE.down(40_000));
        Map<String, Double> rates = rates();
        assertThat(rates.get("one")).isCloseTo(40_000, LITTLE);
        assertThat(rates.get("five")).isCloseTo(160_000, LITTLE);
        engine.get(0).tell(new Engine.SetLimits(RateLimits.NONE.down(1_000_000)));
        assertThat(rates().get("five")).isCloseTo(960_000, LITTLE);
    }

    @Test
    void sharesAreFairWhenTheLimitIsHigh() {
        begin(RateLimits.NONE.down(4_000_000), RateLimits.NONE);
        Map<String, Double> rates = rates();
        assertThat(rates.get("one")).isCloseTo(2_000_000, LITTLE);
        assertThat(rates.get("five")).isCloseTo(2_000_000, LITTLE);
    }
}
