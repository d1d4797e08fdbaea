package ahti.net.place;

import java.net.InetSocketAddress;

/** Somebody who says where we are: one voice, however often it speaks. */
public record Voter(String name) {

    /** Whoever is at that address, be it a peer or a node of the DHT. */
    public static Voter at(InetSocketAddress address) {
        return new Voter(Origin.of(address).toString());
    }

    /**
     * The trackers of that torrent, all together: whoever makes a torrent can name any number of them.
     *
     * @param infoHash its digits
     */
    public static Voter trackersOf(String infoHash) {
        return new Voter("trackers of " + infoHash);
    }
}
