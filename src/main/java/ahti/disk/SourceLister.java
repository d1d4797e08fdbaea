package ahti.disk;

import ahti.core.Limits;
import ahti.core.Text;
import ahti.disk.SourceTree.Skipped;
import ahti.disk.SourceTree.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the files below a path, in an order that depends on nothing but their names. */
final class SourceLister {
    private static final int LONGEST_NAME_SHOWN = 200;

    /** Name by name, by their bytes: a directory's files stand together. */
    private static final Comparator<SourceFile> BY_BYTES = (a, b) -> {
        int common = Math.min(a.names().size(), b.names().size());
        for (int i = 0; i < common; i++) {
            int order = Arrays.compareUnsigned(
                    utf8(a.names().get(i)), utf8(b.names().get(i)));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.names().size(), b.names().size());
    };

    private SourceLister() {}

    static SourceTree.Listing list(Path path, Limits limits) {
        try {
            Path real = path.toRealPath();
            Path named = path.toAbsolutePath().normalize();
            Path last = named.getFileName();
            if (last == null) {
                return new SourceTree.Refused(path + " has no name that a torrent could have");
            }
            if (!isText(last)) {
                return unwritable(named);
            }
            String name = last.toString();
            BasicFileAttributes there = Files.readAttributes(real, BasicFileAttributes.class);
            if (there.isRegularFile()) {
                return single(real, name, there);
            }
            return there.isDirectory()
                    ? directory(real, name, limits)
                    : new SourceTree.Refused(path + " is neither a file nor a directory");
        } catch (NoSuchFileException e) {
            return new SourceTree.NotFound(path);
        } catch (IOException e) {
            return new SourceTree.Unreadable(Diagnosis.of(path, e));
        }
    }

    private static SourceTree.Listing single(Path real, String name, BasicFileAttributes there) {
        Path directory = real.getParent();
        if (directory == null) {
            return new SourceTree.Refused(real + " is no file");
        }
        FilePlace place = new FilePlace(directory, real.getFileName());
        SourceFile file = new SourceFile(place, List.of(name), state(there), isExecutable(real));
        return new SourceTree.Listed(new SourceTree(name, true, List.of(file), List.of()));
    }

    private static SourceTree.Listing directory(Path root, String name, Limits limits) throws IOException {
        Visitor visitor = new Visitor(root, limits);
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), limits.pathDepth(), visitor);
        if (visitor.outcome != null) {
            return visitor.outcome;
        }
        if (visitor.files.isEmpty()) {
            return new SourceTree.Refused("there is no file in " + root + ": nothing to share");
        }
        visitor.files.sort(BY_BYTES);
        return new SourceTree.Listed(new SourceTree(name, false, visitor.files, visitor.skipped));
    }

    private static SourceTree.Refused unwritable(Path path) {
        return new SourceTree.Refused(
                "the name of " + Text.clean(path.toString(), LONGEST_NAME_SHOWN)
                        + " is not text in this system's character set, and a torrent needs text; rename it, or use a UTF-8 locale");
    }

    /** Whether a name survives being read as text: of other names, the bytes are lost. */
    private static boolean isText(Path name) {
        String text = name.toString();
        return text.indexOf('\uFFFD') < 0 && name.getFileSystem().getPath(text).equals(name);
    }

    private static FileState state(BasicFileAttributes there) {
        return new FileState(there.size(), there.lastModifiedTime().toInstant());
    }

    /** Whether its owner may run it; false where the file system knows no such thing. */
    private static boolean isExecutable(Path path) {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** Collects files until something is wrong. */
    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Limits limits;
        /** The names of the directories that we are in, each of which all files below share. */
        private final Deque<String> above = new ArrayDeque<>();

        private final List<SourceFile> files = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private SourceTree.@Nullable Listing outcome;

        Visitor(Path root, Limits limits) {
            this.root = root;
            this.limits = limits;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes there) {
            if (directory.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (!isText(directory.getFileName())) {
                return end(unwritable(directory));
            }
            above.addLast(directory.getFileName().toString());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
            above.pollLast();
            return super.postVisitDirectory(directory, problem);
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes there) {
            if (there.isDirectory()) {
                return end(new SourceTree.Refused("more than " + limits.pathDepth() + " directories deep: " + path));
            }
            if (!there.isRegularFile()) {
                skipped.add(new Skipped(path, there.isSymbolicLink() ? "a symbolic link" : "a special file"));
                return FileVisitResult.CONTINUE;
            }
            if (!isText(path.getFileName())) {
                return end(unwritable(path));
            }
            if (files.size() == limits.files()) {
                return end(new SourceTree.Refused("more than " + limits.files() + " files in " + root));
            }
            above.addLast(path.getFileName().toString());
            List<String> names = List.copyOf(above);
            above.removeLast();
            files.add(new SourceFile(
                    new FilePlace(root, root.relativize(path)), names, state(there), isExecutable(path)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            return end(new SourceTree.Unreadable(Diagnosis.of(path, e)));
        }

        private FileVisitResult end(SourceTree.Listing why) {
            outcome = why;
            return FileVisitResult.TERMINATE;
        }
    }
}
