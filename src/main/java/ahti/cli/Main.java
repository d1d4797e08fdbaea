package ahti.cli;

import ahti.cli.env.Env;
import ahti.cli.env.Machine;
import ahti.core.BindsTheRealWorld;
import ahti.disk.StandardOutput;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Where the command meets the real world. */
public final class Main {

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    @BindsTheRealWorld("the command's streams and exit code")
    public static void main(String[] args) {
        Env env = new Env(
                List.of(args),
                System.in,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                machine());
        System.exit(Cli.run(env));
    }

    /** The machine that this process runs on. */
    @BindsTheRealWorld("the command's clocks, signals and exit")
    static Machine machine() {
        return new Machine(
                new ShellTerminal(System.getenv(), System.in),
                System::nanoTime,
                Clock.systemUTC(),
                new SunSignals(),
                StandardOutput.open(),
                new ShellProcesses(),
                new RealEngines(),
                new JvmExit());
    }
}
