package ahti.engine;

import ahti.core.InfoHash;
import ahti.torrent.TorrentEvent;

/** What happens in an engine that a watcher wants to know. */
public sealed interface EngineEvent {

    /** A torrent was taken on. */
    record TorrentAdded(InfoHash infoHash, String name) implements EngineEvent {}

    /** Something happened in a torrent's life. */
    record Happened(TorrentEvent event) implements EngineEvent {}

    /** A torrent is no longer here: removed, told to stop, or given up. */
    record TorrentRemoved(InfoHash infoHash) implements EngineEvent {}

    /**
     * The watcher was too slow: so many events that its filter lets through are missing at this place. Ask for a {@link
     * Engine.Listing}, or for the status of what matters.
     */
    record EventsLost(long count) implements EngineEvent {}
}
