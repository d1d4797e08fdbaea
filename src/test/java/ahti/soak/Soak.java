package ahti.soak;

import ahti.core.BindsTheRealWorld;
import java.io.PrintStream;

/**
 * Runs {@link Scenario}s from a terminal: for some time, or one of them, or a row of them with their digests. {@code
 * scripts/soak} calls it.
 */
public final class Soak {
    private static final long NANOS = 1_000_000_000L;
    private static final String USAGE = "usage: soak SECONDS [FIRST]  |  soak --seed N  |  soak --digests FIRST COUNT";

    private Soak() {}

    /** Exit code 1 when a scenario failed, 2 when it was called wrongly. */
    @BindsTheRealWorld("the end of a soak is by the clock on the wall")
    public static void main(String[] args) {
        PrintStream out = System.out;
        try {
            System.exit(run(args, out));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    @BindsTheRealWorld("the end of a soak is by the clock on the wall")
    private static int run(String[] args, PrintStream out) {
        if (args[0].equals("--seed")) {
            return one(Long.parseLong(args[1]), out) ? 0 : 1;
        }
        if (args[0].equals("--digests")) {
            long first = Long.parseLong(args[1]);
            for (long seed = first; seed < first + Long.parseLong(args[2]); seed++) {
                out.println(seed + " " + Scenario.run(seed).digest());
            }
            return 0;
        }
        long end = System.nanoTime() + Long.parseLong(args[0]) * NANOS;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        int failed = 0;
        int ran = 0;
        while (System.nanoTime() < end) {
            ran++;
            failed += one(seed++, out) ? 0 : 1;
        }
        out.println(ran + " scenarios, " + failed + " failed; the next one is " + seed);
        return failed == 0 ? 0 : 1;
    }

    private static boolean one(long seed, PrintStream out) {
        try {
            Scenario.run(seed);
            return true;
        } catch (AssertionError e) {
            out.println("FAILED " + e.getMessage());
            return false;
        }
    }
}
