package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ahti completion SHELL}: prints a script for the shell to read. */
@Command(
        name = "completion",
        header = "Print a completion script for a shell.",
        footer = {
            "%nbash:  source <(ahti completion bash)",
            "zsh:   source <(ahti completion zsh)",
            "fish:  ahti completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Env env;

    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    String shell = "";

    @Mixin
    HelpOption help = new HelpOption();

    CompletionCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        CommandLine root = java.util.Objects.requireNonNull(spec).root().commandLine();
        switch (shell) {
            // The script for bash switches zsh's emulation of bash's completion on by itself.
            case "bash", "zsh" -> env.stdout().print(AutoComplete.bash("ahti", root));
            case "fish" -> env.stdout().print(FishCompletion.of(root));
            default ->
                throw new CommandFailure(
                        ExitCode.BAD_OPTION, "'" + shell + "' is not a shell that we know: bash, zsh or fish");
        }
        return ExitCode.OK.code();
    }
}
