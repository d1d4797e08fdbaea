package ahti.picker;

import ahti.core.ConnectionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which pieces a seed suggests to those whom it sends to (BEP 6), so that they do not come for the same: a few to each, of what
 * the peer lacks, the rarest.
 *
 * <p>Rare is what few peers have, nobody is fetching from us, and was suggested to nobody else. Nobody is bound to a suggestion.
 */
final class Suggestions {
    /** Suggestions that one peer has at a time: as many as it asks for ahead, about. More are kept from others for longer. */
    static final int EACH = 4;

    /** Pieces that one peer may be fetching from us as far as we count. */
    private static final int MOST_UNDER_WAY = 256;

    /** Pieces looked at for one suggestion: all of them but in a huge torrent. */
    private static final int LOOKED_AT = 4_096;

    private final Swarm swarm;
    private final RandomGenerator random;
    /** By piece: to how many it was suggested, or goes from us, who have not said that they have it. */
    private final int[] pending;

    private final Map<ConnectionId, Guest> guests = new LinkedHashMap<>();

    private static final class Guest {
        private final Set<Integer> suggested = new LinkedHashSet<>();
        private final Set<Integer> underWay = new LinkedHashSet<>();
        private boolean served;
    }

    Suggestions(Swarm swarm, RandomGenerator random) {
        this.swarm = swarm;
        this.random = random;
        this.pending = new int[swarm.pieces()];
    }

    /** We send to that peer from now on, or not any more. Returns what to suggest to it. */
    List<Integer> serve(PickerPeer peer, boolean serves) {
        Guest guest = guests.computeIfAbsent(peer.id(), id -> new Guest());
        guest.served = serves;
        if (!serves) {
            release(guest.suggested);
        }
        return more(peer, guest);
    }

    /** A peer begins to fetch a piece from us. */
    List<Integer> begins(PickerPeer peer, int piece) {
        Guest guest = guests.computeIfAbsent(peer.id(), id -> new Guest());
        if (!guest.suggested.remove(piece) && !guest.underWay.contains(piece)) {
            pending[piece]++;
        }
        guest.underWay.add(piece);
        if (guest.underWay.size() > MOST_UNDER_WAY) {
            int oldest = guest.underWay.iterator().next();
            guest.underWay.remove(oldest);
            pending[oldest]--;
        }
        return more(peer, guest);
    }

    /** A peer has pieces, from us or from others. */
    List<Integer> gained(PickerPeer peer, List<Integer> pieces) {
        Guest guest = guests.get(peer.id());
        if (guest == null) {
            return List.of();
        }
        for (int piece : pieces) {
            boolean suggested = guest.suggested.remove(piece);
            if (guest.underWay.remove(piece) || suggested) {
                pending[piece]--;
            }
        }
        return more(peer, guest);
    }

    /** A peer is gone. */
    void left(PickerPeer peer) {
        Guest guest = guests.remove(peer.id());
        if (guest != null) {
            release(guest.suggested);
            release(guest.underWay);
        }
    }

    private void release(Set<Integer> pieces) {
        pieces.forEach(piece -> pending[piece]--);
        pieces.clear();
    }

    private List<Integer> more(PickerPeer peer, Guest guest) {
        List<Integer> news = new ArrayList<>(0);
        int piece = 0;
        while (piece >= 0 && guest.served && guest.suggested.size() < EACH) {
            piece = rarest(peer, guest);
            if (piece >= 0) {
                guest.suggested.add(piece);
                pending[piece]++;
                news.add(piece);
            }
        }
        return news;
    }

    private int rarest(PickerPeer peer, Guest guest) {
        if (peer.has().isAll()) {
            return -1;
        }
        int all = pending.length;
        int start = random.nextInt(all);
        int best = -1;
        int bestCopies = Integer.MAX_VALUE;
        for (int i = 0; i < Math.min(all, LOOKED_AT); i++) {
            int piece = start + i < all ? start + i : start + i - all;
            int copies = swarm.copies(piece) + pending[piece];
            if (copies < bestCopies
                    && !peer.has().contains(piece)
                    && !guest.suggested.contains(piece)
                    && !guest.underWay.contains(piece)) {
                best = piece;
                bestCopies = copies;
            }
        }
        return best;
    }
}
