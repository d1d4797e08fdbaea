package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ahti} without a subcommand. */
@Command(
        name = "ahti",
        header = "A BitTorrent client.",
        synopsisHeading = "Usage: ahti FILE.torrent%n       ",
        customSynopsis = "ahti COMMAND ...",
        description = "%n'ahti FILE.torrent' is short for 'ahti get FILE.torrent': download, verify, exit.%n"
                + "Downloads resume without a flag; standard output carries data only.%n",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "Options:%n",
        footer = "%n'ahti COMMAND --help' lists the options of a command.")
final class RootCommand implements Callable<Integer> {
    private final Env env;

    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version.")
    boolean version;

    RootCommand(Env env) {
        this.env = env;
    }

    /** What {@code --help} says about exit codes. */
    static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(String.valueOf(code.code()), code.meaning());
        }
        return codes;
    }

    @Override
    public Integer call() {
        if (version) {
            return new VersionCommand(env).call();
        }
        if (spec != null) {
            env.stderr().print(spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        }
        return ExitCode.BAD_OPTION.code();
    }
}
