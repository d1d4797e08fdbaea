package ahti.core;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read, write and compare what peers have of a torrent of 1,000,000 pieces. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BitfieldBenchmark {
    private static final int PIECES = 1_000_000;
    private static final long SEED = 1;

    private byte[] wire = {};
    private Bitfield half = Bitfield.none(0);
    private PieceSet ours = new PieceSet(0);
    private PieceSet theirs = new PieceSet(0);
    /** One piece in ten thousand: long runs of zeros. */
    private PieceSet rare = new PieceSet(0);

    /** Half of the pieces, by lot, twice; and a few. */
    @Setup
    public void draw() {
        Random random = new Random(SEED);
        ours = new PieceSet(PIECES);
        theirs = new PieceSet(PIECES);
        rare = new PieceSet(PIECES);
        for (int piece = 0; piece < PIECES; piece++) {
            put(ours, piece, random.nextBoolean());
            put(theirs, piece, random.nextBoolean());
            put(rare, piece, random.nextInt(10_000) == 0);
        }
        half = theirs.toBitfield();
        wire = half.toWire();
    }

    /** Time to read what a message carries. */
    @Benchmark
    public Bitfield fromWire() {
        return Bitfield.fromWire(wire, PIECES);
    }

    /** Time to write it. */
    @Benchmark
    public byte[] toWire() {
        return half.toWire();
    }

    /** Time to make a set of it that can change. */
    @Benchmark
    public PieceSet toSet() {
        return half.toSet();
    }

    /** Time to count what both have. */
    @Benchmark
    public int countCommon() {
        return ours.countCommon(theirs);
    }

    /** Time to walk over all that both have, when that is little. */
    @Benchmark
    public int walkRare() {
        int sum = 0;
        for (int piece = rare.nextCommon(theirs, 0); piece >= 0; piece = rare.nextCommon(theirs, piece + 1)) {
            sum += piece;
        }
        return sum;
    }

    private static void put(PieceSet set, int piece, boolean there) {
        if (there) {
            set.add(piece);
        }
    }
}
