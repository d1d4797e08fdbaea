package ahti.net.http;

import ahti.core.InfoHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fetches are under way, when there are more than may be at the same time: fair among torrents, and among hosts.
 *
 * <p>A fetch stands in two crowds: those of its torrent, and those to its host. The larger of the two counts. No crowd takes more
 * than three quarters of what there is. When a fetch ends, the first of those that stand in the smallest crowd begins; and one that
 * waits in vain may ask the oldest of the largest crowd to make room. So whoever has slow servers waits for its own.
 *
 * <p>Used by many threads, hence the lock; what is to be begun or ended is handed out, and the caller does it outside of the lock.
 */
final class Turns {
    private final int most;
    private final int mostOfACrowd;
    private final Set<Fetch> underWay = new LinkedHashSet<>();
    private final Set<Fetch> waiting = new LinkedHashSet<>();
    /** Of those under way. */
    private final Map<InfoHash, Integer> ofTorrent = new LinkedHashMap<>();

    private final Map<String, Integer> toHost = new LinkedHashMap<>();

    private boolean closed;

    Turns(int most) {
        this.most = most;
        this.mostOfACrowd = most - most / 4;
    }

    /** One fetch; each is itself and no other. */
    static final class Fetch {
        private final Optional<InfoHash> torrent;
        private final String host;
        /** Begins it, when its turn has come. */
        final Runnable begin;
        /** Ends it, when it has to make room. */
        final Runnable end;

        Fetch(Optional<InfoHash> torrent, String host, Runnable begin, Runnable end) {
            this.torrent = torrent;
            this.host = host;
            this.begin = begin;
            this.end = end;
        }
    }

    /** It would like to begin; those that begin now. */
    synchronized List<Fetch> enter(Fetch fetch) {
        if (closed) {
            return List.of(fetch);
        }
        waiting.add(fetch);
        return next();
    }

    /** It is over, begun or not; those that begin now. */
    synchronized List<Fetch> leave(Fetch fetch) {
        waiting.remove(fetch);
        if (underWay.remove(fetch)) {
            count(fetch, -1);
        }
        return closed ? List.of() : next();
    }

    /** It has waited long: who has to end for it, if it stands in a crowd that is larger even without it. */
    synchronized Optional<Fetch> makesRoomFor(Fetch fetch) {
        int own = crowd(fetch);
        return !waiting.contains(fetch)
                ? Optional.empty()
                : underWay.stream()
                        // Of equal ones the first, which is the oldest.
                        .max(Comparator.comparingInt(this::crowd))
                        .filter(oldest -> crowd(oldest) > own + 1);
    }

    /** Nobody waits any more, and whoever comes begins at once: it will hear that all is over. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }

    synchronized boolean isWaiting(Fetch fetch) {
        return waiting.contains(fetch);
    }

    private List<Fetch> next() {
        List<Fetch> begun = new ArrayList<>();
        while (underWay.size() < most) {
            Optional<Fetch> first = waiting.stream()
                    .min(Comparator.comparingInt(this::crowd))
                    .filter(fetch -> crowd(fetch) < mostOfACrowd);
            if (first.isEmpty()) {
                break;
            }
            waiting.remove(first.get());
            underWay.add(first.get());
            count(first.get(), 1);
            begun.add(first.get());
        }
        return begun;
    }

    /** How many are under way on behalf of the same torrent, or to the same host, whichever are more. */
    private int crowd(Fetch fetch) {
        int ofItsTorrent =
                fetch.torrent.map(torrent -> ofTorrent.getOrDefault(torrent, 0)).orElse(0);
        return Math.max(ofItsTorrent, toHost.getOrDefault(fetch.host, 0));
    }

    private void count(Fetch fetch, int change) {
        fetch.torrent.ifPresent(torrent -> count(ofTorrent, torrent, change));
        count(toHost, fetch.host, change);
    }

    private static <K> void count(Map<K, Integer> crowds, K crowd, int change) {
        crowds.compute(crowd, (same, before) -> {
            int after = (before == null ? 0 : before) + change;
            return after == 0 ? null : after;
        });
    }
}
