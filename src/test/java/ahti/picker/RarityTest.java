package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.PieceSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The sorted pieces, and what is chosen among them. */
class RarityTest {

    @Seeds(100)
    void keepsPiecesSortedWhateverChanges(long seed) {
        Random random = new Random(seed);
        int pieces = 1 + random.nextInt(60);
        Copies copies = new Copies(pieces);
        int[] expected = new int[pieces];
        boolean[] fresh = new boolean[pieces];

        for (int step = 0; step < 600; step++) {
            int piece = random.nextInt(pieces);
            int action = random.nextInt(5);
            if (action < 2) {
                copies.increment(piece);
                expected[piece]++;
            } else if (action < 4 && expected[piece] > 0) {
                copies.decrement(piece);
                expected[piece]--;
            } else {
                fresh[piece] = !fresh[piece];
                copies.setFresh(piece, fresh[piece]);
            }
        }

        int found = 0;
        TreeSet<Integer> seen = new TreeSet<>();
        for (int bucket = 0; bucket < copies.buckets(); bucket++) {
            for (int i = 0; i < copies.freshIn(bucket); i++) {
                int piece = copies.fresh(bucket, i);
                assertThat(fresh[piece]).isTrue();
                assertThat(expected[piece]).isEqualTo(bucket);
                seen.add(piece);
                found++;
            }
        }
        assertThat(seen).hasSize(found);
        for (int piece = 0; piece < pieces; piece++) {
            assertThat(copies.of(piece)).isEqualTo(expected[piece]);
            assertThat(seen.contains(piece)).isEqualTo(fresh[piece]);
        }
    }

    @Test
    void countsPeersWithEverythingForAllPiecesAtOnce() {
        Copies copies = new Copies(3);
        copies.increment(1);
        copies.changeBase(2);

        assertThat(copies.of(0)).isEqualTo(2);
        assertThat(copies.of(1)).isEqualTo(3);
        assertThat(copies.hasBase()).isTrue();
    }

    @Seeds(20)
    void findsTheOneFreshPieceOfAPeerWithManyPieces(long seed) {
        int pieces = 100_000;
        Random random = new Random(seed);
        Rarity rarity = new Rarity(pieces, random);
        Holdings has = Holdings.none(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            if (piece % 3 == 0) {
                has.add(piece);
            } else {
                rarity.setFresh(piece, true);
            }
        }
        has.forEach(rarity.copies()::increment);
        int only = 3 * random.nextInt(pieces / 3);
        rarity.setFresh(only, true);

        assertThat(rarity.rarest(has)).isEqualTo(only);
        assertThat(rarity.any(has)).isEqualTo(only);
        assertThat(rarity.first(has)).isEqualTo(only);
        rarity.setFresh(only, false);
        assertThat(rarity.rarest(has)).isEqualTo(-1);
        assertThat(rarity.any(has)).isEqualTo(-1);
        assertThat(rarity.first(has)).isEqualTo(-1);
    }

    @Test
    void choosesTheRarestOfFewPiecesInAHugeTorrent() {
        int pieces = 1_000_000;
        Rarity rarity = new Rarity(pieces, new Random(1));
        for (int piece = 0; piece < pieces; piece++) {
            rarity.setFresh(piece, true);
        }
        Holdings has = Holdings.none(pieces);
        for (int piece : new int[] {999_999, 17, 500_000}) {
            has.add(piece);
            rarity.copies().increment(piece);
            rarity.copies().increment(piece);
        }
        rarity.copies().decrement(500_000);

        assertThat(rarity.rarest(has)).isEqualTo(500_000);
    }

    @Seeds(50)
    void looksThroughEachTierBeforeTheNext(long seed) {
        Random random = new Random(seed);
        int pieces = 1 + random.nextInt(300);
        Rarity rarity = new Rarity(pieces, random);
        Holdings has = Holdings.none(pieces);
        PieceSet urgent = new PieceSet(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            rarity.setFresh(piece, random.nextInt(3) > 0);
            if (random.nextInt(3) == 0) {
                urgent.add(piece);
            }
            if (random.nextBoolean() && has.add(piece)) {
                rarity.copies().increment(piece);
            }
        }
        rarity.tiers(List.of(urgent.toBitfield()));

        for (int left = rarity.fresh().count(); left > 0; left--) {
            boolean expected = has.nextCommon(rarity.fresh(), 0) >= 0;
            int piece = random.nextInt(3) == 0
                    ? rarity.first(has)
                    : random.nextBoolean() ? rarity.any(has) : rarity.rarest(has);
            assertThat(piece >= 0).isEqualTo(expected);
            if (expected) {
                assertThat(rarity.fresh().contains(piece)).isTrue();
                assertThat(urgent.contains(piece)).isEqualTo(hasFresh(rarity, has, urgent));
                rarity.setFresh(piece, false);
            }
        }
    }

    private static boolean hasFresh(Rarity rarity, Holdings has, PieceSet among) {
        for (int piece = among.nextSet(0); piece >= 0; piece = among.nextSet(piece + 1)) {
            if (rarity.fresh().contains(piece) && has.contains(piece)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void knowsWhatIsFreshButNowhere() {
        Rarity rarity = new Rarity(3, new Random(1));
        rarity.setFresh(0, true);
        rarity.setFresh(1, true);
        rarity.copies().increment(1);

        assertThat(rarity.freshAndAvailable()).isEqualTo(1);
        rarity.copies().changeBase(1);
        assertThat(rarity.freshAndAvailable()).isEqualTo(2);
    }

    @Seeds(50)
    void holdsWhatWasAddedInEveryShape(long seed) {
        Random random = new Random(seed);
        int pieces = 1 + random.nextInt(300);
        PieceSet expected = new PieceSet(pieces);
        PieceSet other = new PieceSet(pieces);
        Holdings has = Holdings.none(pieces);
        for (int i = random.nextInt(200); i > 0; i--) {
            int piece = random.nextInt(pieces);
            assertThat(has.add(piece)).isEqualTo(expected.add(piece));
            other.add(random.nextInt(pieces));
        }
        Holdings offered = Holdings.of(expected.toBitfield());

        for (int piece = 0; piece < pieces; piece++) {
            assertThat(has.contains(piece)).isEqualTo(expected.contains(piece));
            assertThat(offered.contains(piece)).isEqualTo(expected.contains(piece));
            int next = piece;
            while (next < pieces && !(expected.contains(next) && other.contains(next))) {
                next++;
            }
            assertThat(has.nextCommon(other, piece)).isEqualTo(next == pieces ? -1 : next);
            assertThat(offered.nextCommon(other, piece)).isEqualTo(next == pieces ? -1 : next);
        }
        assertThat(has.count()).isEqualTo(expected.count()).isEqualTo(offered.count());
        assertThat(has.countCommon(other)).isEqualTo(offered.countCommon(other));
        assertThat(has.countCommon(other)).isEqualTo(expected.countCommon(other));
    }
}
