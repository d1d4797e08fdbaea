package ahti.torrent.room;

import ahti.core.InfoHash;
import ahti.limit.Seats;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How many connections a torrent may have just now: as many as its own limit says, or fewer when all torrents together want
 * too many.
 */
public final class Quota {
    private final InfoHash torrent;
    private final int own;
    private final ActorRef<Seats.Command> seats;
    private final ActorRef<Seats.Granted> told;
    private int granted;
    private int wanted = -1;
    private int turnedAway;

    /**
     * Of one torrent.
     *
     * @param own the limit of each torrent; that many it may have until it is told otherwise
     * @param told hears what is granted; to be handed to {@link #granted}
     */
    public Quota(InfoHash torrent, int own, ActorRef<Seats.Command> seats, ActorRef<Seats.Granted> told) {
        this.torrent = torrent;
        this.own = own;
        this.seats = seats;
        this.told = told;
        this.granted = own;
    }

    /** Connections at most, those that are being opened among them. */
    public int most() {
        return granted;
    }

    /** Another number is granted. */
    public void granted(int connections) {
        granted = connections;
    }

    /** Somebody came for whom there was no room. */
    public void turnedAway() {
        turnedAway++;
    }

    /** Says what is wanted, if that is something new: the connections there are, and the addresses that could be dialled. */
    public void want(int connected, int dialable) {
        int now = (int) Math.min(own, (long) connected + dialable + turnedAway);
        turnedAway = 0;
        if (now != wanted) {
            wanted = now;
            seats.tell(new Seats.Want(torrent, now, granted, told));
        }
    }

    /** No more connections for now. */
    public void leave() {
        wanted = -1;
        seats.tell(new Seats.Leave(torrent));
    }
}
