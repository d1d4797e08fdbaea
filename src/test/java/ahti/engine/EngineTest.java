package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.torrent.Problem;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.wire.Handshake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole engines on a network in memory: who is let in, what is refused, and what a fault reaches. */
class EngineTest {
    private static final int PIECE = 32_768;
    /** Strangers so far: each is somebody else, or the torrent would hang up on the second as connected twice. */
    private int strangers;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", 5 * PIECE + 1_000));
    private final SampleTorrent other = SampleTorrent.of(7, PIECE, List.of(Part.file("other", 2 * PIECE)));
    private EngineRig rig;
    private TestProbe<TorrentEvent> events;

    @BeforeEach
    void rig() {
        rig = new EngineRig(kit);
        events = kit.probe();
    }

    @Test
    void listensOnTheFirstFreePortOfTheRange() {
        Lan lan = new Lan(EngineRig.PORT + 2);
        Engine.AddReply reply = rig.add(engine(lan), EngineRig.spec(sample, directory));

        assertThat(((Engine.Added) reply).listening()).isEqualTo(Lan.address(EngineRig.PORT + 2));
        assertThat(lan.isListening(EngineRig.PORT + 2)).isTrue();
    }

    @Test
    void withoutAFreePortEveryTorrentIsRefusedAndTheEngineStillStops() {
        ActorRef<Engine.Command> engine = engine(new Lan(EngineRig.PORT + 9));
        Engine.AddReply reply = rig.add(engine, EngineRig.spec(sample, directory));

        Refusal refusal = ((Engine.NotAdded) reply).refusal();
        assertThat(refusal).isInstanceOf(Refusal.CannotListen.class);
        assertThat(refusal.describe()).startsWith("none of the ports 6881-6889 can be bound");
        rig.stop(engine);
    }

    @Test
    void aStrangerIsWelcomedForATorrentThatIsHereAndNoOther() {
        Lan lan = new Lan(0);
        rig.run(engine(lan), EngineRig.spec(sample, directory), events, TorrentState.DOWNLOADING);

        ScriptedWire lost = stranger(lan);
        asksFor(lost, InfoHash.v1(new byte[20]));
        lost.expectsTheEnd();
        lost.expectsNothing();
        ScriptedWire welcome = stranger(lan);
        asksFor(welcome, sample.metainfo().infoHash());
        welcome.takes(Handshake.LENGTH);
    }

    @Test
    void ofMoreStrangersThanConfiguredTheOldestMakesRoom() {
        Lan lan = new Lan(0);
        ActorRef<Engine.Command> engine = rig.engine(lan, new RealFileStore(), "ahti.net.max-strangers = 2");
        rig.run(engine, EngineRig.spec(sample, directory), events, TorrentState.DOWNLOADING);
        ScriptedWire silent = stranger(lan);
        ScriptedWire second = stranger(lan);

        ScriptedWire third = stranger(lan);

        silent.expectsTheEnd();
        asksFor(third, sample.metainfo().infoHash());
        third.takes(Handshake.LENGTH);
        asksFor(second, sample.metainfo().infoHash());
        second.takes(Handshake.LENGTH);
    }

    @Test
    void theSameTorrentIsNotTakenOnTwice() {
        ActorRef<Engine.Command> engine = engine(new Lan(0));
        rig.add(engine, EngineRig.spec(sample, directory));
        Engine.AddReply again = rig.add(engine, EngineRig.spec(sample, directory.resolve("elsewhere")));

        assertThat(((Engine.NotAdded) again).refusal()).isInstanceOf(Refusal.Duplicate.class);
    }

    @Test
    void aDownloadThatAnotherWorksOnIsRefusedUntilTheOtherHasStopped() {
        Lan lan = new Lan(0);
        ActorRef<Engine.Command> first = engine(lan);
        rig.add(first, EngineRig.spec(sample, directory));
        ActorRef<Engine.Command> second = engine(lan);

        Engine.AddReply refused = rig.add(second, EngineRig.spec(sample, directory));
        assertThat(((Engine.NotAdded) refused).refusal()).isInstanceOf(Refusal.Locked.class);
        rig.stop(first);

        assertThat(rig.add(second, EngineRig.spec(sample, directory))).isInstanceOf(Engine.Added.class);
    }

    @Test
    void aBugRestartsItsTorrentAndNoOtherNotices() {
        AtomicBoolean broken = new AtomicBoolean(true);
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("look") && path.endsWith("sample") && broken.get()) {
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        });
        TestProbe<TorrentEvent> others = kit.probe();
        rig.run(engine, EngineRig.spec(other, directory.resolve("2")), others, TorrentState.DOWNLOADING);
        rig.run(engine, EngineRig.spec(sample, directory.resolve("1")), events, TorrentState.CHECKING);

        TorrentEvent.Restarting restarting = restarting(events);
        assertThat(restarting.cause()).hasRootCauseMessage("a bug, for the test");
        assertThat(restarting.why()).isEqualTo("java.lang.IllegalStateException: a bug, for the test");
        assertThat(restarting.restart()).isEqualTo(1);
        assertThat(restarting.pause()).isEqualTo(Duration.ofSeconds(1));
        broken.set(false);
        passUntil(TorrentState.DOWNLOADING);

        others.expectNoMessage();
        rig.stop(engine);
    }

    @Test
    void aTorrentThatFailsAgainAndAgainIsGivenUpAndMayBeAddedAnew() {
        AtomicInteger failures = new AtomicInteger();
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("look") && path.endsWith("sample") && failures.incrementAndGet() <= 6) {
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        });
        rig.add(engine, EngineRig.spec(sample, directory), events.ref());
        TorrentEvent last;
        do {
            last = passUntilNext(events);
        } while (!(last instanceof TorrentEvent.ProblemRaised));

        assertThat(((TorrentEvent.ProblemRaised) last).problem())
                .isEqualTo(new Problem.Bug("internal error, again after 5 restarts: "
                        + "java.lang.IllegalStateException: a bug, for the test"));
        assertThat(failures).hasValue(6);
        // The event comes first, then its place is free.
        events.awaitAssert(() -> {
            assertThat(rig.add(engine, EngineRig.spec(sample, directory), events.ref()))
                    .isInstanceOf(Engine.Added.class);
            return null;
        });
        EngineRig.reaches(events, TorrentState.DOWNLOADING);
    }

    @Test
    void aStopEndsAtOnceWhileATorrentWaitsToBeRestarted() {
        WrappedFileStore files = new AlwaysBroken();
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), files);
        rig.add(engine, EngineRig.spec(sample, directory), events.ref());
        restarting(events);

        // No time passes.
        rig.stop(engine);
    }

    @Test
    void aTorrentThatItsUserStopsIsNoBugAndLeavesItsPlace() {
        ActorRef<Engine.Command> engine = engine(new Lan(0));
        ActorRef<Torrent.Command> torrent =
                rig.run(engine, EngineRig.spec(sample, directory), events, TorrentState.DOWNLOADING);
        TestProbe<Torrent.Stopped> stopped = kit.probe();
        torrent.tell(new Torrent.Stop(stopped.ref()));
        stopped.expectMessage(Torrent.Stopped.INSTANCE);
        stopped.expectTerminated(torrent);
        events.expectNoMessage();

        stopped.awaitAssert(() -> {
            assertThat(rig.add(engine, EngineRig.spec(sample, directory))).isInstanceOf(Engine.Added.class);
            return null;
        });
    }

    @Test
    void aStopAnswersOnceEveryTorrentHasRememberedAndClosed() {
        ActorRef<Engine.Command> engine = engine(new Lan(0));
        rig.run(engine, EngineRig.spec(sample, directory.resolve("1")), events, TorrentState.DOWNLOADING);
        rig.run(engine, EngineRig.spec(other, directory.resolve("2")), kit.probe(), TorrentState.DOWNLOADING);

        rig.stop(engine);

        assertThat(directory.resolve("1/state")).isDirectoryContaining("glob:**.resume");
        assertThat(directory.resolve("2/state")).isDirectoryContaining("glob:**.resume");
    }

    @Test
    void oneEngineGetsAWholeTorrentFromAnother() throws IOException {
        Lan lan = new Lan(0);
        Files.createDirectories(directory.resolve("full/data"));
        Files.write(directory.resolve("full/data/sample"), sample.content());
        rig.run(engine(lan), EngineRig.spec(sample, directory.resolve("full")), kit.probe(), TorrentState.SEEDING);

        ActorRef<Engine.Command> empty = engine(lan);
        rig.run(
                empty,
                EngineRig.spec(sample, directory.resolve("empty"), Lan.address(EngineRig.PORT)),
                events,
                TorrentState.SEEDING);

        assertThat(Files.readAllBytes(directory.resolve("empty/data/sample"))).isEqualTo(sample.content());
    }

    private ActorRef<Engine.Command> engine(Lan lan) {
        return rig.engine(lan, new RealFileStore());
    }

    private ScriptedWire stranger(Lan lan) {
        ScriptedWire wire = new ScriptedWire(kit, sample.pieces());
        lan.knock(EngineRig.PORT, wire.flow());
        return wire;
    }

    private void asksFor(ScriptedWire wire, InfoHash torrent) {
        String id = "-XX0000-12345678901" + strangers++;
        wire.sends(Handshake.encode(torrent, PeerId.of(id.getBytes(StandardCharsets.US_ASCII))));
    }

    /** Lets time pass until something is told. */
    private TorrentEvent passUntilNext(TestProbe<TorrentEvent> probe) {
        return probe.awaitAssert(Duration.ofSeconds(20), Duration.ofMillis(20), () -> {
            kit.pass(Duration.ofSeconds(2));
            return probe.receiveMessage(Duration.ofMillis(50));
        });
    }

    private static TorrentEvent.Restarting restarting(TestProbe<TorrentEvent> probe) {
        while (true) {
            if (probe.receiveMessage() instanceof TorrentEvent.Restarting restarting) {
                return restarting;
            }
        }
    }

    private void passUntil(TorrentState state) {
        TorrentEvent event;
        do {
            event = passUntilNext(events);
        } while (!(event instanceof TorrentEvent.StateChanged changed && changed.state() == state));
    }

    /** Every look at the sample is a bug. */
    private static final class AlwaysBroken extends WrappedFileStore {
        @Override
        protected void before(String operation, Path path) {
            if (operation.equals("look") && path.endsWith("sample")) {
                throw new IllegalStateException("a bug, for the test");
            }
        }
    }
}
