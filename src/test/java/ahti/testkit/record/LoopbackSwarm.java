package ahti.testkit.record;

import ahti.config.Configuration;
import ahti.disk.SampleTorrent;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.EngineSettings;
import ahti.engine.EventFilter;
import ahti.engine.Streams;
import ahti.engine.TorrentSource;
import ahti.testkit.record.live.RecordingPlan;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** Real engines on loopback, one of them recorded. */
final class LoopbackSwarm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ActorTestKit kit = ActorTestKit.create();
    private final Path scratch;
    private final List<InetSocketAddress> peers = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int engines;

    LoopbackSwarm(Path scratch) {
        this.scratch = scratch;
    }

    static Configuration configuration(String... more) {
        List<String> settings = new ArrayList<>(List.of("net.ports=0", "net.bind=[\"127.0.0.1\"]"));
        settings.addAll(List.of(more));
        return Configuration.load(Optional.empty(), false, settings, Map.of());
    }

    /** A seeder with that content, which need not be right. */
    void seed(SampleTorrent sample, byte[] content) throws IOException {
        Path directory = scratch.resolve("seed-" + engines++);
        Path file = directory.resolve(
                String.join("/", sample.metainfo().files().get(0).path()));
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        ActorRef<Engine.Command> engine = kit.spawn(
                Engine.create(EngineSettings.real(kit.system(), configuration().ahti())));
        TestProbe<EngineEvent> events = watch(engine);
        peers.add(add(engine, sample, options(directory).seedingOnly()).listening());
        awaitState(events, TorrentState.SEEDING);
    }

    /** A directory for a download. */
    Path target() {
        return scratch.resolve("target");
    }

    /** Downloads from all seeders, stops, and gives the recording's path. */
    Path download(SampleTorrent sample, boolean masked, String... settings) throws IOException {
        Path file = scratch.resolve("it.ahtirec");
        Configuration configuration = configuration(settings);
        RecordingPlan plan = new RecordingPlan(configuration, "test", file, masked, warnings::add);
        ActorRef<Engine.Command> engine =
                kit.spawn(RecordedEngine.create(EngineSettings.real(kit.system(), configuration.ahti()), plan));
        TestProbe<EngineEvent> events = watch(engine);
        Engine.Added added = add(engine, sample, options(target()).peers(peers.toArray(InetSocketAddress[]::new)));
        TestProbe<ahti.torrent.TorrentStatus> reports = kit.createTestProbe();
        added.torrent().actor().tell(new ahti.torrent.Torrent.GetStatus(8, reports.ref()));
        reports.receiveMessage(PATIENCE);
        awaitState(events, TorrentState.SEEDING);
        TestProbe<Engine.Stopped> stopped = kit.createTestProbe();
        engine.tell(new Engine.Stop(stopped.ref()));
        stopped.receiveMessage(PATIENCE);
        return file;
    }

    List<String> warnings() {
        return warnings;
    }

    /** What happens in an engine, one by one. */
    TestProbe<EngineEvent> watch(ActorRef<Engine.Command> engine) {
        TestProbe<EngineEvent> events = kit.createTestProbe();
        Streams.events(engine, EventFilter.all())
                .runForeach(event -> events.ref().tell(event), kit.system());
        return events;
    }

    private Engine.Added add(ActorRef<Engine.Command> engine, SampleTorrent sample, AddOptions options) {
        TestProbe<Engine.AddReply> replies = kit.createTestProbe();
        engine.tell(new Engine.Add(new TorrentSource.FromMetainfo(sample.metainfo()), options, replies.ref()));
        return (Engine.Added) replies.receiveMessage(PATIENCE);
    }

    private static AddOptions options(Path directory) {
        return AddOptions.to(directory)
                .withoutTrackers()
                .stateIn(directory.resolveSibling(directory.getFileName() + "-state"));
    }

    private static void awaitState(TestProbe<EngineEvent> events, TorrentState state) {
        while (!(events.receiveMessage(PATIENCE) instanceof EngineEvent.Happened happened
                && happened.event() instanceof TorrentEvent.StateChanged changed
                && changed.state() == state)) {
            // what comes before passes by
        }
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
