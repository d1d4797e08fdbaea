package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.TrackerChange;
import ahti.cli.options.TrackerTier;
import ahti.core.Limits;
import ahti.disk.RealFileStore;
import ahti.metainfo.TrackerEdit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti edit}: changes the trackers of a .torrent file. */
@Command(
        name = "edit",
        header = "Change the trackers of a .torrent file.",
        sortOptions = false,
        footer = {
            "%nWhat is to be removed is removed first, then the rest is replaced, then added. The info hash stays the same.",
            "Ends with 3, and changes nothing, when a tracker to remove or replace is not listed."
        })
final class EditCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(paramLabel = "TORRENT", description = "A .torrent file, or - for standard input.")
    String torrent = "";

    @Option(
            names = "--add",
            paramLabel = "URL[,URL]",
            description =
                    "Add trackers as a new last tier; repeat for further tiers. One that is listed stays where it is.")
    List<TrackerTier> add = new ArrayList<>();

    @Option(names = "--remove", paramLabel = "URL", description = "Remove a tracker. May be repeated.")
    List<String> remove = new ArrayList<>();

    @Option(
            names = "--replace",
            arity = "2",
            paramLabel = "OLD NEW",
            hideParamSyntax = true,
            description = "Put another tracker in the place of one. May be repeated.")
    List<String> replace = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to FILE, or to standard output: -. Default: change TORRENT itself.")
    Optional<String> output = Optional.empty();

    @Option(names = "--force", description = "Overwrite FILE.")
    boolean force;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    EditCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        TrackerChange change = change();
        Limits limits = settings.limits(env);
        Sources sources = new Sources(env, limits);
        byte[] before = sources.bytes(torrent);
        List<List<String>> listed =
                Description.of(sources.read(torrent, before)).trackers();
        byte[] after = TrackerEdit.encode(before, changed(change, listed), limits);
        String target = output.orElse(torrent);
        if (target.equals("-")) {
            env.stdout().write(after, 0, after.length);
        } else {
            env.stdout().println(write(env.path(target), after));
        }
        return ExitCode.OK.code();
    }

    private TrackerChange change() {
        for (int i = 1; i < replace.size(); i += 2) {
            try {
                replace.set(i, TrackerTier.url(replace.get(i)));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.BAD_OPTION, "--replace: " + e.getMessage());
            }
        }
        TrackerChange change = new TrackerChange(remove, replace, add);
        if (change.isEmpty()) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "nothing to change: give --add, --remove or --replace");
        }
        return change;
    }

    private List<List<String>> changed(TrackerChange change, List<List<String>> listed) {
        try {
            return change.of(listed);
        } catch (TrackerChange.NotListed e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, torrent + ": " + e.getMessage());
        }
    }

    private Path write(Path target, byte[] bytes) {
        TorrentOutput file = new TorrentOutput(new RealFileStore(), target);
        if (!target.equals(env.path(torrent)) && !force) {
            file.refuseIfThere();
        }
        file.write(bytes);
        return target;
    }
}
