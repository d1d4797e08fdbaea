package ahti.engine;

import ahti.torrent.Torrent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who waits for a word of which torrent. One that is gone says nothing more, and whoever waits for it hears that. By actor and
 * not by info hash: a torrent that was removed and added again is another. Touched by the keeper's actor only.
 */
@SuppressWarnings("CollectionUndefinedEquality") // a stage is itself and no other
final class Enquiries {
    private final Promises promises;
    /** Of every torrent that is here. */
    private final Map<ActorRef<Torrent.Command>, Set<CompletableFuture<?>>> open = new LinkedHashMap<>();

    Enquiries(Promises promises) {
        this.promises = promises;
    }

    /** A torrent came. */
    void came(TorrentRef torrent) {
        open.put(torrent.actor(), new LinkedHashSet<>());
    }

    /** Whether that torrent is here; otherwise whoever waits for it has heard so. Nothing new when it is asked again. */
    boolean begins(Enquiry enquiry) {
        Set<CompletableFuture<?>> waiting = open.get(enquiry.torrent().actor());
        if (waiting == null) {
            fail(enquiry.torrent(), enquiry.promise());
            return false;
        }
        waiting.add(enquiry.promise());
        return true;
    }

    /** The torrent has answered; false when it was gone before, and whoever waited has heard so. */
    boolean ends(Enquiry enquiry) {
        Set<CompletableFuture<?>> waiting = open.get(enquiry.torrent().actor());
        return waiting != null && waiting.remove(enquiry.promise());
    }

    /** A torrent is gone. */
    void left(TorrentRef torrent) {
        Set<CompletableFuture<?>> waiting = open.remove(torrent.actor());
        if (waiting != null) {
            waiting.forEach(promise -> fail(torrent, promise));
        }
    }

    private void fail(TorrentRef torrent, CompletableFuture<?> promise) {
        promises.fail(promise, new RefusedException(new Refusal.NoSuchTorrent(torrent.infoHash())));
    }
}
