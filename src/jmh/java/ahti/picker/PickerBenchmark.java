package ahti.picker;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one decision of the picker costs: it must not grow with the pieces of a torrent, and hardly with its peers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class PickerBenchmark {
    private static final long SEED = 1;
    private static final int BLOCKS = 64;

    /** Pieces x peers. */
    @Param({"1000x50", "100000x50", "1000000x50", "100000x1", "100000x500", "1000000x5000"})
    public String swarm = "";

    private BusySwarm peers = new BusySwarm(1, 0, SEED);
    private int delivered;

    /** Lets everybody join. */
    @Setup
    public void gather() {
        String[] sizes = swarm.split("x", 2);
        peers = new BusySwarm(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), SEED);
    }

    /** Time for a peer that comes with half of the pieces, and goes: it cannot but grow with the pieces. */
    @Benchmark
    public Outcome joinAndLeave() {
        return peers.joinAndLeave();
    }

    /** Time for one Have. */
    @Benchmark
    public Outcome have() {
        return peers.have();
    }

    /** Time for one block that comes in a read of up to four: it is taken in, and another chosen in its place. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public int deliver() {
        while (delivered < BLOCKS) {
            delivered += peers.deliver();
        }
        // What came beyond counts for the next time.
        delivered -= BLOCKS;
        return delivered;
    }
}
