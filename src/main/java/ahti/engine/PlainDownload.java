package ahti.engine;

import ahti.core.InfoHash;
import ahti.core.RateLimits;
import ahti.metainfo.FileSelection;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.NotUsed;
import org.apache.pekko.util.ByteString;

/** What the {@link Doorkeeper} knows of a torrent, and where its user asks for more. */
final class PlainDownload implements Download {
    private final TorrentRef torrent;
    private final PlainAhti door;
    private volatile TorrentStatus latest;
    /** Guarded by this. */
    private CompletableFuture<TorrentStatus> finished;
    /** Whether that one has its end; guarded by this. */
    private boolean settled;
    /** Whether that end was a problem; guarded by this. */
    private boolean failed;

    PlainDownload(TorrentRef torrent, PlainAhti door, TorrentStatus first) {
        this.torrent = torrent;
        this.door = door;
        this.latest = first;
        this.finished = door.promises().make();
        reported(first);
    }

    TorrentRef torrent() {
        return torrent;
    }

    /** The keeper has asked it. */
    void reported(TorrentStatus status) {
        latest = status;
        settle(status);
    }

    private synchronized void settle(TorrentStatus status) {
        if (failed && status.problem().isEmpty()) {
            begunAnew(); // by itself: the disk would do again
        }
        if (!settled && isComplete(status)) {
            settled = true;
            door.promises().keep(finished, status);
        } else if (!settled && status.problem().isPresent()) {
            settled = true;
            failed = true;
            door.promises().fail(finished, new ProblemException(status.problem().get()));
        }
    }

    /** Paused right after it was complete, it may have been seen as it seeded by nobody. */
    private static boolean isComplete(TorrentStatus status) {
        boolean rests = status.state() == TorrentState.PAUSED
                && status.problem().isEmpty()
                && status.wanted() > 0
                && status.have() == status.wanted();
        return rests || status.state() == TorrentState.SEEDING;
    }

    /** It goes on: another attempt, if the last one failed. */
    synchronized void begunAnew() {
        if (failed) {
            failed = false;
            settled = false;
            finished = door.promises().make();
        }
    }

    /** Other files are wanted, and it is like this now. */
    synchronized void chosen(TorrentStatus status) {
        if (settled && !failed && status.state() != TorrentState.SEEDING && status.have() < status.wanted()) {
            settled = false;
            finished = door.promises().make();
        }
        reported(status);
    }

    /** It is no longer here. */
    synchronized void ended(RuntimeException why) {
        if (!settled) {
            settled = true;
            door.promises().fail(finished, why);
        }
    }

    @Override
    public InfoHash infoHash() {
        return torrent.infoHash();
    }

    @Override
    public String name() {
        return torrent.name();
    }

    @Override
    public TorrentStatus status() {
        return latest;
    }

    @Override
    public synchronized CompletionStage<TorrentStatus> finished() {
        return finished.minimalCompletionStage();
    }

    @Override
    public Flow.Publisher<TorrentStatus> updates(Duration every) {
        return door.publisher(Streams.status(torrent, every), Optional::empty);
    }

    @Override
    public Flow.Publisher<ByteBuffer> read(int file, long from, long to) {
        return door.publisher(
                Streams.file(torrent, file, from, to)
                        .mapMaterializedValue(told -> NotUsed.getInstance())
                        .map(ByteString::asByteBuffer),
                () -> Optional.of(ReadException.broken("the engine is gone")));
    }

    @Override
    public CompletionStage<Void> select(FileSelection files) {
        return door.select(this, Objects.requireNonNull(files, "files"));
    }

    @Override
    public CompletionStage<Void> pause() {
        return door.tell(this, Torrent.Pause.INSTANCE);
    }

    @Override
    public CompletionStage<Void> resume() {
        return door.tell(this, Torrent.Resume.INSTANCE);
    }

    @Override
    public CompletionStage<Void> limits(RateLimits limits) {
        return door.tell(this, new Torrent.SetLimits(limits));
    }

    @Override
    public CompletionStage<Void> remove(boolean deleteData) {
        return door.remove(this, deleteData);
    }
}
