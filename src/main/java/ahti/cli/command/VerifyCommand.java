package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.ColorChoice;
import ahti.cli.screen.Paint;
import ahti.cli.screen.VerdictMap;
import ahti.core.ByteCount;
import ahti.disk.FileStore;
import ahti.disk.PieceScan;
import ahti.disk.RealFileStore;
import ahti.disk.Verdicts;
import ahti.metainfo.Metainfo;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti verify}: compares files with a torrent and changes nothing. */
@Command(
        name = "verify",
        header = "Compare files with their torrent.",
        sortOptions = false,
        footer = {
            "%nFor each damaged run of bytes a line on standard output: what, path, first byte, byte after the last.",
            "Ends with 32 when anything is damaged or missing."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Env env;
    private final FileStore store = new RealFileStore();

    @Parameters(index = "0", paramLabel = "TORRENT", description = "A .torrent file, or - for standard input.")
    String torrent = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The file or directory of the torrent, or the directory that it is in. Default: here.")
    Optional<String> path = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    boolean quiet;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Option(names = "--map", description = "Draw which pieces are good, bad and missing, on standard error.")
    boolean map;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    VerifyCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Metainfo metainfo = new Sources(env, settings.limits(env)).torrent(torrent);
        DataPlace place = DataPlace.find(store, metainfo, env.path(path.orElse("")));
        if (!quiet) {
            env.stderr().println("checking " + place.root());
        }
        Verdicts verdicts = verify(place);
        VerifyReport report = new VerifyReport(store, place, verdicts);
        env.stdout().print(json ? report.json() + "\n" : report.lines());
        if (map) {
            draw(verdicts);
        }
        if (!quiet) {
            env.stderr().println(summary(place.metainfo(), verdicts));
        }
        return (verdicts.isAllGood() ? ExitCode.OK : ExitCode.VERIFY_FAILED).code();
    }

    private Verdicts verify(DataPlace place) throws InterruptedException {
        try (Workers workers = new Workers(env, quiet)) {
            PieceScan scan =
                    workers.scan(store, "verifying", place.metainfo().layout().totalLength());
            PieceScan.VerifyResult result = scan.verify(place.metainfo(), place.base());
            if (result instanceof PieceScan.Verified verified) {
                return verified.verdicts();
            }
            throw new CommandFailure(
                    ExitCode.DISK, ((PieceScan.Unverified) result).problem().describe());
        }
    }

    private void draw(Verdicts verdicts) {
        Paint paint = Screens.paint(env, ColorChoice.AUTO, Screens.canDraw(env));
        VerdictMap pieces = new VerdictMap(verdicts.good(), verdicts.missing(), paint);
        pieces.rows(env.machine().terminal().width()).forEach(env.stderr()::println);
    }

    private static String summary(Metainfo metainfo, Verdicts verdicts) {
        int all = metainfo.layout().pieces();
        int good = verdicts.good().count();
        int missing = verdicts.missing().count();
        return verdicts.isAllGood()
                ? new ByteCount(metainfo.contentLength()) + " in " + all + " pieces, all good"
                : good + " of " + all + " pieces are good, " + (all - good - missing) + " bad, " + missing + " missing";
    }
}
