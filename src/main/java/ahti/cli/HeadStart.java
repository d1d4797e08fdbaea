package ahti.cli;

import ahti.cli.command.Commands;
import ahti.config.Configuration;
import ahti.core.BindsTheRealWorld;
import ahti.hash.PieceDigest;
import java.util.List;
import java.util.Set;

/**
 * Reads what a command with an engine will need while another processor makes sense of the command line. Each of both takes
 * a tenth of a second.
 */
final class HeadStart {
    private static final Set<String> WITH_ENGINE = Set.of("get", "seed", "cat", "play", "demo", "dht", "scrape");

    private HeadStart() {}

    /** Whether these arguments will need it. */
    static boolean isWorthIt(List<String> args) {
        List<String> arranged = Arguments.arrange(args, Commands.NAMES);
        boolean isHelp = arranged.contains("--help") || arranged.contains("-h");
        return !isHelp && !arranged.isEmpty() && WITH_ENGINE.contains(arranged.get(0));
    }

    /** Begins, on a thread that nothing waits for. */
    @BindsTheRealWorld("a thread")
    static void begin() {
        Thread thread = new Thread(HeadStart::run, "ahti-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        try {
            // The first digest of a process has the platform look through its providers.
            PieceDigest.newSha1();
            Configuration.readAhead();
        } catch (RuntimeException e) {
            // Whoever needs it will meet the same, and says so.
            return;
        }
    }
}
