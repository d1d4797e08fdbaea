package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.cli.options.FileChoice;
import ahti.metainfo.FilePriority;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code --files}, {@code --high} and {@code --low} choose of a torrent. */
final class WantedFiles {
    private final Metainfo metainfo;
    private final List<String> files;
    private final List<String> high;
    private final List<String> low;

    /** As the user wrote it, option by option. */
    WantedFiles(Metainfo metainfo, List<String> files, List<String> high, List<String> low) {
        this.metainfo = metainfo;
        this.files = files;
        this.high = high;
        this.low = low;
    }

    /** A file that is not chosen is neither high nor low; what is said to be both is low. */
    FileSelection selection() {
        FileSelection selection = files.isEmpty() ? FileSelection.all() : FileSelection.only(chosen("--files", files));
        selection = withPriority(selection, chosen("--high", high), FilePriority.HIGH);
        return withPriority(selection, chosen("--low", low), FilePriority.LOW);
    }

    private static FileSelection withPriority(FileSelection selection, Set<Integer> which, FilePriority priority) {
        return selection.with(which.stream().filter(selection::isWanted).toList(), priority);
    }

    /** Indexes into {@link Metainfo#files()}. */
    Set<Integer> chosen(String option, List<String> written) {
        List<Integer> numbered = FileList.numbered(metainfo);
        List<String> paths = numbered.stream()
                .map(file -> FileList.belowRoot(metainfo, file))
                .toList();
        try {
            Set<Integer> indexes = new TreeSet<>();
            FileChoice.choose(written, paths).forEach(position -> indexes.add(numbered.get(position)));
            return indexes;
        } catch (FileChoice.NoSuchFile e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, option + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_OPTION, option + ": " + e.getMessage());
        }
    }
}
