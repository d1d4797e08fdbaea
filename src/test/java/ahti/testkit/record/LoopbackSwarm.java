package ahti.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.Configuration;
import ahti.core.PieceHashes;
import ahti.core.RateLimits;
import ahti.disk.FileStore;
import ahti.disk.SampleTorrent;
import ahti.disk.WrappedFileStore;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.EngineSettings;
import ahti.engine.EventFilter;
import ahti.engine.Streams;
import ahti.engine.TorrentSource;
import ahti.hash.PieceDigest;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import ahti.testkit.record.live.RecordingPlan;
import ahti.torrent.SeedingGoal;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** Real engines on loopback, one of them recorded. */
final class LoopbackSwarm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ActorTestKit kit = ActorTestKit.create();
    private final Path scratch;
    private final List<InetSocketAddress> peers = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<List<String>> trackers = new ArrayList<>();
    private int engines;
    private int room = Integer.MAX_VALUE;

    LoopbackSwarm(Path scratch) {
        this.scratch = scratch;
    }

    static Configuration configuration(String... more) {
        List<String> settings = new ArrayList<>(List.of("net.ports=0", "net.bind=[\"127.0.0.1\"]"));
        settings.addAll(List.of(more));
        return Configuration.load(Optional.empty(), false, settings, Map.of());
    }

    /** All that come from now on announce to this tracker, too. */
    void announceTo(String tracker) {
        trackers.add(List.of(tracker));
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

    /** A seeder that believes a content to be right that is not: its torrent is another one, of the same info hash. */
    void seedUnchecked(SampleTorrent sample, byte[] content) throws IOException {
        Metainfo real = sample.metainfo();
        seed(new SampleTorrent(withHashesOf(real, content), sample.bytes()), content);
    }

    private static Metainfo withHashesOf(Metainfo real, byte[] content) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int piece = 0; piece < real.layout().pieces(); piece++) {
            int from = (int) real.layout().offset(piece);
            hashes.writeBytes(new PieceDigest()
                    .of(List.of(
                            ByteString.fromArray(content, from, real.layout().length(piece)))));
        }
        return new Metainfo(
                real.protocol(),
                real.infoHash(),
                real.infoHashV2(),
                real.name(),
                real.layout(),
                new PieceHashes(hashes.toByteArray()),
                real.files(),
                real.isPrivate(),
                real.trackers(),
                real.webSeeds(),
                real.comment(),
                real.createdBy(),
                real.createdAt(),
                real.source(),
                real.nodes(),
                real.renamings());
    }

    /** A directory for a download. */
    Path target() {
        return scratch.resolve("target");
    }

    /** Where a recording goes. */
    Path recording() {
        return scratch.resolve("it.ahtirec");
    }

    /** An engine that is recorded. */
    ActorRef<Engine.Command> recorded(boolean masked, String... settings) {
        Configuration configuration = configuration(settings);
        RecordingPlan plan = new RecordingPlan(configuration, "test", recording(), masked, warnings::add);
        EngineSettings real = EngineSettings.real(kit.system(), configuration.ahti());
        return kit.spawn(RecordedEngine.create(
                new EngineSettings(
                        real.config(),
                        real.clock(),
                        real.random(),
                        real.transport(),
                        real.http(),
                        real.datagrams(),
                        real.resolver(),
                        fullAfter(room, recording()),
                        real.listenOn()),
                plan));
    }

    /** How a download from all seeders is added. */
    AddOptions downloading() {
        return options(target())
                .peers(trackers.isEmpty() ? peers.toArray(InetSocketAddress[]::new) : new InetSocketAddress[0]);
    }

    /** Downloads from all seeders, stops, and gives the recording's path. */
    Path download(SampleTorrent sample, boolean masked, String... settings) {
        ActorRef<Engine.Command> engine = recorded(masked, settings);
        TestProbe<EngineEvent> events = watch(engine);
        Engine.Added added = add(engine, sample, downloading());
        ask(added.torrent().actor(), (ActorRef<TorrentStatus> to) -> new Torrent.GetStatus(8, to));
        awaitState(events, TorrentState.SEEDING);
        ask(engine, (ActorRef<Engine.Stopped> to) -> new Engine.Stop(to));
        return recording();
    }

    /** Somebody who watches, and asks for no more. */
    TestProbe<Engine.Watched> watcher(ActorRef<Engine.Command> engine) {
        TestProbe<Engine.Watched> watcher = kit.createTestProbe();
        engine.tell(new Engine.Watch(EventFilter.all(), watcher.ref()));
        return watcher;
    }

    /** The answer to a question. */
    <C, T> T ask(ActorRef<C> actor, Function<ActorRef<T>, ? extends C> question) {
        TestProbe<T> answers = kit.createTestProbe();
        actor.tell(question.apply(answers.ref()));
        return answers.receiveMessage(PATIENCE);
    }

    /** Returns when it is gone. */
    void awaitEnd(ActorRef<?> actor) {
        kit.createTestProbe().expectTerminated(actor, PATIENCE);
    }

    /** The disk is full once a recording was written to so often. */
    void room(int writes) {
        room = writes;
    }

    private static FileStore fullAfter(int writes, Path file) {
        AtomicInteger done = new AtomicInteger();
        return new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("write") && path.equals(file) && done.incrementAndGet() > writes) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    /** Returns when that holds. */
    void await(BooleanSupplier holds) {
        kit.createTestProbe().awaitAssert(PATIENCE, () -> {
            assertThat(holds.getAsBoolean()).isTrue();
            return holds;
        });
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
        return (Engine.Added) this.<Engine.Command, Engine.AddReply>ask(
                engine, to -> new Engine.Add(new TorrentSource.FromMetainfo(sample.metainfo()), options, to));
    }

    private AddOptions options(Path directory) {
        return new AddOptions(
                directory,
                FileSelection.all(),
                false,
                false,
                false,
                false,
                false,
                List.of(),
                trackers,
                !trackers.isEmpty(),
                Optional.of(directory.resolveSibling(directory.getFileName() + "-state")),
                SeedingGoal.forever(),
                false,
                false,
                RateLimits.NONE,
                false);
    }

    static void awaitState(TestProbe<EngineEvent> events, TorrentState state) {
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
