package ahti.picker;

import ahti.core.PieceSet;
import java.util.random.RandomGenerator;

/**
 * Which piece to open next for a peer: by lot, the rarest, or the first.
 *
 * <p>Fresh pieces are those that are wanted and neither stored nor open. Rarest first is exact when the peer has few
 * pieces or most of what is rare; a peer of a huge torrent that lacks all that is rare gets the rarest of a sample, so that a choice never
 * costs a walk over all pieces.
 */
final class Rarity {
    /** Pieces looked at in the order of rarity before a sample is drawn. */
    private static final int PROBES = 256;

    /** A sample's size: all of a peer's pieces when it has few. */
    private static final int SAMPLE = Holdings.FEW;

    private final Copies copies;
    private final PieceSet fresh;
    private final RandomGenerator random;
    /** No piece below this one is fresh. */
    private int floor;

    Rarity(int pieces, RandomGenerator random) {
        this.copies = new Copies(pieces);
        this.fresh = new PieceSet(pieces);
        this.random = random;
    }

    Copies copies() {
        return copies;
    }

    /** The pieces that may be opened. Only {@link #setFresh} changes them. */
    PieceSet fresh() {
        return fresh;
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
        if (isFresh) {
            floor = Math.min(floor, piece);
        }
        return true;
    }

    /** The fresh piece with the lowest index that the peer has, or -1. */
    int first(Holdings has) {
        int first = fresh.nextSet(floor);
        if (first < 0) {
            return -1;
        }
        floor = first;
        return has.nextCommon(fresh, first);
    }

    /** Any fresh piece that the peer has, or -1. */
    int any(Holdings has) {
        if (fresh.count() == 0) {
            return -1;
        }
        int found = has.nextCommon(fresh, random.nextInt(fresh.size()));
        return found >= 0 ? found : has.nextCommon(fresh, 0);
    }

    /** The fresh piece with the fewest copies that the peer has, by lot among equals, or -1. */
    int rarest(Holdings has) {
        if (fresh.count() == 0) {
            return -1;
        }
        int found = has.count() > SAMPLE ? probe(has) : -1;
        return found >= 0 ? found : rarestOfSample(has);
    }

    private int probe(Holdings has) {
        int probes = PROBES;
        for (int bucket = 0; bucket < copies.buckets(); bucket++) {
            int size = copies.freshIn(bucket);
            int start = size > 0 ? random.nextInt(size) : 0;
            for (int i = 0; i < size; i++) {
                int piece = copies.fresh(bucket, start + i < size ? start + i : start + i - size);
                if (has.contains(piece)) {
                    return piece;
                }
                if (--probes == 0) {
                    return -1;
                }
            }
        }
        return -1;
    }

    private int rarestOfSample(Holdings has) {
        int start = random.nextInt(fresh.size());
        int rarest = -1;
        int equals = 0;
        int piece = has.nextCommon(fresh, start);
        boolean wrapped = false;
        for (int looked = 0; looked < SAMPLE; looked++) {
            if (piece < 0 && !wrapped) {
                wrapped = true;
                piece = has.nextCommon(fresh, 0);
            }
            if (piece < 0 || (wrapped && piece >= start)) {
                break;
            }
            int difference = rarest < 0 ? -1 : copies.of(piece) - copies.of(rarest);
            equals = difference < 0 ? 1 : difference == 0 ? equals + 1 : equals;
            if (difference < 0 || (difference == 0 && random.nextInt(equals) == 0)) {
                rarest = piece;
            }
            piece = has.nextCommon(fresh, piece + 1);
        }
        return rarest;
    }
}
