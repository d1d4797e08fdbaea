package ahti.soak;

import ahti.core.BindsTheRealWorld;
import ahti.testkit.swarm.SwarmResult;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Runs {@link Scenario}s from a terminal: for some time, or one of them, or a row of them with their digests. {@code
 * scripts/soak} calls it.
 */
public final class Soak {
    private static final long NANOS = 1_000_000_000L;
    private static final String USAGE =
            "usage: soak [--no-mishaps] SECONDS [FIRST]  |  soak [--no-mishaps] --seed N  |  soak [--no-mishaps] --digests FIRST COUNT";

    private Soak() {}

    /** Exit code 1 when a scenario failed, 2 when it was called wrongly. */
    @BindsTheRealWorld("the end of a soak is by the clock on the wall")
    public static void main(String[] args) {
        PrintStream out = System.out;
        try {
            boolean calm = args[0].equals("--no-mishaps");
            System.exit(run(calm ? Arrays.copyOfRange(args, 1, args.length) : args, !calm, out));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    @BindsTheRealWorld("the end of a soak is by the clock on the wall")
    private static int run(String[] args, boolean mishaps, PrintStream out) {
        if (args[0].equals("--seed")) {
            return one(Long.parseLong(args[1]), mishaps, out) ? 0 : 1;
        }
        if (args[0].equals("--digests")) {
            long first = Long.parseLong(args[1]);
            for (long seed = first; seed < first + Long.parseLong(args[2]); seed++) {
                SwarmResult result = mishaps ? Scenario.run(seed) : Scenario.runWithoutMishaps(seed);
                out.println(seed + " " + result.digest());
            }
            return 0;
        }
        long end = System.nanoTime() + Long.parseLong(args[0]) * NANOS;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        int failed = 0;
        int ran = 0;
        while (System.nanoTime() < end) {
            ran++;
            failed += one(seed++, mishaps, out) ? 0 : 1;
        }
        out.println(ran + " scenarios, " + failed + " failed; the next one is " + seed);
        return failed == 0 ? 0 : 1;
    }

    private static boolean one(long seed, boolean mishaps, PrintStream out) {
        try {
            if (mishaps) {
                Scenario.run(seed);
            } else {
                Scenario.runWithoutMishaps(seed);
            }
            return true;
        } catch (AssertionError e) {
            out.println("FAILED " + e.getMessage());
            return false;
        }
    }
}
