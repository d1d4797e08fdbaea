package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Whatever peers do, in whatever order: what {@link CheckedPicker} checks holds after every step. */
class PickerPropertyTest {
    private static final int STEPS = 250;

    @Seeds(300)
    void keepsItsPromisesWhateverPeersDo(long seed) {
        Random random = new Random(seed);
        CheckedPicker picker = anyPicker(random, seed);

        play(picker, random);
    }

    @Seeds(100)
    void keepsThemWhenPeersThatChokeAllowAFewPieces(long seed) {
        Random random = new Random(seed);
        CheckedPicker picker = anyPicker(random, seed);
        int pieces = picker.model.layout.pieces();
        picker.model.mayComeBack = true;
        for (int step = 0; step < STEPS; step++) {
            step(picker, random, step);
            List<Integer> numbers = numbers(picker);
            if (!numbers.isEmpty() && random.nextInt(10) == 0) {
                int number = numbers.get(random.nextInt(numbers.size()));
                if (random.nextInt(3) == 0) {
                    picker.release(number);
                } else {
                    picker.confine(
                            number,
                            IntStream.range(0, pieces)
                                    .filter(any -> random.nextInt(4) == 0)
                                    .boxed()
                                    .toArray(Integer[]::new));
                }
            }
        }
    }

    @Seeds(150)
    void completesWhateverHappenedBeforeOnceASeedComes(long seed) {
        Random random = new Random(seed);
        CheckedPicker picker = anyPicker(random, seed);
        play(picker, random);

        int pieces = picker.model.layout.pieces();
        if (picker.model.onDemand) {
            picker.hurry(0, 0, pieces);
        }
        picker.seed(1000, 1 + random.nextInt(10), 0);
        for (int step = 0; missing(picker) > 0; step++) {
            assertThat(step).as("steps").isLessThan(10_000);
            for (int piece : List.copyOf(picker.model.filled)) {
                picker.stored(piece);
            }
            // the others time out, sooner or later
            for (int number : numbers(picker)) {
                if (number != 1000) {
                    picker.giveBack(number, picker.owed(number));
                    picker.window(number, 0, 0);
                    picker.giveBack(number, picker.owed(number));
                }
            }
            if (!picker.owed(1000).isEmpty()) {
                picker.deliver(1000, 1 + random.nextInt(picker.owed(1000).size()));
            }
        }
        List.copyOf(picker.model.filled).forEach(picker::stored);

        assertThat(picker.model.bytes()).isZero();
        assertThat(picker.owed(1000)).isEmpty();
        assertThat(picker.availability(pieces).minCopies()).isZero();
    }

    @Seeds(20)
    void doesTheSameAgainWithTheSameSeed(long seed) {
        List<Outcome> first = outcomes(seed);
        List<Outcome> second = outcomes(seed);

        assertThat(first.stream().map(Outcome::orders))
                .isEqualTo(second.stream().map(Outcome::orders).toList());
    }

    private static List<Outcome> outcomes(long seed) {
        Random random = new Random(seed);
        CheckedPicker picker = anyPicker(random, seed);
        List<Outcome> outcomes = new ArrayList<>();
        for (int step = 0; step < 100; step++) {
            step(picker, random, step);
            outcomes.add(picker.last);
        }
        return outcomes;
    }

    private static CheckedPicker anyPicker(Random random, long seed) {
        int pieces = 1 + random.nextInt(20);
        int length = 1 + random.nextInt(5 * BlockRef.MAX_LENGTH);
        PieceLayout layout = new PieceLayout((long) pieces * length - random.nextInt(length), length);
        long budget = 1 + random.nextLong(layout.totalLength() + length);
        return new CheckedPicker(
                layout,
                new PiecePicker.Settings(budget, random.nextInt(3), 1 + random.nextInt(3)),
                seed,
                some(random, pieces, 10),
                new PieceSelection(
                        some(random, pieces, 80),
                        tiers(random, pieces),
                        random.nextInt(4) == 0,
                        random.nextInt(4) == 0));
    }

    /** None, or a few sets of pieces, wanted or not, that may overlap. */
    private static List<Bitfield> tiers(Random random, int pieces) {
        List<Bitfield> tiers = new ArrayList<>();
        for (int tier = random.nextInt(6) - 2; tier > 0; tier--) {
            tiers.add(some(random, pieces, 30));
        }
        return tiers;
    }

    private static void play(CheckedPicker picker, Random random) {
        for (int step = 0; step < STEPS; step++) {
            step(picker, random, step);
        }
    }

    private static void step(CheckedPicker picker, Random random, int step) {
        int pieces = picker.model.layout.pieces();
        List<Integer> numbers = numbers(picker);
        int action = random.nextInt(100);
        if (numbers.isEmpty() || (action < 6 && numbers.size() < 8)) {
            picker.join(step);
            return;
        }
        int number = numbers.get(random.nextInt(numbers.size()));
        List<BlockRef> owed = picker.owed(number);
        if (action < 14) {
            picker.offer(number, some(random, pieces, 25 * random.nextInt(5)));
        } else if (action < 22) {
            picker.gain(number, random.nextInt(pieces), random.nextInt(pieces));
        } else if (action < 37) {
            picker.window(number, random.nextInt(12), random.nextInt(3));
        } else if (action < 60) {
            picker.deliver(number, shuffled(random, owed));
        } else if (action < 63) {
            int piece = random.nextInt(pieces);
            int block = random.nextInt(picker.model.layout.blocks(piece));
            picker.deliver(number, List.of(picker.ref(piece, block)));
        } else if (action < 66) {
            picker.deliver(number, List.copyOf(picker.model.peer(number).returned));
        } else if (action < 72) {
            picker.giveBack(number, shuffled(random, owed));
        } else if (action < 75) {
            picker.window(number, 0, 0);
            picker.giveBack(number, owed);
        } else if (action < 78) {
            picker.leave(number);
        } else if (action < 80) {
            picker.select(
                    random.nextBoolean(),
                    random.nextInt(4) == 0,
                    IntStream.range(0, pieces)
                            .filter(piece -> random.nextInt(4) > 0)
                            .toArray());
        } else if (action < 81) {
            picker.stored(random.nextInt(pieces));
        } else if (action < 84) {
            int first = random.nextInt(pieces);
            picker.hurry(random.nextInt(3), first, random.nextInt(Math.min(6, pieces - first + 1)));
        } else if (action < 85) {
            picker.relax(random.nextInt(3));
        } else if (action < 87 && !owed.isEmpty()) {
            picker.stalls(number);
        } else if (!picker.model.filled.isEmpty()) {
            int piece = picker.model.filled.iterator().next();
            if (action < 90) {
                picker.reopen(piece);
            } else {
                picker.stored(piece);
            }
        }
    }

    private static long missing(CheckedPicker picker) {
        return IntStream.range(0, picker.model.layout.pieces())
                .filter(picker.model::isMissing)
                .count();
    }

    private static List<Integer> numbers(CheckedPicker picker) {
        return picker.model.peers.keySet().stream().map(id -> id.number()).toList();
    }

    private static List<BlockRef> shuffled(Random random, List<BlockRef> refs) {
        List<BlockRef> shuffled = new ArrayList<>(refs);
        Collections.shuffle(shuffled, random);
        return shuffled.isEmpty() ? shuffled : shuffled.subList(0, 1 + random.nextInt(shuffled.size()));
    }

    private static Bitfield some(Random random, int pieces, int percent) {
        return CheckedPicker.bits(
                pieces,
                IntStream.range(0, pieces)
                        .filter(piece -> random.nextInt(100) < percent)
                        .toArray());
    }
}
