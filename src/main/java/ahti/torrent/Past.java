package ahti.torrent;

import ahti.core.ConnectionId;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a torrent knows over its restarts. Touched by one life at a time: the next begins when the last is all gone. */
final class Past {
    private final int mostPeers;
    private final Set<InetSocketAddress> userPeers = new LinkedHashSet<>();
    private int connections;
    private boolean finishTold;

    /** Keeps so many addresses at most. */
    Past(int mostPeers) {
        this.mostPeers = mostPeers;
    }

    /** Numbers connections: peers of the life before may still be saying goodbye. */
    ConnectionId nextConnection() {
        return new ConnectionId(connections++);
    }

    /** Keeps addresses that the user named, for this swarm and those after it. */
    void addPeers(Collection<InetSocketAddress> peers) {
        for (InetSocketAddress peer : peers) {
            if (userPeers.size() < mostPeers) {
                userPeers.add(peer);
            }
        }
    }

    /** The addresses that the user named. */
    Collection<InetSocketAddress> userPeers() {
        return userPeers;
    }

    /** Whether nobody was told yet that it is finished; from now on somebody was. */
    boolean tellsFinish() {
        boolean first = !finishTold;
        finishTold = true;
        return first;
    }
}
