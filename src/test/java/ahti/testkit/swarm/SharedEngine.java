package ahti.testkit.swarm;

import ahti.config.AhtiConfig;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.engine.EventFilter;
import ahti.engine.TorrentSource;
import ahti.net.HalfOpenLimit;
import ahti.testkit.Watching;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.disk.SimulatedDisk;
import ahti.testkit.net.Host;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.time.VirtualTime;
import ahti.testkit.tracker.SimulatedTracker;
import ahti.torrent.TorrentEvent;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * One engine with several torrents. Each torrent has a swarm of its own, on hosts of its own: a seed that the engine dials, a
 * leecher that dials the engine, a tracker. So the torrents share the engine and nothing else.
 *
 * <p>No two torrents do anything in the same nanosecond: they begin at different moments and their ways have different
 * lengths. What one does then cannot come between two steps of another that happen at once.
 */
final class SharedEngine implements AutoCloseable {
    private static final String HOME = "home";
    private static final int PORT = 6881;
    private static final int PIECE = 32 * 1024;
    private static final int PIECES = 40;
    private static final long SEED_UPLOAD = 150_000;
    private static final long LEECHER_UPLOAD = 20_000;

    private final VirtualTime time = new VirtualTime();
    private final long seed;
    private final ActorSystem<Field.Task> field;
    private final AhtiConfig config;
    private final SimulatedNetwork network;
    private final Host host;
    private final SimulatedDisk disk;
    private final Diaries diaries;
    private final ShakyTransport transport;
    private final Map<String, SimulatedTorrent> torrents = new LinkedHashMap<>();
    private final Map<String, ActorRef<?>> refs = new LinkedHashMap<>();
    private final Set<String> finished = new TreeSet<>();
    private final List<ActorRef<Engine.Command>> engine = new ArrayList<>();

    SharedEngine(long seed, String... names) {
        this.seed = seed;
        String hashers = "ahti.disk.hashers = 1";
        field = time.system(Field.create(), "shared", hashers);
        config = AhtiConfig.load(hashers);
        network = new SimulatedNetwork(time, new Random(seed));
        host = network.host(HOME);
        disk = new SimulatedDisk(time, seed);
        diaries = new Diaries(time.clock());
        diaries.shared(HOME, host.address());
        network.observe(diaries);
        transport = new ShakyTransport(
                new HalfOpenLimit(host.transport(), config.net().maxHalfOpen(), time.executor()));
        EngineSettings settings = new EngineSettings(
                config,
                time.clock(),
                new Random(seed),
                transport,
                host.http(),
                host.datagrams(),
                host.resolver(),
                disk,
                List.of());
        field.tell(context -> {
            ActorRef<Engine.Command> started = context.spawn(Engine.create(settings), HOME);
            engine.add(started);
            started.tell(new Engine.Watch(EventFilter.all(), Field.ear(context, Watching.torrents(this::heard))));
        });
        time.runUntilIdle();
        for (String name : names) {
            begin(name, torrents.size());
        }
    }

    private void begin(String name, int number) {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(PIECE)
                .pieces(PIECES)
                .seed(seed * 10 + number)
                .build();
        torrents.put(name, torrent);
        disk.expects(torrent, data(name));
        Host seeder = host(name, "seed", number).rates(SEED_UPLOAD, 0);
        Host leecher = host(name, "leecher", number).rates(LEECHER_UPLOAD, 0);
        network.path(seeder, leecher, way(number, 3));
        host(name, "tracker", number);
        SimulatedTracker tracker =
                new SimulatedTracker(network, field, "tracker-" + name, Duration.ofSeconds(60), new Random(seed));
        member(torrent, seeder, true, List.of());
        member(torrent, leecher, false, List.of(host.at(PORT), seeder.at(PORT)));
        AddOptions options = AddOptions.to(data(name))
                .peers(seeder.at(PORT))
                .trackers(List.of(List.of(number % 2 == 0 ? tracker.url() : tracker.udpUrl())))
                .stateIn(Path.of("/state", name));
        field.tell(context -> engine.get(0)
                .tell(new Engine.Add(
                        new TorrentSource.FromMetainfo(torrent.metainfo()),
                        options,
                        Field.ear(
                                context,
                                reply -> refs.put(
                                        name, ((Engine.Added) reply).torrent().actor())))));
        time.run(Duration.ofNanos(37_000_003));
    }

    private Host host(String torrent, String role, int number) {
        Host made = network.host(role + "-" + torrent);
        network.path(host, made, way(number, role.length()));
        diaries.member(torrent, made.name(), made.address());
        return made;
    }

    /** A length of its own for each. */
    private static ahti.testkit.net.Path way(int torrent, int role) {
        return ahti.testkit.net.Path.of(Duration.ofNanos(20_000_000 + 1_000_033L * role + 7_000_219L * torrent));
    }

    private void member(SimulatedTorrent torrent, Host machine, boolean isSeed, List<InetSocketAddress> contacts) {
        SimulatedDisk files = new SimulatedDisk(time, seed);
        if (isSeed) {
            files.holds(torrent, Member.DATA);
        } else {
            files.expects(torrent, Member.DATA);
        }
        new Member(
                        time,
                        field,
                        torrent,
                        config,
                        machine.name(),
                        isSeed,
                        machine,
                        files,
                        new Random(seed + machine.name().hashCode()),
                        contacts,
                        UnaryOperator.identity())
                .start();
    }

    private void heard(TorrentEvent event) {
        torrents.forEach((name, torrent) -> {
            if (torrent.metainfo().infoHash().equals(event.infoHash())) {
                diaries.note(name, event.toString());
                if (event instanceof TorrentEvent.Finished) {
                    finished.add(name);
                }
            }
        });
    }

    VirtualTime time() {
        return time;
    }

    ActorSystem<Field.Task> field() {
        return field;
    }

    SimulatedDisk disk() {
        return disk;
    }

    ShakyTransport transport() {
        return transport;
    }

    static Path data(String torrent) {
        return Path.of("/data", torrent);
    }

    SimulatedTorrent torrent(String name) {
        return torrents.get(name);
    }

    /** The torrent's actor, as a path from the root of the actor system. */
    String path(String name) {
        return refs.get(name).path().toStringWithoutAddress();
    }

    /** The hashers' actor. */
    String hashers() {
        return engine.get(0).path().toStringWithoutAddress() + "/hasher";
    }

    /** Whether the address is of a host that belongs to this torrent. */
    boolean isOf(String torrent, InetSocketAddress address) {
        return List.of("seed", "leecher").stream()
                .anyMatch(role -> network.host(role + "-" + torrent).address().equals(address.getAddress()));
    }

    /** Everything that this torrent's hosts sent and received, and what was told of it. */
    List<String> diary(String torrent) {
        return diaries.of(torrent);
    }

    boolean isFinished(String torrent) {
        return finished.contains(torrent);
    }

    @Override
    public void close() {
        time.close();
    }
}
