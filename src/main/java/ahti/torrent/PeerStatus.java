package ahti.torrent;

import ahti.torrent.why.PeerWhy;
import java.net.InetSocketAddress;

/**
 * One connection, or one web seed, at one moment. Rates in bytes per second of payload.
 *
 * @param address of a web seed: unresolved, the host and port of its URL
 * @param client what it calls itself (BEP 10), or its peer id when it says nothing; printable
 * @param have pieces it has
 * @param inFlight blocks it owes us
 * @param why the last decisions about it, with their inputs
 */
public record PeerStatus(
        InetSocketAddress address,
        String client,
        boolean incoming,
        boolean amChoking,
        boolean amInterested,
        boolean peerChoking,
        boolean peerInterested,
        int have,
        int inFlight,
        long downloaded,
        long uploaded,
        long downRate,
        long upRate,
        PeerWhy why) {}
