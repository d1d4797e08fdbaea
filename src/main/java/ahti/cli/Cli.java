package ahti.cli;

import ahti.cli.command.Commands;
import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.Converters;
import ahti.core.Text;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The whole command: arguments in, exit code out. */
public final class Cli {

    private Cli() {}

    /** Of what was typed, repeated in a message: a pattern of the shell may have become a thousand names. */
    private static final int MOST_SAID = 300;

    /** Runs the command line of this environment. */
    public static int run(Env env) {
        List<String> args = Arguments.arrange(env.args(), Commands.NAMES);
        CommandLine line = Commands.line(env, args);
        Converters.register(line);
        line.setOut(writer(env.stdout()))
                .setErr(writer(env.stderr()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler((wrong, given) -> wrong(env, wrong))
                .setExecutionExceptionHandler((thrown, running, parsed) -> failed(env, thrown));
        int code = line.execute(args.toArray(String[]::new));
        env.stdout().flush();
        return code;
    }

    private static int wrong(Env env, CommandLine.ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        env.stderr().println("ahti: " + Text.clean(String.valueOf(wrong.getMessage()), MOST_SAID));
        env.stderr().println("'" + command + " --help' lists what there is");
        return ExitCode.BAD_OPTION.code();
    }

    private static int failed(Env env, Exception thrown) {
        if (thrown instanceof CommandFailure failure) {
            env.stderr().println("ahti: " + failure.sentence());
            return failure.code().code();
        }
        env.stderr().println("ahti: internal error; please report it with the lines below");
        thrown.printStackTrace(env.stderr());
        return ExitCode.INTERNAL.code();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
