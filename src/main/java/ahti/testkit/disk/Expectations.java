package ahti.testkit.disk;

import ahti.core.Hex;
import ahti.metainfo.FileEntry;
import ahti.testkit.content.ContentSlice;
import ahti.testkit.content.SimulatedTorrent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which content a file should have, by its path. */
final class Expectations {
    private static final int MARK = 4;

    private final Map<Path, ContentSlice> files = new TreeMap<>();
    private final Set<PartFile> partFiles = new LinkedHashSet<>();

    /** The hidden file with what a torrent's pieces hold of files that were not selected; known by the end of its name. */
    private record PartFile(Path directory, String nameEnd, ContentSlice whole) {}

    void add(SimulatedTorrent torrent, Path directory) {
        List<FileEntry> entries = torrent.metainfo().files();
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).isPad()) {
                files.put(path(entries.get(i), directory), torrent.file(i));
            }
        }
        String mark = Hex.of(Arrays.copyOf(torrent.metainfo().infoHash().wireBytes(), MARK));
        ContentSlice whole =
                new ContentSlice(torrent.content(), 0, torrent.content().length());
        partFiles.add(new PartFile(directory, "." + mark + ".ahti-part", whole));
    }

    Optional<ContentSlice> of(Path path) {
        ContentSlice file = files.get(path);
        return file != null ? Optional.of(file) : partFile(path);
    }

    private Optional<ContentSlice> partFile(Path path) {
        return partFiles.stream()
                .filter(part -> part.directory().equals(path.getParent())
                        && path.getFileName().toString().endsWith(part.nameEnd()))
                .map(PartFile::whole)
                .findFirst();
    }

    static Path path(FileEntry file, Path directory) {
        Path path = directory;
        for (String name : file.path()) {
            path = path.resolve(name);
        }
        return path;
    }
}
