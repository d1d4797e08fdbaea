package ahti.torrent;

import java.net.InetSocketAddress;

/** Who sent a block, whichever way: who lies is known by this, not by one connection. */
sealed interface Sender {

    /** A peer, by where it is. */
    record Peer(InetSocketAddress address) implements Sender {}

    /** A web seed, by its URL. */
    record Web(String url) implements Sender {}
}
