package ahti.soak;

import ahti.core.BindsTheRealWorld;
import ahti.testkit.swarm.Swarm;
import ahti.testkit.swarm.SwarmResult;
import ahti.testkit.swarm.SwarmRun;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * One large swarm, and what it costs: {@code java -Xmx20g ahti.soak.Scale ENGINES [PIECES] [SEED]}. A twentieth of the engines
 * are seeds, each engine knows eight others and keeps ten connections.
 */
public final class Scale {
    private static final int PIECES = 16;
    private static final int PIECE = 64 * 1024;
    private static final int SEEDS_ARE_ONE_IN = 20;
    private static final double NANOS = 1e9;
    private static final Duration LIMIT = Duration.ofHours(6);

    private Scale() {}

    /** Prints the figures. */
    @BindsTheRealWorld("it measures what a simulation takes of the real machine")
    public static void main(String[] args) {
        int engines = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int pieces = args.length > 1 ? Integer.parseInt(args[1]) : PIECES;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        PrintStream out = System.out;
        int seeds = Math.max(1, engines / SEEDS_ARE_ONE_IN);
        long before = heap();
        long begun = System.nanoTime();
        Swarm swarm = Swarm.seed(seed)
                .seeds(seeds)
                .leechers(engines - seeds)
                .piecesOf(PIECE)
                .pieces(pieces)
                .knowing(8)
                .set("ahti.torrent.max-peers = 10");
        try (SwarmRun run = swarm.begin()) {
            run.untilComplete(LIMIT);
            double real = (System.nanoTime() - begun) / NANOS;
            double cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / NANOS;
            SwarmResult result = run.result();
            out.println("engines          " + engines + ", " + seeds + " of them seeds");
            out.println("torrent          " + pieces + " pieces of " + PIECE + " bytes");
            out.println("virtual seconds  " + result.lastFinish().toMillis() / 1000.0);
            out.println("real seconds     " + Math.round(real));
            out.println("CPU seconds      " + Math.round(cpu) + " (of the thread that runs the swarm)");
            out.println("heap per engine  " + (heap() - before) / engines / 1024 + " KiB after a collection");
            out.println("events           " + result.facts() + " on the network");
            out.println("fairness         " + result.fairness());
            out.println("digest           " + result.digest());
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
