package ahti.engine;

import ahti.core.InfoHash;
import ahti.torrent.TorrentEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which events a watcher wants. Data and no predicate: nobody's code runs on the engine's threads.
 *
 * @param torrents of these; empty means all
 * @param kinds of what happens in a torrent, only these; empty means all. {@link EngineEvent.TorrentAdded} and {@link
 *     EngineEvent.TorrentRemoved} come in any case, and so does {@link EngineEvent.EventsLost}
 */
public record EventFilter(Set<InfoHash> torrents, Set<Class<? extends TorrentEvent>> kinds) {

    public EventFilter {
        torrents = Set.copyOf(torrents);
        kinds = Set.copyOf(kinds);
    }

    /** Everything of every torrent. */
    public static EventFilter all() {
        return new EventFilter(Set.of(), Set.of());
    }

    /** Everything of these torrents. */
    public static EventFilter of(InfoHash... torrents) {
        return new EventFilter(new LinkedHashSet<>(List.of(torrents)), Set.of());
    }

    /** Of the same torrents, only these kinds. */
    @SafeVarargs
    public final EventFilter only(Class<? extends TorrentEvent>... wanted) {
        Set<Class<? extends TorrentEvent>> all = new LinkedHashSet<>();
        for (Class<? extends TorrentEvent> kind : wanted) {
            all.add(kind);
        }
        return new EventFilter(torrents, all);
    }

    /** Whether the watcher wants this one. */
    public boolean lets(EngineEvent event) {
        if (event instanceof EngineEvent.Happened happened) {
            return isAbout(happened.event().infoHash())
                    && (kinds.isEmpty() || kinds.contains(happened.event().getClass()));
        }
        if (event instanceof EngineEvent.TorrentAdded added) {
            return isAbout(added.infoHash());
        }
        return !(event instanceof EngineEvent.TorrentRemoved removed) || isAbout(removed.infoHash());
    }

    private boolean isAbout(InfoHash infoHash) {
        return torrents.isEmpty() || torrents.contains(infoHash);
    }
}
