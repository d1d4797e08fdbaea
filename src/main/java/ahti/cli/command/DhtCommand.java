package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ahti dht}: what can be asked of the distributed hash table. */
@Command(
        name = "dht",
        header = "Ask the distributed hash table.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class DhtCommand implements Callable<Integer> {
    private final Env env;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    HelpOption help = new HelpOption();

    DhtCommand(Env env) {
        this.env = env;
    }

    /** With its own subcommands. */
    static CommandLine line(Env env) {
        return new CommandLine(new DhtCommand(env)).addSubcommand("get", new DhtGetCommand(env));
    }

    @Override
    public Integer call() {
        if (spec != null) {
            env.stderr().print(spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        }
        return ExitCode.BAD_OPTION.code();
    }
}
