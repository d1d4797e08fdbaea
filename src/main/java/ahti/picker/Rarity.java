package ahti.picker;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which piece to open next for a peer: by lot, the rarest, or the first.
 *
 * <p>Fresh pieces are those that are wanted and neither stored nor open. Rarest first is exact when the peer has few
 * pieces or most of what is rare; a peer of a huge torrent that lacks all that is rare gets the rarest of a sample, so that a choice never
 * costs a walk over all pieces.
 *
 * <p>Some pieces may be wanted before others. Then each tier is looked through before the next; what is rare, first or drawn
 * is so within its tier.
 */
final class Rarity {
    /** Pieces looked at in the order of rarity before a sample is drawn. */
    private static final int PROBES = 256;

    /** A sample's size: all of a peer's pieces when it has few. */
    private static final int SAMPLE = Holdings.FEW;

    private final Copies copies;
    private final PieceSet fresh;
    private final RandomGenerator random;
    /** The tier of a piece is the first of these that it is in, or the one behind the last. */
    private List<Bitfield> tiers = List.of();
    /** The fresh pieces of each tier; with a single tier, all of them. */
    private PieceSet[] freshOf;
    /** No piece of that tier below this one is fresh. */
    private int[] floor;
    /** How often a piece became fresh. */
    private long freshened;

    Rarity(int pieces, RandomGenerator random) {
        this.copies = new Copies(pieces);
        this.fresh = new PieceSet(pieces);
        this.random = random;
        this.freshOf = new PieceSet[] {fresh};
        this.floor = new int[1];
    }

    /** Changes which pieces go before others. */
    void tiers(List<Bitfield> changed) {
        if (changed.isEmpty() && tiers.isEmpty()) {
            return;
        }
        tiers = List.copyOf(changed);
        floor = new int[tiers.size() + 1];
        freshOf = new PieceSet[floor.length];
        for (int tier = 0; tier < freshOf.length; tier++) {
            freshOf[tier] = tiers.isEmpty() ? fresh : new PieceSet(fresh.size());
        }
        for (int piece = fresh.nextSet(0); !tiers.isEmpty() && piece >= 0; piece = fresh.nextSet(piece + 1)) {
            freshOf[tier(piece)].add(piece);
        }
    }

    private int tier(int piece) {
        int tier = 0;
        while (tier < tiers.size() && !tiers.get(tier).get(piece)) {
            tier++;
        }
        return tier;
    }

    Copies copies() {
        return copies;
    }

    /** The pieces that may be opened. Only {@link #setFresh} changes them. */
    PieceSet fresh() {
        return fresh;
    }

    /** How often a piece became fresh, ever. */
    long freshened() {
        return freshened;
    }

    /** How many fresh pieces some connected peer has. */
    int freshAndAvailable() {
        return copies.hasBase() ? fresh.count() : fresh.count() - copies.freshIn(0);
    }

    /** The piece may be opened from now on, or no longer; false when that was so already. */
    boolean setFresh(int piece, boolean isFresh) {
        if (!(isFresh ? fresh.add(piece) : fresh.remove(piece))) {
            return false;
        }
        copies.setFresh(piece, isFresh);
        freshened += isFresh ? 1 : 0;
        int tier = tier(piece);
        if (isFresh) {
            floor[tier] = Math.min(floor[tier], piece);
        }
        if (!tiers.isEmpty()) {
            var unusedChange = isFresh ? freshOf[tier].add(piece) : freshOf[tier].remove(piece);
        }
        return true;
    }

    /** Whether a piece, if there is one of this index, is fresh and no fresh one is of a higher priority. */
    boolean isFirst(int piece) {
        if (piece >= fresh.size() || !fresh.contains(piece)) {
            return false;
        }
        int tier = tier(piece);
        for (int higher = 0; higher < tier; higher++) {
            if (freshOf[higher].count() > 0) {
                return false;
            }
        }
        return true;
    }

    /** The fresh piece with the lowest index that the peer has, or -1. */
    int first(Holdings has) {
        int found = -1;
        for (int tier = 0; tier < freshOf.length && found < 0; tier++) {
            int first = freshOf[tier].nextSet(floor[tier]);
            if (first >= 0) {
                floor[tier] = first;
                found = has.nextCommon(freshOf[tier], first);
            }
        }
        return found;
    }

    /** Any fresh piece that the peer has, or -1. */
    int any(Holdings has) {
        int found = -1;
        for (int tier = 0; tier < freshOf.length && found < 0; tier++) {
            PieceSet among = freshOf[tier];
            if (among.count() > 0) {
                found = has.nextCommon(among, random.nextInt(among.size()));
                found = found >= 0 ? found : has.nextCommon(among, 0);
            }
        }
        return found;
    }

    /** The fresh piece with the fewest copies that the peer has, by lot among equals, or -1. */
    int rarest(Holdings has) {
        int found = -1;
        for (int tier = 0; tier < freshOf.length && found < 0; tier++) {
            PieceSet among = freshOf[tier];
            if (among.count() > 0) {
                found = has.count() > SAMPLE ? probe(has, among) : -1;
                found = found >= 0 ? found : rarestOfSample(has, among);
            }
        }
        return found;
    }

    private int probe(Holdings has, PieceSet among) {
        int probes = PROBES;
        boolean isAll = among.count() == fresh.count();
        for (int bucket = 0; bucket < copies.buckets(); bucket++) {
            int size = copies.freshIn(bucket);
            int start = size > 0 ? random.nextInt(size) : 0;
            for (int i = 0; i < size; i++) {
                int piece = copies.fresh(bucket, start + i < size ? start + i : start + i - size);
                if (has.contains(piece) && (isAll || among.contains(piece))) {
                    return piece;
                }
                if (--probes == 0) {
                    return -1;
                }
            }
        }
        return -1;
    }

    private int rarestOfSample(Holdings has, PieceSet among) {
        int start = random.nextInt(among.size());
        int rarest = -1;
        int equals = 0;
        int piece = has.nextCommon(among, start);
        boolean wrapped = false;
        for (int looked = 0; looked < SAMPLE; looked++) {
            if (piece < 0 && !wrapped) {
                wrapped = true;
                piece = has.nextCommon(among, 0);
            }
            if (piece < 0 || (wrapped && piece >= start)) {
                break;
            }
            int difference = rarest < 0 ? -1 : copies.of(piece) - copies.of(rarest);
            equals = difference < 0 ? 1 : difference == 0 ? equals + 1 : equals;
            if (difference < 0 || (difference == 0 && random.nextInt(equals) == 0)) {
                rarest = piece;
            }
            piece = has.nextCommon(among, piece + 1);
        }
        return rarest;
    }
}
