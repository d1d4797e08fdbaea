package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti info}: what a torrent says of itself. */
@Command(name = "info", header = "Show what a torrent contains.", sortOptions = false)
final class InfoCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(paramLabel = "SOURCE", description = "A .torrent file, or - for standard input.")
    String source = "";

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    InfoCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        Description torrent = Description.of(new Sources(env, settings.limits(env)).read(source));
        env.stdout().print(json ? torrent.json() + "\n" : InfoText.of(torrent));
        return ExitCode.OK.code();
    }
}
