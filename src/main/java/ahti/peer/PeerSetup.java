package ahti.peer;

import ahti.config.PeerConfig;
import ahti.core.Bitfield;
import ahti.core.ConnectionId;
import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.PeerId;
import ahti.core.PieceLayout;
import ahti.disk.DiskWriter;
import ahti.limit.Allotter;
import ahti.picker.PiecePicker;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a connection must know of the torrent it belongs to.
 *
 * @param id this connection, within its torrent
 * @param ours our peer id in this torrent
 * @param ourselves what the peer may know of us
 * @param content what is shared; empty while only the torrent's hash is known: then the peer is asked for the rest (BEP 9)
 * @param allotter keeps the traffic at the rates that the user allows
 * @param owner who hears the connection's events
 */
public record PeerSetup(
        ConnectionId id,
        InfoHash infoHash,
        PeerId ours,
        Ourselves ourselves,
        Optional<Content> content,
        ActorRef<Allotter.Command> allotter,
        ActorRef<PeerConnection.Event> owner,
        PeerConfig config,
        MonotonicClock clock) {

    /**
     * What is shared, and who looks after it.
     *
     * @param stored what we have at this moment; what comes later is told by {@link PeerConnection.Announce}
     * @param allowsFast whether the peer, if it is a newcomer, may have a few pieces while we choke it (BEP 6)
     */
    public record Content(
            PieceLayout layout,
            Bitfield stored,
            ActorRef<PiecePicker.Command> picker,
            ActorRef<DiskWriter.Command> disk,
            boolean allowsFast) {}

    private Content known() {
        return content.orElseThrow(() -> new IllegalStateException("what " + infoHash + " contains is not known"));
    }

    boolean allowsFast() {
        return known().allowsFast();
    }

    PieceLayout layout() {
        return known().layout();
    }

    ActorRef<PiecePicker.Command> picker() {
        return known().picker();
    }

    ActorRef<DiskWriter.Command> disk() {
        return known().disk();
    }
}
