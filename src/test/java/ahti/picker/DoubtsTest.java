package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import ahti.core.PieceSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What did not match its hash: asked of one peer at a time, as a whole. */
class DoubtsTest {
    private static final int BLOCKS = 4;

    /** Peers by number, with what each was asked for; all told by what the picker says. */
    private static final class Crowd {
        final PieceLayout layout;
        final Picker picker;
        final Map<Integer, Set<BlockRef>> owed = new TreeMap<>();
        final Map<Integer, List<ConnectionId>> filled = new LinkedHashMap<>();

        Crowd(int pieces, int budget, long seed) {
            layout = CheckedPicker.layout(pieces, BLOCKS);
            picker = new Picker(
                    layout,
                    Bitfield.none(pieces),
                    new PieceSelection(Bitfield.all(pieces), false),
                    new PiecePicker.Settings((long) budget * layout.pieceLength(), 0, 3),
                    new Random(seed));
        }

        void seed(int number, int window, int rate) {
            owed.put(number, new LinkedHashSet<>());
            obey(picker.join(id(number)));
            obey(picker.offer(id(number), Bitfield.all(layout.pieces())));
            window(number, window, rate);
        }

        void window(int number, int blocks, int rate) {
            obey(picker.window(id(number), blocks, rate));
        }

        void delivers(int number, int count) {
            List<BlockRef> first = owed.get(number).stream().limit(count).toList();
            owed.get(number).removeAll(first);
            obey(picker.deliver(
                    id(number), first.stream().map(CheckedPicker::block).toList()));
        }

        void givesBack(int number) {
            List<BlockRef> all = List.copyOf(owed.get(number));
            owed.get(number).clear();
            obey(picker.giveBack(id(number), all));
        }

        void leaves(int number, boolean lied) {
            owed.remove(number);
            obey(picker.leave(id(number), lied));
        }

        void isCorrupt(int piece) {
            filled.remove(piece);
            obey(picker.reopen(piece, true));
        }

        void isStored(int piece) {
            filled.remove(piece);
            obey(picker.stored(piece));
        }

        Set<Integer> owingOf(int piece) {
            Set<Integer> who = new LinkedHashSet<>();
            owed.forEach((number, blocks) -> {
                if (blocks.stream().anyMatch(block -> block.piece() == piece)) {
                    who.add(number);
                }
            });
            return who;
        }

        private void obey(Outcome outcome) {
            for (Outcome.Order order : outcome.orders()) {
                Set<BlockRef> blocks = owed.getOrDefault(order.to().number(), new LinkedHashSet<>());
                if (order.instruction() instanceof PiecePicker.Cancel cancel) {
                    blocks.removeAll(cancel.blocks());
                }
            }
            for (Outcome.Order order : outcome.orders()) {
                if (order.instruction() instanceof PiecePicker.Fetch fetch) {
                    assertThat(owed.get(order.to().number()).addAll(fetch.blocks()))
                            .isTrue();
                }
            }
            for (PiecePicker.Event event : outcome.events()) {
                if (event instanceof PiecePicker.PieceFilled piece) {
                    filled.put(piece.piece(), piece.senders());
                }
            }
        }
    }

    private static ConnectionId id(int number) {
        return new ConnectionId(number);
    }

    /** One piece that two peers sent together, and that did not match. */
    private static Crowd afterALie() {
        Crowd crowd = new Crowd(1, 1, 1);
        crowd.seed(1, 2, 0);
        crowd.seed(2, 2, 0);
        crowd.delivers(1, 2);
        crowd.delivers(2, 2);
        assertThat(crowd.filled.get(0)).contains(id(1), id(2));
        crowd.isCorrupt(0);
        return crowd;
    }

    @Test
    void aPieceInDoubtIsAskedOfOnePeerAlone() {
        Crowd crowd = afterALie();
        int sole = crowd.owingOf(0).iterator().next();
        assertThat(crowd.owingOf(0)).containsExactly(sole);

        crowd.delivers(sole, 1);
        crowd.delivers(sole, 1);
        crowd.delivers(sole, 2);

        assertThat(crowd.filled.get(0)).containsOnly(id(sole));
    }

    @Test
    void whoeverFailsToSendItGivesWayToTheNextWhoBeginsAnew() {
        Crowd crowd = afterALie();
        int sole = crowd.owingOf(0).iterator().next();
        int other = 3 - sole;
        crowd.delivers(sole, 1);

        crowd.givesBack(sole);

        assertThat(crowd.owingOf(0)).containsExactly(other);
        crowd.delivers(other, 2);
        crowd.delivers(other, 2);
        assertThat(crowd.filled.get(0)).containsOnly(id(other));
    }

    @Test
    void whoeverLeavesTakesItsPartAlong() {
        Crowd crowd = afterALie();
        int sole = crowd.owingOf(0).iterator().next();
        crowd.delivers(sole, 3);

        crowd.leaves(sole, false);

        crowd.delivers(3 - sole, 2);
        crowd.delivers(3 - sole, 2);
        assertThat(crowd.filled.get(0)).containsOnly(id(3 - sole));
    }

    @Test
    void aBetterPeerTakesItOver() {
        Crowd crowd = afterALie();
        int sole = crowd.owingOf(0).iterator().next();
        crowd.delivers(sole, 1);

        crowd.seed(3, 10, 50);

        assertThat(crowd.owingOf(0)).containsExactly(3);
        assertThat(crowd.owed.get(3)).hasSize(BLOCKS);
    }

    @Test
    void oneThatIsAloneKeepsWhatItSent() {
        Crowd crowd = afterALie();
        int sole = crowd.owingOf(0).iterator().next();
        crowd.leaves(3 - sole, false);
        crowd.delivers(sole, 2);

        crowd.givesBack(sole);

        assertThat(crowd.owed.get(sole)).hasSize(2);
        crowd.delivers(sole, 2);
        assertThat(crowd.filled).containsKey(0);
    }

    @Test
    void whatALiarSentOfOtherPiecesIsThrownAway() {
        Crowd crowd = new Crowd(1, 1, 1);
        crowd.seed(1, 3, 0);
        crowd.delivers(1, 2);

        crowd.leaves(1, true);
        crowd.seed(2, 10, 0);

        assertThat(crowd.owed.get(2)).hasSize(BLOCKS);
    }

    @Seeds(200)
    void itCompletesWhateverHappenedBeforeOnceASeedComes(long seed) {
        Random random = new Random(seed);
        int pieces = 1 + random.nextInt(8);
        Crowd crowd = new Crowd(pieces, 1 + random.nextInt(pieces), seed);
        for (int step = 0; step < 250; step++) {
            step(crowd, random, step);
        }
        crowd.seed(1000, 1 + random.nextInt(6), 0);
        for (int step = 0; !isAllStored(crowd); step++) {
            assertThat(step).as("steps").isLessThan(5_000);
            List.copyOf(crowd.filled.keySet()).forEach(crowd::isStored);
            for (int number : List.copyOf(crowd.owed.keySet())) {
                if (number != 1000) {
                    crowd.givesBack(number);
                    crowd.window(number, 0, 0);
                    crowd.givesBack(number);
                }
            }
            crowd.delivers(1000, 1 + random.nextInt(3));
        }
        assertThat(crowd.owed.get(1000)).isEmpty();
    }

    private static boolean isAllStored(Crowd crowd) {
        return crowd.picker.explain().peers().get(id(1000)).missing() == 0;
    }

    private static void step(Crowd crowd, Random random, int step) {
        List<Integer> numbers = new ArrayList<>(crowd.owed.keySet());
        int action = random.nextInt(100);
        if (numbers.isEmpty() || (action < 8 && numbers.size() < 6)) {
            crowd.seed(step, random.nextInt(8), random.nextInt(5));
            return;
        }
        int number = numbers.get(random.nextInt(numbers.size()));
        if (action < 20) {
            crowd.window(number, random.nextInt(8), random.nextInt(5));
        } else if (action < 65) {
            crowd.delivers(number, 1 + random.nextInt(3));
        } else if (action < 72) {
            crowd.givesBack(number);
        } else if (action < 76) {
            crowd.leaves(number, random.nextBoolean());
        } else if (action < 79) {
            int first = random.nextInt(crowd.layout.pieces());
            crowd.obey(crowd.picker.hurry(0, new PieceRange(first, 1)));
        } else if (action < 81) {
            crowd.obey(crowd.picker.relax(0));
        } else if (!crowd.filled.isEmpty()) {
            int piece = crowd.filled.keySet().iterator().next();
            if (random.nextInt(3) > 0) {
                crowd.isCorrupt(piece);
            } else {
                crowd.isStored(piece);
            }
        }
    }
}
