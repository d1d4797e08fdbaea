package ahti.engine;

import static ahti.engine.PlainRig.get;
import static ahti.engine.PlainRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.ActorKit;
import ahti.cli.screen.Statuses;
import ahti.config.AhtiConfig;
import ahti.core.InfoHash;
import ahti.torrent.Problem;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plain door before an engine and torrents that the test plays: what is heard in which order. */
class DoorkeeperTest {
    private static final InfoHash HASH = Statuses.HASH;
    private static final Problem.Bug BUG = new Problem.Bug("a bug, for the test");
    private static final Problem.Bug OTHER_BUG = new Problem.Bug("another bug, for the test");

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private TestProbe<Engine.Command> engine;
    private ActorRef<Engine.Watched> watcher;
    private PlainAhti door;

    @BeforeEach
    void door() {
        engine = kit.probe();
        door = new PlainAhti(kit.system(), false, AhtiConfig.of(kit.system()), engine.ref(), "door");
        watcher = engine.expectMessageClass(Engine.Watch.class).subscriber();
    }

    @AfterEach
    void leave() throws Exception {
        engine.stop();
        get(door.stop(Duration.ZERO));
    }

    @Test
    void whoeverWaitsForATorrentThatGoesHearsSo() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        Download download = added(torrent);
        CompletionStage<Void> paused = download.pause();
        torrent.expectMessage(Torrent.Pause.INSTANCE);
        TestProbe<Torrent.Command> other = kit.probe();
        CompletionStage<Download> unborn = adding(other);
        other.expectMessageClass(Torrent.GetStatus.class);

        torrent.stop();
        other.stop();

        assertThat(refusal(paused)).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        assertThat(refusal(unborn)).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        assertThat(refusal(download.resume())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        assertThat(door.downloads()).isEmpty();
    }

    @Test
    void anAnswerThatComesAfterTheEndBringsNothingBack() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        CompletionStage<Download> adding = adding(torrent);
        Torrent.GetStatus asked = torrent.expectMessageClass(Torrent.GetStatus.class);
        torrent.stop();
        assertThat(refusal(adding)).isEqualTo(new Refusal.NoSuchTorrent(HASH));

        asked.replyTo().tell(Statuses.downloading().now());

        engine.expectNoMessage(Duration.ofMillis(50));
        assertThat(door.downloads()).isEmpty();
    }

    @Test
    void anAnswerThatABugTookAlongIsAskedForAgain() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        CompletionStage<Download> adding = adding(torrent);
        torrent.expectMessageClass(Torrent.GetStatus.class);

        kit.pass(Duration.ofSeconds(10));

        answers(torrent);
        assertThat(get(adding).infoHash()).isEqualTo(HASH);
    }

    @Test
    void theBugThatEndedATorrentIsItsLastWordWhenItIsHeardFirst() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        Download download = added(torrent);

        happens(new TorrentEvent.ProblemRaised(HASH, BUG));
        assertThat(download.finished().toCompletableFuture()).isNotDone();
        torrent.stop();

        ended(download, BUG);
    }

    @Test
    void theBugThatEndedATorrentIsItsLastWordWhenItIsHeardLast() throws Exception {
        Download download = addedAndGone();
        assertThat(download.finished().toCompletableFuture()).isNotDone();

        happens(new TorrentEvent.ProblemRaised(HASH, BUG));

        ended(download, BUG);
    }

    @Test
    void aTorrentThatGoesWithoutAWordIsGoneAfterAMinute() throws Exception {
        Download download = addedAndGone();
        kit.pass(Duration.ofSeconds(59));
        assertThat(refusal(download.pause())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        assertThat(download.finished().toCompletableFuture()).isNotDone();

        kit.pass(Duration.ofSeconds(1));

        assertThat(refusal(download.finished())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
    }

    @Test
    void theBugOfOneThatIsGoneIsNotThatOfItsSuccessor() throws Exception {
        Download gone = addedAndGone();
        TestProbe<Torrent.Command> torrent = kit.probe();
        Download successor = added(torrent);

        happens(new TorrentEvent.ProblemRaised(HASH, BUG));

        ended(gone, BUG);
        assertThat(door.downloads()).containsExactly(successor);
        torrent.stop();
        assertThat(refusal(successor.pause())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        happens(new TorrentEvent.ProblemRaised(HASH, OTHER_BUG));
        ended(successor, OTHER_BUG);
    }

    @Test
    void aSuccessorMayBeHeardOfBeforeTheEndOfTheFirst() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        Download first = added(torrent);
        Download successor = added(kit.probe());

        torrent.stop();

        assertThat(refusal(first.pause())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        assertThat(door.downloads()).containsExactly(successor);
        happens(new TorrentEvent.ProblemRaised(HASH, BUG));
        ended(first, BUG);
    }

    @Test
    void whoeverGoesNextEndsTheWaitForAWordAboutTheOneBefore() throws Exception {
        Download first = addedAndGone();
        Download second = addedAndGone();

        assertThat(refusal(first.finished())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        happens(new TorrentEvent.ProblemRaised(HASH, BUG));
        ended(second, BUG);
    }

    @Test
    void oneThatGivesUpWhileItIsRemovedIsRemoved() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        Download download = added(torrent);
        CompletionStage<Void> removed = download.remove(false);
        Engine.Remove remove = engine.expectMessageClass(Engine.Remove.class);
        happens(new TorrentEvent.ProblemRaised(HASH, BUG));
        remove.replyTo().tell(new Engine.Removed(HASH));

        get(removed);
        assertThat(refusal(download.finished())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        assertThat(refusal(download.remove(true))).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        TestProbe<Torrent.Command> next = kit.probe();
        Download successor = added(next);
        next.stop();
        assertThat(refusal(successor.pause())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        happens(new TorrentEvent.ProblemRaised(HASH, OTHER_BUG));
        ended(successor, OTHER_BUG);
    }

    @Test
    void theFirstLifeOfATorrentDoesNotRemoveTheSecond() throws Exception {
        Download gone = addedAndGone();
        Download successor = added(kit.probe());

        assertThat(refusal(gone.remove(true))).isEqualTo(new Refusal.NoSuchTorrent(HASH));

        CompletionStage<Void> removed = successor.remove(false);
        Engine.Remove remove = engine.expectMessageClass(Engine.Remove.class);
        assertThat(remove.deleteData()).isFalse();
        remove.replyTo().tell(new Engine.Removed(HASH));
        get(removed);
    }

    @Test
    void anEngineThatStopsRemovesNothing() throws Exception {
        Download download = added(kit.probe());
        CompletionStage<Void> removed = download.remove(false);

        engine.expectMessageClass(Engine.Remove.class).replyTo().tell(new Engine.NotRemoved(Refusal.Stopping.INSTANCE));

        assertThat(refusal(removed)).isEqualTo(Refusal.Stopping.INSTANCE);
        assertThat(door.downloads()).containsExactly(download);
        engine.stop();
        assertThat(refusal(download.finished())).isEqualTo(Refusal.Stopping.INSTANCE);
    }

    private CompletionStage<Download> adding(TestProbe<Torrent.Command> torrent) {
        CompletionStage<Download> adding =
                door.add(TorrentSource.file(Path.of("some.torrent")), AddOptions.to(Path.of("somewhere")));
        TorrentRef added = new TorrentRef(HASH, "some", torrent.ref());
        engine.expectMessageClass(Engine.Add.class)
                .replyTo()
                .tell(new Engine.Added(added, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
        return adding;
    }

    private Download added(TestProbe<Torrent.Command> torrent) throws Exception {
        CompletionStage<Download> adding = adding(torrent);
        answers(torrent);
        Download download = get(adding);
        // The first look at it.
        answers(torrent);
        return download;
    }

    /** One whose end is heard of, and nothing else. */
    private Download addedAndGone() throws Exception {
        TestProbe<Torrent.Command> torrent = kit.probe();
        Download download = added(torrent);
        torrent.stop();
        assertThat(refusal(download.pause())).isEqualTo(new Refusal.NoSuchTorrent(HASH));
        return download;
    }

    private static void answers(TestProbe<Torrent.Command> torrent) {
        torrent.expectMessageClass(Torrent.GetStatus.class)
                .replyTo()
                .tell(Statuses.downloading().now());
    }

    /** And the keeper has heard it. */
    private void happens(TorrentEvent event) {
        TestProbe<Engine.More> next = kit.probe();
        watcher.tell(new Engine.Events(List.of(new EngineEvent.Happened(event)), next.ref()));
        next.expectMessage(Engine.More.INSTANCE);
    }

    private static void ended(Download download, Problem problem) {
        assertThatThrownBy(() -> get(download.finished()))
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
