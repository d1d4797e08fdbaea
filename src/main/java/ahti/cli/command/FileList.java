package ahti.cli.command;

import ahti.core.ByteCount;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.util.List;
import java.util.stream.IntStream;

/** The files of a torrent as its user counts them: from 1, padding left out. */
final class FileList {

    private FileList() {}

    /** Their indexes into {@link Metainfo#files()}, in order. */
    static List<Integer> numbered(Metainfo metainfo) {
        return IntStream.range(0, metainfo.files().size())
                .filter(file -> !metainfo.files().get(file).isPad())
                .boxed()
                .toList();
    }

    /** The path below the torrent's root; of a single file its name. */
    static String belowRoot(Metainfo metainfo, int file) {
        List<String> path = metainfo.files().get(file).path();
        return String.join("/", path.size() > 1 ? path.subList(1, path.size()) : path);
    }

    /** One line per file: number, size, path; with tabs between, for programs. */
    static String of(Metainfo metainfo) {
        StringBuilder lines = new StringBuilder();
        List<Integer> numbered = numbered(metainfo);
        for (int i = 0; i < numbered.size(); i++) {
            FileEntry file = metainfo.files().get(numbered.get(i));
            lines.append(i + 1)
                    .append('\t')
                    .append(new ByteCount(file.length()))
                    .append('\t');
            lines.append(belowRoot(metainfo, numbered.get(i))).append('\n');
        }
        return lines.toString();
    }
}
