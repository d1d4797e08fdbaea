package ahti.engine;

import ahti.core.InfoHash;
import ahti.torrent.Torrent;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A torrent of an engine.
 *
 * @param infoHash which one
 * @param name what to call it, cleaned for the screen
 * @param actor who answers for it; the same through pauses and restarts, until the torrent is removed
 */
public record TorrentRef(InfoHash infoHash, String name, ActorRef<Torrent.Command> actor) {}
