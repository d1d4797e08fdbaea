package ahti.engine;

import ahti.core.InfoHash;
import ahti.torrent.Problem;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The torrents of an engine, in the order in which they came, and since when each is as it is.
 *
 * <p>Every change has a revision, counted up from 1. Who knows the state at one revision can ask for what changed since.
 * Torrents that left are remembered for that, a bounded number of them; whoever asks from before is told everything.
 */
final class Roster {
    /** Torrents that left and are still remembered. */
    static final int GONE_REMEMBERED = 1000;

    private final Map<InfoHash, Entry> entries = new LinkedHashMap<>();
    /** By the revision at which they left, eldest first. */
    private final Map<InfoHash, Long> gone = new LinkedHashMap<>();

    private long revision;
    /** The revision of the last one that left and is forgotten. */
    private long forgotten;

    /** {@code spec} is empty while only the torrent's magnet link is known. */
    record Entry(Optional<TorrentSpec> spec, TorrentSummary summary) {
        ActorRef<Torrent.Command> actor() {
            return summary.torrent().actor();
        }
    }

    Optional<Entry> find(InfoHash infoHash) {
        return Optional.ofNullable(entries.get(infoHash));
    }

    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    void add(TorrentRef torrent, Optional<TorrentSpec> spec) {
        gone.remove(torrent.infoHash());
        put(spec, torrent, spec.isPresent() ? TorrentState.CHECKING : TorrentState.METADATA, Optional.empty());
    }

    /** What was a magnet link is a torrent now. */
    void known(InfoHash infoHash, TorrentSpec spec) {
        Entry entry = entries.get(infoHash);
        if (entry != null) {
            TorrentSummary was = entry.summary();
            TorrentRef named = new TorrentRef(
                    infoHash, spec.metainfo().name(), was.torrent().actor());
            put(Optional.of(spec), named, was.state(), was.problem());
        }
    }

    /** Keeps what a listing shows of this. */
    void told(TorrentEvent event) {
        Entry entry = entries.get(event.infoHash());
        if (entry == null) {
            return; // the last words of one that is gone
        }
        TorrentSummary was = entry.summary();
        if (event instanceof TorrentEvent.StateChanged changed) {
            put(entry.spec(), was.torrent(), changed.state(), Optional.empty());
        } else if (event instanceof TorrentEvent.ProblemRaised raised) {
            put(entry.spec(), was.torrent(), was.state(), Optional.of(raised.problem()));
        }
    }

    private void put(Optional<TorrentSpec> spec, TorrentRef torrent, TorrentState state, Optional<Problem> problem) {
        entries.put(torrent.infoHash(), new Entry(spec, new TorrentSummary(torrent, state, problem, ++revision)));
    }

    Optional<Entry> remove(ActorRef<?> actor) {
        Optional<Entry> entry = entries.values().stream()
                .filter(one -> one.actor().equals(actor))
                .findFirst();
        entry.ifPresent(one -> left(one.summary().torrent().infoHash()));
        return entry;
    }

    private void left(InfoHash infoHash) {
        entries.remove(infoHash);
        gone.put(infoHash, ++revision);
        if (gone.size() > GONE_REMEMBERED) {
            Map.Entry<InfoHash, Long> eldest = gone.entrySet().iterator().next();
            forgotten = eldest.getValue();
            gone.remove(eldest.getKey());
        }
    }

    Engine.Listing since(long known) {
        boolean whole = known <= 0 || known < forgotten || known > revision;
        List<TorrentSummary> torrents = entries.values().stream()
                .map(Entry::summary)
                .filter(summary -> whole || summary.revision() > known)
                .toList();
        List<InfoHash> left = new ArrayList<>();
        gone.forEach((infoHash, when) -> {
            if (!whole && when > known) {
                left.add(infoHash);
            }
        });
        return new Engine.Listing(revision, whole, torrents, List.copyOf(left));
    }
}
