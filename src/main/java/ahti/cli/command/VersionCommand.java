package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ahti version}. */
@Command(name = "version", header = "Show the version.")
final class VersionCommand implements Callable<Integer> {
    private final Env env;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    VersionCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        String java = System.getProperty("java.version", "?");
        if (json) {
            env.stdout()
                    .println(new Json()
                            .put("name", "ahti")
                            .put("version", version())
                            .put("java", java));
        } else {
            env.stdout().println("ahti " + version() + " (Java " + java + ")");
        }
        return ExitCode.OK.code();
    }

    /** As the jar says; classes that come from no jar say {@code development}. */
    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
