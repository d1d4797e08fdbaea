package ahti.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.cli.env.ExitCode;
import ahti.cli.options.SeedGoal;
import ahti.cli.screen.Closing;
import ahti.cli.screen.Screen;
import ahti.cli.screen.Statuses;
import ahti.core.InfoHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.TorrentRef;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentStatus;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The order of things: what a session asks of the engine and its torrent, and when. */
class SessionTest {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration RESTING = Duration.ofSeconds(5);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private final AtomicInteger completions = new AtomicInteger();

    @Test
    void asksForTheLastFiguresBeforeItStopsTheEngine() {
        Running session = running(rules(Optional.empty()));

        session.subscriber.tell(new Engine.Events(
                List.of(new EngineEvent.Happened(new TorrentEvent.Finished(Statuses.HASH, false))),
                kit.system().ignoreRef()));
        Torrent.GetStatus last = session.torrent.expectMessageClass(Torrent.GetStatus.class);
        session.engine.expectNoMessage(Duration.ZERO);
        last.replyTo().tell(Statuses.downloading().have(670L << 20).now());
        session.engine.expectMessageClass(Engine.Stop.class).replyTo().tell(Engine.Stopped.INSTANCE);

        Closing closing = session.ended.receiveMessage();
        assertThat(closing.code()).isEqualTo(ExitCode.OK);
        assertThat(closing.complete()).isTrue();
        assertThat(closing.bytes()).isEqualTo(670L << 20);
        assertThat(closing.contributors()).isEqualTo(14);
        assertThat(completions).hasValue(1);
    }

    @Test
    void isHeldUpNeitherByASilentTorrentNorByASilentEngine() {
        Running session = running(rules(Optional.empty()));

        session.command.tell(new Session.Interrupt(ExitCode.TERMINATED));
        session.torrent.expectMessageClass(Torrent.GetStatus.class);
        kit.pass(Duration.ofSeconds(1));
        session.engine.expectMessageClass(Engine.Stop.class);
        kit.pass(Duration.ofSeconds(14));
        session.ended.expectNoMessage(Duration.ZERO);
        kit.pass(Duration.ofSeconds(1));

        assertThat(session.ended.receiveMessage().code()).isEqualTo(ExitCode.TERMINATED);
        assertThat(completions).hasValue(0);
    }

    @Test
    void givesUpAfterTheTimeoutWithoutPeers() {
        Running session = running(rules(Optional.of(Duration.ofSeconds(3))));
        TorrentStatus alone = Statuses.downloading().connected(0).now();

        for (int second = 1; second <= 2; second++) {
            kit.pass(TICK);
            session.torrent
                    .expectMessageClass(Torrent.GetStatus.class)
                    .replyTo()
                    .tell(alone);
            session.shown.receiveMessage();
        }
        session.engine.expectNoMessage(Duration.ZERO);
        kit.pass(TICK);
        session.torrent.expectMessageClass(Torrent.GetStatus.class).replyTo().tell(alone);
        session.shown.receiveMessage();
        session.torrent.expectMessageClass(Torrent.GetStatus.class).replyTo().tell(alone);
        session.engine.expectMessageClass(Engine.Stop.class).replyTo().tell(Engine.Stopped.INSTANCE);

        assertThat(session.ended.receiveMessage().code()).isEqualTo(ExitCode.TIMEOUT);
    }

    @Test
    void endsInTimeEvenWhenNobodyAnswers() {
        Running session =
                running(new Rules(Optional.empty(), Optional.empty(), Optional.of(TICK), SeedGoal.None.NONE, false));

        kit.pass(TICK);
        session.torrent.expectMessageClass(Torrent.GetStatus.class);
        kit.pass(TICK);
        session.engine.expectMessageClass(Engine.Stop.class).replyTo().tell(Engine.Stopped.INSTANCE);

        assertThat(session.ended.receiveMessage().code()).isEqualTo(ExitCode.UNFINISHED);
    }

    @Test
    void asksLessOftenWhileATorrentSharesWithNobody() {
        Running session = running(
                new Rules(Optional.empty(), Optional.empty(), Optional.empty(), SeedGoal.Forever.FOREVER, false));
        answersAfter(TICK, session, Statuses.seeding().connected(0).now());

        kit.pass(RESTING.minusMillis(1));
        session.torrent.expectNoMessage(Duration.ZERO);
        answersAfter(
                Duration.ofMillis(1), session, Statuses.seeding().connected(1).now());

        answersAfter(TICK, session, Statuses.seeding().connected(1).now());
    }

    @Test
    void asksAsOftenAsEverWhileTheTimeToShareRunsOut() {
        Running session = running(new Rules(
                Optional.empty(), Optional.empty(), Optional.empty(), new SeedGoal.For(Duration.ofMinutes(1)), false));

        answersAfter(TICK, session, Statuses.seeding().connected(0).now());
        answersAfter(TICK, session, Statuses.seeding().connected(0).now());
    }

    private void answersAfter(Duration time, Running session, TorrentStatus status) {
        kit.pass(time);
        session.torrent.expectMessageClass(Torrent.GetStatus.class).replyTo().tell(status);
        session.shown.receiveMessage();
    }

    @Test
    void saysSoWhenTheEngineStopsByItself() {
        Running session = running(rules(Optional.empty()));

        session.engine.stop();

        assertThat(session.ended.receiveMessage().code()).isEqualTo(ExitCode.INTERNAL);
    }

    /** A session whose torrent was added and asked once; all its partners are probes. */
    private record Running(
            ActorRef<Session.Command> command,
            TestProbe<Engine.Command> engine,
            TestProbe<Torrent.Command> torrent,
            ActorRef<Engine.Watched> subscriber,
            TestProbe<TorrentStatus> shown,
            TestProbe<Closing> ended) {}

    private Running running(Rules rules) {
        TestProbe<Engine.Command> engine = kit.probe();
        TestProbe<Torrent.Command> torrent = kit.probe();
        TestProbe<TorrentStatus> shown = kit.probe();
        TestProbe<Closing> ended = kit.probe();
        SessionPlan plan = new SessionPlan(spec(), Path.of("/x/a"), rules, kit::nanos, completions::incrementAndGet);
        ActorRef<Session.Command> session =
                kit.spawn(Session.create(engine.getRef(), plan, new ProbeScreen(shown.getRef()), ended.getRef()::tell));
        Engine.Watch watch = engine.expectMessageClass(Engine.Watch.class);
        Engine.Add add = engine.expectMessageClass(Engine.Add.class);
        add.replyTo()
                .tell(new Engine.Added(new TorrentRef(Statuses.HASH, "a", torrent.getRef()), new InetSocketAddress(1)));
        Torrent.GetStatus first = torrent.expectMessageClass(Torrent.GetStatus.class);
        first.replyTo().tell(Statuses.downloading().now());
        shown.receiveMessage();
        return new Running(session, engine, torrent, watch.subscriber(), shown, ended);
    }

    private static Rules rules(Optional<Duration> timeout) {
        return new Rules(timeout, Optional.empty(), Optional.empty(), SeedGoal.None.NONE, false);
    }

    private static TorrentSpec spec() {
        Metainfo metainfo = new Metainfo(
                Metainfo.Protocol.V1,
                InfoHash.v1(new byte[20]),
                Optional.empty(),
                "a",
                new PieceLayout(1, 16384),
                new PieceHashes(new byte[20]),
                List.of(new FileEntry(List.of("a"), 0, 1, Set.of())),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
        return new TorrentSpec(
                metainfo, Path.of("/x"), Set.of(), false, false, false, List.of(), List.of(), true, Optional.empty());
    }

    private record ProbeScreen(ActorRef<TorrentStatus> shown) implements Screen {
        @Override
        public Duration period() {
            return TICK;
        }

        @Override
        public Duration restingPeriod() {
            return RESTING;
        }

        @Override
        public int cells() {
            return 0;
        }

        @Override
        public void show(TorrentStatus status, long nowNanos) {
            shown.tell(status);
        }

        @Override
        public void happened(TorrentEvent event) {}

        @Override
        public void say(String sentence) {}

        @Override
        public void resized(int columns) {}

        @Override
        public void ended(Closing closing) {}
    }
}
