package ahti.cli.command;

import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which files of a torrent the user wants to read, by what stands for FILE on the command line. */
final class ReadFiles {
    private final Metainfo metainfo;
    private final List<Integer> numbered;

    ReadFiles(Metainfo metainfo) {
        this.metainfo = metainfo;
        this.numbered = FileList.numbered(metainfo);
    }

    /** How many there are to choose from. */
    int count() {
        return numbered.size();
    }

    /** All that are meant, in order, as indexes into {@link Metainfo#files()}; at least one. A name may be written as it is. */
    List<Integer> named(String written) {
        Optional<Integer> exact = numbered.stream()
                .filter(file -> FileList.belowRoot(metainfo, file).equals(written)
                        || entry(file).path().get(entry(file).path().size() - 1).equals(written))
                .findFirst();
        return exact.map(List::of)
                .orElseGet(() -> List.copyOf(
                        new WantedFiles(metainfo, List.of(), List.of(), List.of()).chosen("FILE", List.of(written))));
    }

    /** The first of the largest. */
    int largest() {
        return numbered.stream()
                .max(Comparator.comparingLong((Integer file) -> entry(file).length())
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(0);
    }

    /** The first. */
    int first() {
        return numbered.get(0);
    }

    /** How users count it. */
    int number(int file) {
        return IntStream.range(0, numbered.size())
                        .filter(at -> numbered.get(at) == file)
                        .findFirst()
                        .orElse(0)
                + 1;
    }

    FileEntry entry(int file) {
        return metainfo.files().get(file);
    }
}
