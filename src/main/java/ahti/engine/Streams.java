package ahti.engine;

import ahti.torrent.Torrent;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What an engine has, as streams. */
public final class Streams {
    private Streams() {}

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
}
