package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.metainfo.FileSelection;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/** What a torrent knows over its restarts. Touched by one life at a time: the next begins when the last is all gone. */
final class Past {
    private final int mostPeers;
    private final Set<InetSocketAddress> userPeers = new LinkedHashSet<>();
    /** What the user asked for and the disk has not answered yet, oldest first. */
    private final Queue<Torrent.Select> selecting = new ArrayDeque<>();

    private FileSelection chosen;
    /** The goal was reached, and the user had it go on all the same. */
    private boolean goalLifted;

    private int connections;
    private boolean finishTold;

    /** Keeps so many addresses at most. */
    Past(FileSelection chosen, int mostPeers) {
        this.chosen = chosen;
        this.mostPeers = mostPeers;
    }

    /** The files that the user wants. */
    FileSelection chosen() {
        return chosen;
    }

    /** The user wants other files; they outlive a restart. */
    void choose(FileSelection others) {
        chosen = others;
    }

    Queue<Torrent.Select> selecting() {
        return selecting;
    }

    /** Nothing but the user ends the sharing from now on. */
    void liftGoal() {
        goalLifted = true;
    }

    boolean isGoalLifted() {
        return goalLifted;
    }

    /** It is not finished any more, for more is wanted than before. */
    void unfinished() {
        finishTold = false;
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
