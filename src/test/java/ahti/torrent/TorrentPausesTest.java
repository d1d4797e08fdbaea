package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pauses and stops while pieces are read, hashed or written, or trackers told. */
class TorrentPausesTest {
    /** Two pieces: two blocks and one. */
    private static final int PIECE = 32_768;

    private static final BlockRef FIRST = new BlockRef(0, 0, 16_384);
    private static final BlockRef SECOND = new BlockRef(0, 16_384, 16_384);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private TorrentRig rig;

    @BeforeEach
    void rig() {
        rig = new TorrentRig(kit, SampleTorrent.of(PIECE, Part.file("sample", PIECE + 1_000)), directory);
    }

    @Test
    void aPieceVerifiedWhileTheTorrentWasPausedIsNotTakenForStored() throws Exception {
        rig.holdVerdicts();
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        rig.serves(peer, FIRST);
        rig.serves(peer, SECOND);
        Runnable verdict = rig.heldVerdict();
        ScriptedWire again = rig.peer(1);

        torrent.tell(Torrent.Pause.INSTANCE);
        torrent.tell(Torrent.Resume.INSTANCE);
        verdict.run();

        rig.reaches(TorrentState.PAUSED);
        rig.reaches(TorrentState.DOWNLOADING);
        assertThat(status(torrent).have()).isZero();
        assertThat(directory.resolve("data/sample")).doesNotExist();
        rig.greets(again, 1, Bitfield.all(2));
        again.expects(Signal.INTERESTED, new PeerMessage.Request(FIRST));
    }

    @Test
    void whatACheckFoundBeforeAPauseDoesNotCountAfterIt() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        CountDownLatch firstPieceIsRead = new CountDownLatch(2);
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("read")) {
                    firstPieceIsRead.countDown();
                }
            }
        });
        rig.holdInspections();
        ActorRef<Torrent.Command> torrent = rig.start();
        Runnable before = rig.heldInspection();
        torrent.tell(Torrent.Pause.INSTANCE);
        torrent.tell(Torrent.Resume.INSTANCE);
        Runnable after = rig.heldInspection();

        before.run();
        await(firstPieceIsRead);
        Files.write(directory.resolve("data/sample"), new byte[rig.sample.content().length]);
        after.run();

        rig.reaches(TorrentState.PAUSED);
        rig.reaches(TorrentState.CHECKING);
        rig.reaches(TorrentState.DOWNLOADING);
        assertThat(status(torrent).have()).isZero();
    }

    @Test
    void aCheckThatWasPausedBeginsAnewAndEnds() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("read")) {
                    reading.countDown();
                    await(goOn);
                }
            }
        });
        ActorRef<Torrent.Command> torrent = rig.start();
        await(reading);

        torrent.tell(Torrent.Pause.INSTANCE);
        torrent.tell(Torrent.Resume.INSTANCE);
        rig.reaches(TorrentState.PAUSED);
        rig.reaches(TorrentState.CHECKING);
        goOn.countDown();

        rig.reaches(TorrentState.SEEDING);
        stop(torrent);
    }

    @Test
    void aWriteUnderWayAtAPauseDoesNotHoldUpTheStopAfterIt() {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("write")) {
                    writing.countDown();
                    await(goOn);
                }
            }
        });
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        rig.serves(peer, FIRST);
        rig.serves(peer, SECOND);
        awaitQuietly(writing);

        torrent.tell(Torrent.Pause.INSTANCE);
        torrent.tell(Torrent.Resume.INSTANCE);
        rig.reaches(TorrentState.PAUSED);
        rig.reaches(TorrentState.CHECKING);
        goOn.countDown();
        rig.reaches(TorrentState.DOWNLOADING);

        assertThat(status(torrent).have()).isEqualTo(PIECE);
        stop(torrent);
    }

    @Test
    void whoeverAsksASecondTimeForTheEndHearsOfItToo() {
        ActorRef<Torrent.Command> torrent = rig.start();
        TestProbe<Torrent.Stopped> probe = kit.probe();
        torrent.tell(new Torrent.Stop(probe.ref()));
        torrent.tell(new Torrent.Stop(probe.ref()));

        probe.expectMessage(Torrent.Stopped.INSTANCE);
        probe.expectMessage(Torrent.Stopped.INSTANCE);
    }

    @Test
    void aStopRightAfterAPauseStillSaysGoodbye() {
        rig.tracker("http://tracker.example/announce");
        rig.holdGoodbyes();
        ActorRef<Torrent.Command> torrent = rig.start();
        assertThat(rig.announces.receiveMessage().getRawQuery()).contains("event=started");
        rig.isKnownToItsTracker(torrent);
        torrent.tell(Torrent.Pause.INSTANCE);
        TestProbe<Torrent.Stopped> probe = kit.probe();
        torrent.tell(new Torrent.Stop(probe.ref()));

        assertThat(rig.announces.receiveMessage().getRawQuery()).contains("event=stopped");
        probe.expectNoMessage(Duration.ofMillis(100));
        rig.answerGoodbyes();
        probe.expectMessage(Torrent.Stopped.INSTANCE);
    }

    @Test
    void aDiskWriterThatDiesAtTheEndDoesNotHoldUpTheEnd() {
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("replace")) {
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        });
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.DOWNLOADING);

        stop(torrent);
    }

    private TorrentStatus status(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        torrent.tell(new Torrent.GetStatus(4, probe.ref()));
        return probe.receiveMessage();
    }

    private void stop(ActorRef<Torrent.Command> torrent) {
        TestProbe<Torrent.Stopped> probe = kit.probe();
        torrent.tell(new Torrent.Stop(probe.ref()));
        probe.expectMessage(Torrent.Stopped.INSTANCE);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            await(latch);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
