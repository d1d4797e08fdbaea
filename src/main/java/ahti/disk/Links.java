package ahti.disk;

import ahti.metainfo.FileEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the symbolic links of a torrent point to (BEP 47). A link leads to a file or directory of the same torrent, by the name
 * that it has here; what points anywhere else is no link of ours.
 */
final class Links {
    /**
     * Files and their directories: the path as published, and the path here. In order: a torrent chooses the hashes of its
     * paths, and could make them all the same.
     */
    private final Map<List<String>, List<String>> places = new TreeMap<>(Links::compare);

    private final List<FileEntry> files;

    /** Of a torrent with these files. */
    Links(List<FileEntry> files) {
        this.files = files;
        if (files.stream().anyMatch(FileEntry::isLink)) {
            files.stream().filter(FileEntry::isFile).forEach(this::remember);
        }
    }

    private void remember(FileEntry file) {
        // Names are changed one by one, so a directory is as deep here as it was published.
        for (int depth = Math.min(file.path().size(), file.published().size()); depth > 0; depth--) {
            List<String> published = file.published().subList(0, depth);
            if (places.putIfAbsent(published, file.path().subList(0, depth)) != null) {
                return;
            }
        }
    }

    /** Where that link points to, from its own directory; empty when it is no link, or leads out of the torrent. */
    Optional<Path> target(int file, Path base) {
        FileEntry link = files.get(file);
        return link.isLink()
                ? Optional.ofNullable(places.get(link.target())).map(names -> relative(base, link.path(), names))
                : Optional.empty();
    }

    private static int compare(List<String> one, List<String> other) {
        int common = Math.min(one.size(), other.size());
        for (int i = 0; i < common; i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return one.size() - other.size();
    }

    private static Path relative(Path base, List<String> link, List<String> target) {
        Path from = FilePlace.of(base, link).below();
        Path directory = from.getParent();
        Path to = FilePlace.of(base, target).below();
        return directory == null ? to : directory.relativize(to);
    }
}
