package ahti.realpeers;

import ahti.core.BindsTheRealWorld;
import ahti.realpeers.KillRun.Harm;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Kills a real download from a terminal, and prints what that costs: {@code scripts/kills} calls it.
 */
public final class Kills {
    private static final int SIZE = 192 << 20;
    private static final int PIECE = 256 << 10;
    private static final int MOST_RATE = 12 << 20;
    /** From one kill to the next, without the start: a slow machine has to come to something, too. */
    private static final int SECONDS = 3;

    private Kills() {}

    /** {@code KILLS [SEED]}. Exit code 1 when a promise was not kept. */
    @BindsTheRealWorld("it is called from a terminal")
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        int kills = Integer.parseInt(args[0]);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        boolean kept = true;
        int rate = Math.min(MOST_RATE, SIZE / (kills + 1) / SECONDS);
        out.println("192 MiB in pieces of 256 KiB from libtorrent at " + rate / 1024 + " KiB/s, " + kills
                + " kills, seed " + seed);
        out.println(
                "between kill and start | fetched twice | pieces forgotten | first byte: first start, slowest restart | pieces");
        for (Harm harm : Harm.values()) {
            Payload payload = Payload.file("killed-" + harm.name().toLowerCase(Locale.ROOT), SIZE, PIECE);
            try (Stage stage = new Stage().open()) {
                KillRun.Report report = new KillRun(payload, rate, kills, harm, seed).run(stage);
                kept = kept && report.forgotten() == 0;
                out.println(String.format(
                        Locale.ROOT,
                        "%-22s | %11.2f %% | %16d | %21d ms, %11d ms | %d compared, all right",
                        harm,
                        100 * report.lost(),
                        report.forgotten(),
                        report.firstStart(),
                        report.slowestRestart(),
                        report.checked()));
            } catch (AssertionError e) {
                kept = false;
                out.println(String.format(Locale.ROOT, "%-22s | BROKEN: %s", harm, e.getMessage()));
            }
        }
        out.println(
                "fetched twice: what the seeder sent beyond the size, without what was destroyed between two runs; most of it");
        out.println("was on its way when the process died. forgotten: was stored, and the next run did not have it");
        System.exit(kept ? 0 : 1);
    }
}
