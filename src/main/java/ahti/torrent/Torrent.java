package ahti.torrent;

import java.net.InetSocketAddress;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** CONTRACT SKELETON: the public part of a torrent's protocol. */
public final class Torrent {

    /** What may be asked of a torrent. */
    public sealed interface Command {}

    /** How are you? {@code cells}: how many cells the piece map shall have; 0 for none. */
    public record GetStatus(int cells, ActorRef<TorrentStatus> replyTo) implements Command {}

    /** Who are your peers? */
    public record GetPeers(ActorRef<Peers> replyTo) implements Command {}

    /** The connected peers, ordered by connection. */
    public record Peers(List<PeerStatus> peers) {}

    /** Rest: drop all peers, announce stopped, keep the files. */
    public enum Pause implements Command {
        INSTANCE
    }

    /** Go on after a pause or a problem that has passed. */
    public enum Resume implements Command {
        INSTANCE
    }

    /** Announce to the trackers again, now. */
    public enum Reannounce implements Command {
        INSTANCE
    }

    /** Candidates from the user. */
    public record AddPeers(List<InetSocketAddress> peers) implements Command {}

    private Torrent() {}
}
