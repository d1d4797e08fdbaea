package ahti.peer;

import ahti.config.PeerConfig;
import ahti.core.Bitfield;
import ahti.core.ConnectionId;
import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.PeerId;
import ahti.core.PieceLayout;
import ahti.disk.DiskWriter;
import ahti.picker.PiecePicker;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a connection must know of the torrent it belongs to.
 *
 * @param id this connection, within its torrent
 * @param ours our peer id in this torrent
 * @param stored what we have at this moment; what comes later is told by {@link PeerConnection.Announce}
 * @param owner who hears the connection's events
 */
public record PeerSetup(
        ConnectionId id,
        InfoHash infoHash,
        PeerId ours,
        PieceLayout layout,
        Bitfield stored,
        ActorRef<PiecePicker.Command> picker,
        ActorRef<DiskWriter.Command> disk,
        ActorRef<PeerConnection.Event> owner,
        PeerConfig config,
        MonotonicClock clock) {}
