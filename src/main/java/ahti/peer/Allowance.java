package ahti.peer;

import ahti.core.BlockRef;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pieces that a newcomer may fetch while we choke it (BEP 6), each block once; when it has enough, none any more.
 *
 * <p>They are the same for all of a /24 however often one connects, and never more than a twentieth of the torrent, so that
 * nobody lives on them.
 */
final class Allowance {
    private static final int SHARE = 20;

    private final PeerSetup setup;
    /** What is left to be sent of each, in bytes. */
    private final Map<Integer, Integer> left = new LinkedHashMap<>();

    private boolean spent;

    Allowance(PeerSetup setup) {
        this.setup = setup;
    }

    /** Which pieces a peer at that address may have from now on; none when it is no newcomer. */
    Set<Integer> grant(InetAddress peer) {
        int pieces = setup.layout().pieces();
        if (!spent) {
            List<Integer> set = FastSet.of(setup.infoHash(), peer, pieces, size());
            set.forEach(piece -> left.put(piece, setup.layout().length(piece)));
        }
        return left.keySet();
    }

    private int size() {
        return !setup.allowsFast()
                ? 0
                : Math.min(setup.config().allowedFast(), setup.layout().pieces() / SHARE);
    }

    /** The peer has so many pieces. */
    void peerHas(int pieces) {
        if (pieces >= size()) {
            spent = true;
            left.clear();
        }
    }

    /** Whether a piece may be fetched while the peer is choked. */
    boolean contains(int piece) {
        return left.containsKey(piece);
    }

    /** The peer, being choked, asks for a block; false when it may not have it. */
    boolean take(BlockRef block) {
        int bytes = left.getOrDefault(block.piece(), 0);
        if (bytes < block.length()) {
            return false;
        }
        left.put(block.piece(), bytes - block.length());
        return true;
    }
}
