package ahti.engine;

import ahti.torrent.Torrent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What an engine and its torrents tell, as streams of Pekko. Each can be run any number of times. */
public final class Streams {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** Schedulers of Pekko cannot wait longer than some 248 days. */
    private static final Duration LONGEST = Duration.ofDays(200);

    private Streams() {}

    /**
     * What happens in an engine, from the moment the stream is run; completes when the engine stops, and at once
     * when it is gone already.
     *
     * <p>Demand pulls: a slow stream never slows the engine. It has at most {@code ahti.engine.events-buffer} events waiting,
     * and where some did not fit it says how many ({@link EngineEvent.EventsLost}).
     */
    public static Source<EngineEvent, NotUsed> events(ActorRef<Engine.Command> engine, EventFilter filter) {
        return Source.fromGraph(new EventSource(engine, filter)).named("ahti-events");
    }

    /**
     * How a torrent is, at once and then as often as this; completes when the torrent is gone.
     *
     * <p>Nothing is kept for a slow stream: what it gets is the latest.
     *
     * @param every at least a millisecond
     * @throws IllegalArgumentException when it is less
     */
    public static Source<TorrentStatus, NotUsed> status(ActorRef<Torrent.Command> torrent, Duration every) {
        if (every.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("every " + every + ": at least a millisecond");
        }
        return Source.fromGraph(new StatusSource(torrent, every.compareTo(LONGEST) < 0 ? every : LONGEST))
                .named("ahti-status");
    }

    /** The same of a torrent that an engine named. */
    public static Source<TorrentStatus, NotUsed> status(TorrentRef torrent, Duration every) {
        return status(torrent.actor(), every);
    }

    /**
     * A file of a torrent, or part of it, in order, whether it is here already or has to be fetched.
     *
     * <p>Each byte was verified and stored before it is told. What lies ahead of the reader ({@code ahti.read.ahead}) is
     * fetched before everything else, and moves on with demand: who takes no bytes has nothing more fetched for it. The rest
     * of the torrent comes in its usual order meanwhile, or not at all when the torrent is
     * {@linkplain ahti.torrent.TorrentSpec#fetchedOnDemand fetched on demand}. Several streams of one torrent share what comes.
     * Cancelling the stream lets go of what lies ahead.
     *
     * <p>Each run of the stream opens a reader of its own. It waits as long as the swarm does not deliver, also through a
     * pause. It fails with a {@link ReadException}: when the torrent refuses, with the refusal in it; when the bytes cannot be
     * read from disk; when the torrent stops, or fails and is restarted.
     *
     * @param file index into the torrent's files
     * @param from the first byte, from the start of the file
     * @param to the byte after the last
     * @return chunks of at most {@code ahti.read.chunk} bytes; it materializes into the number of bytes told, complete when
     *     the stream ends or is cancelled, and failed when it fails. Callbacks on it run on the stream's thread: do not block
     *     there
     */
    public static Source<ByteString, CompletionStage<Long>> file(
            ActorRef<Torrent.Command> torrent, int file, long from, long to) {
        return Source.fromGraph(new FileSource(torrent, file, from, to)).named("ahti-file");
    }

    /** The same of a torrent that an engine named. */
    public static Source<ByteString, CompletionStage<Long>> file(TorrentRef torrent, int file, long from, long to) {
        return file(torrent.actor(), file, from, to);
    }
}
