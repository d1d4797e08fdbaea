package ahti.disk;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place for a file below a base directory, and never outside of it: {@code below} has no {@code ..}, no root, and at
 * least one name.
 *
 * @param base the directory that the user named; may itself be reached through symbolic links
 * @param below the way from there; no part of it may be a symbolic link
 */
public record FilePlace(Path base, Path below) {
    public FilePlace {
        if (below.isAbsolute() || !below.equals(below.normalize()) || below.startsWith("..")) {
            throw new IllegalArgumentException("outside of its directory: " + below);
        }
        if (below.toString().isEmpty()) {
            throw new IllegalArgumentException("a file without a name in " + base);
        }
    }

    /**
     * The place that these names lead to.
     *
     * @throws InvalidPathException when this system's character set cannot write one of them
     * @throws IllegalArgumentException when a name is a step upwards, has a separator, or is empty
     */
    public static FilePlace of(Path base, List<String> names) {
        String[] rest = names.subList(1, names.size()).toArray(new String[0]);
        Path below = base.getFileSystem().getPath(names.get(0), rest);
        boolean plain = below.getNameCount() == names.size();
        for (int i = 0; plain && i < names.size(); i++) {
            plain = below.getName(i).toString().equals(names.get(i));
        }
        if (!plain) {
            throw new IllegalArgumentException("not plain names: " + names);
        }
        return new FilePlace(base, below);
    }

    /** The whole path. */
    public Path path() {
        return base.resolve(below);
    }
}
