package ahti.torrent;

import ahti.peer.PeerConnection;
import java.net.InetSocketAddress;
import org.apache.pekko.actor.typed.ActorRef;

/** A connection whose handshake is not through yet. */
final class Guest {
    final ActorRef<PeerConnection.Command> peer;
    final InetSocketAddress address;
    /** Whether it dialled us. */
    final boolean incoming;
    /** Whether it was told to hang up, to make room. */
    boolean leaving;

    Guest(ActorRef<PeerConnection.Command> peer, InetSocketAddress address, boolean incoming) {
        this.peer = peer;
        this.address = address;
        this.incoming = incoming;
    }
}
