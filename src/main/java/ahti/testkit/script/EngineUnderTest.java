package ahti.testkit.script;

import ahti.config.AhtiConfig;
import ahti.config.Configuration;
import ahti.core.BlockRef;
import ahti.disk.FilePlace;
import ahti.disk.FileStore;
import ahti.disk.RealFileStore;
import ahti.disk.ScratchDirectory;
import ahti.engine.AddOptions;
import ahti.engine.EngineSettings;
import ahti.engine.TorrentSource;
import ahti.metainfo.Magnet;
import ahti.net.HalfOpenLimit;
import ahti.testkit.net.Host;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.time.VirtualTime;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One real engine with one torrent, alone on a simulated network under virtual time: whoever speaks to it is played by the
 * test.
 *
 * <pre>{@code
 * try (EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(1)).starts()) {
 *     ScriptedPeer peer = engine.peer("alice").connects();
 *     ...
 * }
 * }</pre>
 *
 * <p>The same script gives the same conversation, to the nanosecond: the generators of engine and network begin with fixed
 * seeds.
 */
public final class EngineUnderTest implements AutoCloseable {
    private static final long SEED = 1;
    private static final String NAME = "engine";

    private final KnownTorrent torrent;
    private final Stage stage;
    private final Host host;
    private final AhtiConfig config;
    private final ScratchDirectory directory;
    private final FileStore files;
    private final EngineDriver driver;
    private final List<String> trackers = new ArrayList<>();

    private EngineUnderTest(KnownTorrent torrent, List<String> settings) {
        this.torrent = torrent;
        this.config = Configuration.load(
                        Optional.empty(),
                        false,
                        Stream.concat(
                                        Stream.of(
                                                "ahti.net.ports=" + Dialler.PORT,
                                                "ahti.dht.enabled=false",
                                                "ahti.discovery.lpd=false"),
                                        settings.stream())
                                .toList(),
                        Map.of())
                .ahti();
        VirtualTime time = new VirtualTime();
        Random random = new Random(SEED);
        SimulatedNetwork network = new SimulatedNetwork(time, new Random(SEED));
        this.stage = new Stage(time, network, time.system(Behaviors.empty(), "script"));
        this.host = network.host(NAME);
        this.directory = scratch();
        this.files = files();
        this.driver = new EngineDriver(
                stage,
                new EngineSettings(
                        config,
                        time.clock(),
                        random,
                        new HalfOpenLimit(host.transport(), config.net().maxHalfOpen(), time.executor()),
                        host.http(),
                        host.datagrams(),
                        host.resolver(),
                        files,
                        List.of()));
    }

    /** Where the engine keeps its data. */
    private static FileStore files() {
        return new RealFileStore();
    }

    private static ScratchDirectory scratch() {
        try {
            return ScratchDirectory.make("ahti-script-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An engine that has nothing of the torrent.
     *
     * @param settings {@code key=value} lines over those of reference.conf, such as {@code peer.keep-alive=10s}
     */
    public static EngineUnderTest leeching(KnownTorrent torrent, String... settings) {
        return new EngineUnderTest(torrent, List.of(settings));
    }

    /** An engine that has all of the torrent. */
    public static EngineUnderTest seeding(KnownTorrent torrent, String... settings) {
        EngineUnderTest engine = new EngineUnderTest(torrent, List.of(settings));
        engine.writeAll();
        return engine;
    }

    private void writeAll() {
        FilePlace place =
                FilePlace.of(directory.path(), torrent.metainfo().files().get(0).path());
        try (FileStore.OpenFile file = files.open(place, FileStore.Access.WRITE)) {
            for (int piece = 0; piece < torrent.layout().pieces(); piece++) {
                for (int index = 0; index < torrent.layout().blocks(piece); index++) {
                    BlockRef block = torrent.layout().block(piece, index);
                    file.write(
                            torrent.layout().offset(piece) + block.offset(),
                            List.of(torrent.bytes(block).asByteBuffer()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine takes on the torrent, and is ready when this returns; it announces to the trackers named before. */
    public EngineUnderTest starts() {
        driver.add(new TorrentSpec(
                torrent.metainfo(),
                directory.path(),
                Set.of(),
                false,
                false,
                false,
                List.of(),
                trackers.stream().map(List::of).toList(),
                true,
                Optional.empty()));
        return this;
    }

    /**
     * The engine takes on a magnet link of the torrent, and looks for what it stands for when this returns.
     *
     * @param more goes behind the link: {@code "&x.pe=20.0.0.2:6881"}
     */
    public EngineUnderTest startsWithLink(String more) {
        Magnet bare = Magnet.of(torrent.metainfo().infoHash());
        AddOptions options = AddOptions.to(directory.path())
                .stateIn(directory.path().resolve("state"))
                .trackers(trackers.stream().map(List::of).toList());
        driver.add(TorrentSource.magnet(bare.toUri() + more), options);
        return this;
    }

    /** Begins an orderly stop; time passes only as far as the test lets it. */
    public EngineUnderTest stops() {
        driver.stop();
        return this;
    }

    /** Whether the stop is complete. */
    public boolean isStopped() {
        return driver.isStopped();
    }

    /** The torrent rests from now on. */
    public EngineUnderTest pauses() {
        driver.pause();
        return this;
    }

    /** The torrent goes on after a pause. */
    public EngineUnderTest resumes() {
        driver.resume();
        return this;
    }

    /** A peer on a host of its own; the first of a new network is at 20.0.0.2, the engine at 20.0.0.1. */
    public ScriptedPeer peer(String name) {
        return new ScriptedPeer(stage, stage.network().host(name), address(), torrent);
    }

    /** Tells the engine where peers are, as its user may: it dials them when it sees fit. */
    public EngineUnderTest hearsOf(ScriptedPeer... peers) {
        return hearsOf(Stream.of(peers).map(ScriptedPeer::address).toList());
    }

    /** Tells the engine of these addresses, as its user may. */
    public EngineUnderTest hearsOf(List<InetSocketAddress> addresses) {
        driver.dial(addresses);
        return this;
    }

    /** Where its files are, on the real file system. */
    Path directory() {
        return directory.path();
    }

    /** An announce URL, in a tier of its own; to be said before {@link #starts}. */
    public EngineUnderTest announcesTo(String url) {
        trackers.add(url);
        return this;
    }

    /** A tracker that the engine announces to over HTTP; to be said before {@link #starts}. */
    public ScriptedTracker tracker(String name) {
        ScriptedTracker tracker = ScriptedTracker.http(stage, name);
        announcesTo(tracker.url());
        return tracker;
    }

    /** A tracker that the engine announces to over UDP; to be said before {@link #starts}. */
    public ScriptedTracker udpTracker(String name) {
        ScriptedTracker tracker = ScriptedTracker.udp(stage, name);
        announcesTo(tracker.url());
        return tracker;
    }

    /** Runs the actors of what else is on the network, such as a tracker that works. */
    public ActorSystem<?> system() {
        return stage.system();
    }

    /** Lets virtual time pass. */
    public EngineUnderTest passes(Duration duration) {
        stage.time().run(duration);
        return this;
    }

    /** Virtual time since the beginning. */
    public Duration now() {
        return stage.time().now();
    }

    /** How the torrent is doing. */
    public TorrentStatus status() {
        return driver.status();
    }

    /** What the torrent told of its life so far, oldest first. */
    public List<TorrentEvent> events() {
        return driver.events();
    }

    /** The torrent. */
    public KnownTorrent torrent() {
        return torrent;
    }

    /** Where the engine listens. */
    public InetSocketAddress address() {
        return host.at(Dialler.PORT);
    }

    /** The engine's machine. */
    public Host host() {
        return host;
    }

    /** The network, for paths, partitions and hosts of other kinds. */
    public SimulatedNetwork network() {
        return stage.network();
    }

    /** The time that everything here lives in. */
    public VirtualTime time() {
        return stage.time();
    }

    /** Ends everything, however far it is, and removes its files. */
    @Override
    public void close() {
        try (directory) {
            stage.time().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
