package ahti.engine;

import ahti.net.place.Neighbourhood;
import ahti.peer.PeerConnection;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Incoming connections that have not said yet which torrent they want: a limited number, of which one gives way when another
 * comes. Whoever dawdles keeps nobody else from coming in.
 */
final class Strangers {
    private final int most;
    /** Oldest first. */
    private final Map<ActorRef<PeerConnection.Command>, InetSocketAddress> waiting = new LinkedHashMap<>();
    /** Told to hang up, and not gone yet. */
    private int leaving;

    Strangers(int most) {
        this.most = most;
    }

    /** Another one came. */
    void came(ActorRef<PeerConnection.Command> stranger, InetSocketAddress from) {
        waiting.put(stranger, from);
        if (waiting.size() > most) {
            Neighbourhood.whoGivesWay(
                            waiting.entrySet(), entry -> entry.getValue().getAddress())
                    .ifPresent(entry -> partWith(entry.getKey()));
        }
    }

    private void partWith(ActorRef<PeerConnection.Command> stranger) {
        waiting.remove(stranger);
        leaving++;
        stranger.tell(new PeerConnection.Disconnect("others wait (ahti.net.max-strangers = " + most + ")"));
    }

    /** It said what it wants; false when it was told to hang up already. */
    boolean named(ActorRef<PeerConnection.Command> stranger) {
        return waiting.remove(stranger) != null;
    }

    /** It is gone, for whatever reason. */
    void gone(ActorRef<PeerConnection.Command> stranger) {
        if (waiting.remove(stranger) == null) {
            leaving--;
        }
    }

    /** Whether another may come: not while too many of those who were told to hang up are still there. */
    boolean mayCome() {
        return leaving <= most;
    }
}
