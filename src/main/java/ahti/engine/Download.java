package ahti.engine;

import ahti.core.InfoHash;
import ahti.core.RateLimits;
import ahti.metainfo.FileSelection;
import ahti.torrent.TorrentStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A torrent that was added to an {@link Ahti}. Nothing here waits. */
public interface Download {

    /** Which torrent. */
    InfoHash infoHash();

    /** What to call it, cleaned for the screen. */
    String name();

    /** How it was a moment ago, at most {@code ahti.engine.snapshot-interval}; after its end, how it was last. */
    TorrentStatus status();

    /**
     * Completes when every wanted piece is verified and stored, also when that is so already; of one that fetches nothing
     * ({@link AddOptions#seedingOnly}), when what is there is checked.
     *
     * <p>Fails with {@link ProblemException} when a problem stops the torrent, and with {@link RefusedException} when it is
     * removed or the engine stops first. After a problem of the disk it goes on by itself as soon as it can, at other times
     * by {@link #resume}: then ask again, for that is another attempt.
     */
    CompletionStage<TorrentStatus> finished();

    /** How it is, now and then as often as this; a slow subscriber gets the latest. Completes when the torrent is gone. At
     * least a millisecond, or it is an {@link IllegalArgumentException}. */
    Flow.Publisher<TorrentStatus> updates(Duration every);

    /**
     * The bytes of a file in order, while it downloads: what comes next is fetched first, as far ahead as {@code
     * ahti.read.ahead} says, and moves on with the subscriber's demand. Each byte was verified. Cancelling lets go.
     *
     * <p>Fails with {@link ReadException} when the file cannot be read, and says why; also when the torrent or the engine is
     * gone before the last byte. It completes after the last byte, and at no other time.
     *
     * @param file index into the torrent's files
     * @param from the first byte, from the start of the file
     * @param to the byte after the last
     * @return read-only buffers of at most {@code ahti.read.chunk} bytes
     */
    Flow.Publisher<ByteBuffer> read(int file, long from, long to);

    /**
     * Wants other files from now on, or as urgently as this. Nothing that is stored is given up. Completes when it is so; when
     * more is missing than before, {@link #finished} is a new stage from then on. Fails with {@link RefusedException} when
     * there is no such file or it cannot be written.
     */
    CompletionStage<Void> select(FileSelection files);

    /** Rests: no peers, no announces; files stay. Completes when it does. */
    CompletionStage<Void> pause();

    /** Goes on after a pause or a problem that has passed. Completes when it does. */
    CompletionStage<Void> resume();

    /** Keeps it to these rates from now on, within what all downloads may have together; completes when it has heard. */
    CompletionStage<Void> limits(RateLimits limits);

    /**
     * Stops it and forgets it; completes when it has stopped. Fails with {@link RefusedException} when it was gone already,
     * also when the same torrent was added again since, or when not everything could be deleted.
     *
     * @param deleteData delete its files, too
     */
    CompletionStage<Void> remove(boolean deleteData);
}
