package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.ActorKit;
import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Events and statuses as streams: who is slow loses, is told so, and holds up nobody. */
class StreamsTest {
    private static final int PIECE = 16_384;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", PIECE));
    private EngineRig rig;
    private TorrentSpec spec;

    @BeforeEach
    void rig() {
        rig = new EngineRig(kit);
        spec = EngineRig.spec(sample, directory);
    }

    @Test
    void tellsWhatHappensUntilTheEngineIsGone() throws Exception {
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new RealFileStore());
        SinkQueueWithCancel<EngineEvent> events = events(engine, EventFilter.all());

        rig.add(engine, spec);

        assertThat(next(events)).contains(new EngineEvent.TorrentAdded(hash(), "sample"));
        assertThat(next(events)).contains(state(TorrentState.CHECKING));
        assertThat(next(events)).contains(state(TorrentState.DOWNLOADING));
        rig.stop(engine);
        Optional<EngineEvent> last;
        do {
            last = next(events);
        } while (last.isPresent());
    }

    @Test
    void thatAnEngineIsGoneAlreadyEndsTheStream() throws Exception {
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new RealFileStore());
        rig.stop(engine);

        assertThat(next(events(engine, EventFilter.all()))).isEmpty();
    }

    @Test
    void whatWasToldBeforeTheEndIsHeardBeforeTheEnd() throws Exception {
        TestProbe<Engine.Command> engine = kit.probe();
        SinkQueueWithCancel<EngineEvent> events = Streams.events(engine.ref(), EventFilter.all())
                .runWith(Sink.<EngineEvent>queue().withAttributes(Attributes.inputBuffer(1, 1)), kit.system());
        ActorRef<Engine.Watched> stream =
                engine.expectMessageClass(Engine.Watch.class).subscriber();
        TestProbe<Engine.More> next = kit.probe();

        stream.tell(new Engine.Events(
                List.of(state(TorrentState.CHECKING), state(TorrentState.PAUSED), state(TorrentState.CHECKING)),
                next.ref()));
        next.expectMessage(Engine.More.INSTANCE);
        stream.tell(new Engine.Events(List.of(state(TorrentState.SEEDING)), next.ref()));
        stream.tell(Engine.WatchEnded.INSTANCE);
        engine.stop();

        next.expectNoMessage(Duration.ZERO);
        assertThat(next(events)).contains(state(TorrentState.CHECKING));
        assertThat(next(events)).contains(state(TorrentState.PAUSED));
        assertThat(next(events)).contains(state(TorrentState.CHECKING));
        assertThat(next(events)).contains(state(TorrentState.SEEDING));
        assertThat(next(events)).isEmpty();
    }

    @Test
    void passesOnlyWhatTheFilterLets() throws Exception {
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new RealFileStore());
        SinkQueueWithCancel<EngineEvent> events =
                events(engine, EventFilter.of(hash()).only(TorrentEvent.Finished.class));

        Engine.Added added = (Engine.Added) rig.add(engine, spec);
        added.torrent().actor().tell(new Torrent.Stop(kit.system().ignoreRef()));

        assertThat(next(events)).contains(new EngineEvent.TorrentAdded(hash(), "sample"));
        assertThat(next(events)).contains(new EngineEvent.TorrentRemoved(hash()));
    }

    @Test
    void aSlowWatcherIsToldHowManyEventsItLostAndTheEngineGoesOn() {
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new RealFileStore(), "ahti.engine.events-buffer = 3");
        TestProbe<Engine.Watched> slow = kit.probe();
        engine.tell(new Engine.Watch(EventFilter.all(), slow.ref()));
        TestProbe<TorrentEvent> quick = kit.probe();
        ActorRef<Torrent.Command> torrent = rig.run(engine, spec, quick, TorrentState.DOWNLOADING);
        Engine.Events first = slow.expectMessageClass(Engine.Events.class);
        assertThat(first.events()).containsExactly(new EngineEvent.TorrentAdded(hash(), "sample"));

        for (int i = 0; i < 3; i++) {
            torrent.tell(Torrent.Pause.INSTANCE);
            EngineRig.reaches(quick, TorrentState.PAUSED);
            torrent.tell(Torrent.Resume.INSTANCE);
            EngineRig.reaches(quick, TorrentState.DOWNLOADING);
        }
        slow.expectNoMessage(Duration.ZERO);
        first.next().tell(Engine.More.INSTANCE);

        assertThat(slow.expectMessageClass(Engine.Events.class).events())
                .isEqualTo(List.of(
                        state(TorrentState.CHECKING),
                        state(TorrentState.DOWNLOADING),
                        state(TorrentState.PAUSED),
                        new EngineEvent.EventsLost(8)));
    }

    @Test
    void aStatusStreamGivesTheLatestAndEndsWithItsTorrent() throws Exception {
        ActorRef<Engine.Command> engine = rig.engine(new Lan(0), new RealFileStore());
        TestProbe<TorrentEvent> told = kit.probe();
        ActorRef<Torrent.Command> torrent = rig.run(engine, spec, told, TorrentState.DOWNLOADING);
        SinkQueueWithCancel<TorrentStatus> statuses = Streams.status(torrent, Duration.ofSeconds(1))
                .runWith(Sink.<TorrentStatus>queue().withAttributes(Attributes.inputBuffer(1, 1)), kit.system());
        kit.pass(Duration.ofMillis(1));
        assertThat(next(statuses).orElseThrow().state()).isEqualTo(TorrentState.DOWNLOADING);

        torrent.tell(new Torrent.Stop(kit.system().ignoreRef()));

        Optional<TorrentStatus> last;
        do {
            kit.pass(Duration.ofSeconds(1));
            last = next(statuses);
        } while (last.isPresent());
    }

    @Test
    void aStatusStreamLivesThroughAnAnswerThatIsLost() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        SinkQueueWithCancel<TorrentStatus> statuses =
                Streams.status(torrent.ref(), Duration.ofSeconds(60)).runWith(Sink.queue(), kit.system());
        torrent.expectMessageClass(Torrent.GetStatus.class);

        kit.pass(Duration.ofSeconds(10));

        torrent.expectMessageClass(Torrent.GetStatus.class);
        torrent.stop();
        assertThat(next(statuses)).isEmpty();
    }

    @Test
    void aStatusStreamHasItsShortestAndItsLongestInterval() {
        TestProbe<Torrent.Command> torrent = kit.probe();

        assertThatThrownBy(() -> Streams.status(torrent.ref(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least a millisecond");
        CompletionStage<Done> longest = Streams.status(torrent.ref(), Duration.ofSeconds(Long.MAX_VALUE))
                .runWith(Sink.ignore(), kit.system());
        torrent.expectMessageClass(Torrent.GetStatus.class);
        torrent.stop();
        assertThat(longest).succeedsWithin(Duration.ofSeconds(20));
    }

    private SinkQueueWithCancel<EngineEvent> events(ActorRef<Engine.Command> engine, EventFilter filter) {
        return Streams.events(engine, filter).runWith(Sink.queue(), kit.system());
    }

    private static <T> Optional<T> next(SinkQueueWithCancel<T> queue) throws Exception {
        CompletionStage<Optional<T>> pulled = queue.pull();
        return pulled.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private ahti.core.InfoHash hash() {
        return sample.metainfo().infoHash();
    }

    private EngineEvent state(TorrentState state) {
        return new EngineEvent.Happened(new TorrentEvent.StateChanged(hash(), state));
    }
}
