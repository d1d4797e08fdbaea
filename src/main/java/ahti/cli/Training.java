package ahti.cli;

import ahti.cli.env.Env;
import ahti.core.BindsTheRealWorld;
import ahti.disk.ScratchDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Goes once through what users do, in one process, so that the class-data archive of the launcher knows the classes that
 * this takes. All of it stays inside this machine and a scratch directory. What the commands print is of no interest.
 */
final class Training {
    private static final List<String> ALONE = List.of(
            "--bind",
            "127.0.0.1",
            "-p",
            "0",
            "--no-lpd",
            "--no-trackers",
            "--set",
            "dht.bootstrap=[]",
            "--set",
            "dht.join-pause=1s",
            "--state",
            "state");

    private Training() {}

    /** Runs it, and ends the process with the largest exit code of its commands. */
    @BindsTheRealWorld("the exit code of the process that trains")
    public static void main(String[] args) throws IOException {
        int worst;
        try (ScratchDirectory scratch = ScratchDirectory.make("ahti-training-")) {
            worst = in(scratch.path());
        }
        System.exit(worst);
    }

    private static int in(Path directory) {
        int worst = 0;
        for (List<String> line : List.of(
                List.of("--help"),
                List.of("version"),
                List.of("get", "--help"),
                List.of("demo", "--size", "1M", "--keep", "."),
                List.of("create", "seed", "-o", "seed.torrent"),
                List.of("info", "seed.torrent"),
                List.of("info", "--json", "seed.torrent"),
                List.of("info", "--magnet", "seed.torrent"),
                List.of("verify", "seed.torrent", "."),
                with(ALONE, "get", "--check", "seed.torrent"),
                with(ALONE, "get", "seed.torrent"),
                with(ALONE, "seed", "--for", "1s", "seed.torrent"))) {
            worst = Math.max(worst, Cli.run(env(line, directory)));
        }
        return worst;
    }

    private static List<String> with(List<String> options, String... first) {
        List<String> line = new ArrayList<>(List.of(first));
        line.addAll(options);
        return line;
    }

    @BindsTheRealWorld("the standard error of the process that trains")
    private static Env env(List<String> line, Path directory) {
        return new Env(
                line,
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                // Whatever this user's configuration says, it is not for us.
                Map.of("HOME", directory.toString()),
                directory,
                Main.machine());
    }
}
