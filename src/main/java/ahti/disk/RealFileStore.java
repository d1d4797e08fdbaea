package ahti.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The file system of the machine. Stateless but for a buffer per thread; one serves any number of torrents. */
public final class RealFileStore implements FileStore {
    private static final int STAGING = 256 * 1024;

    private static final Set<OpenOption> TO_READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> TO_WRITE = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> TO_REPLACE = Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS);

    private static final Map<PosixFilePermission, PosixFilePermission> EXECUTE_WHERE_READ = Map.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

    private final ThreadLocal<ByteBuffer> staging = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(STAGING));

    @Override
    public OpenFile open(FilePlace place, Access access) throws IOException {
        BasicFileAttributes there = attributes(place);
        if (there == null && access == Access.READ) {
            throw new NoSuchFileException(place.path().toString());
        }
        if (there == null) {
            makeParents(place);
        }
        return new RealFile(Descent.open(place, access == Access.READ ? TO_READ : TO_WRITE), staging);
    }

    @Override
    public Optional<FileState> look(FilePlace place) throws IOException {
        BasicFileAttributes there = attributes(place);
        return there == null ? Optional.empty() : Optional.of(state(place.path(), there));
    }

    /** The state of a file with these attributes. */
    static FileState state(Path file, BasicFileAttributes there) throws IOException {
        Instant modified = there.lastModifiedTime().toInstant();
        boolean isKept = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return isKept && Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS) instanceof FileTime changed
                ? new FileState(there.size(), modified, changed.toInstant())
                : new FileState(there.size(), modified);
    }

    /** Walks down from the base and looks at every step: null when one does not exist, a failure when one is in the way. */
    private static @Nullable BasicFileAttributes attributes(FilePlace place) throws IOException {
        Path at = place.base();
        BasicFileAttributes there = null;
        int steps = place.below().getNameCount();
        for (int i = 0; i < steps; i++) {
            at = at.resolve(place.below().getName(i));
            there = attributes(at);
            if (there == null) {
                return null;
            }
            boolean fits = i < steps - 1 ? there.isDirectory() : there.isRegularFile();
            if (!fits) {
                throw new ObstructedException(at, kind(there));
            }
        }
        return there;
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String kind(BasicFileAttributes there) {
        if (there.isSymbolicLink()) {
            return "a symbolic link";
        }
        return there.isDirectory() ? "a directory" : there.isRegularFile() ? "a file" : "neither file nor directory";
    }

    /** Never makes the base: if that is gone, so is the disk that was mounted there, and what is below it now is not it. */
    private static void makeParents(FilePlace place) throws IOException {
        Path at = place.base();
        for (int i = 0; i < place.below().getNameCount() - 1; i++) {
            at = at.resolve(place.below().getName(i));
            try {
                Files.createDirectory(at);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                    throw new ObstructedException(at, "not a directory");
                }
            }
        }
    }

    @Override
    public void checkWritable(FilePlace place) throws IOException {
        Path nearest = place.base();
        if (attributes(place) != null) {
            nearest = place.path();
        } else {
            for (Path step : place.below()) {
                Path next = nearest.resolve(step);
                if (attributes(next) == null) {
                    break;
                }
                nearest = next;
            }
        }
        boolean locked = Files.isDirectory(nearest) && !Files.isExecutable(nearest);
        if (locked || !Files.isWritable(nearest)) {
            throw new AccessDeniedException(nearest.toString());
        }
    }

    @Override
    public void makeLink(FilePlace place, Path target) {
        try {
            makeParents(place);
            Files.createSymbolicLink(place.path(), target);
        } catch (IOException | UnsupportedOperationException e) {
            // Something is there already, or the file system knows no links; the files themselves are what was
            // promised.
            return;
        }
    }

    @Override
    public boolean deleteLink(FilePlace place) throws IOException {
        Path at = place.base();
        for (int i = 0; i < place.below().getNameCount() - 1; i++) {
            at = at.resolve(place.below().getName(i));
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return Files.isSymbolicLink(place.path()) && Descent.run(place, RealFileStore::deleted);
    }

    @Override
    public boolean delete(FilePlace place) throws IOException {
        return attributes(place) != null && Descent.run(place, RealFileStore::deleted);
    }

    private static boolean deleted(Descent.Named file) throws IOException {
        try {
            file.delete();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void makeExecutable(FilePlace place) {
        try {
            boolean unused = Descent.run(place, RealFileStore::letRun);
        } catch (IOException | UnsupportedOperationException e) {
            // The bytes are what was promised; the file system may not know this attribute.
            return;
        }
    }

    private static boolean letRun(Descent.Named file) throws IOException {
        PosixFileAttributeView view = file.view(PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        Set<PosixFilePermission> wanted = EnumSet.copyOf(view.readAttributes().permissions());
        EXECUTE_WHERE_READ.forEach((read, execute) -> {
            if (wanted.contains(read)) {
                wanted.add(execute);
            }
        });
        view.setPermissions(wanted);
        return true;
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** A mount point is where the number of the device changes. */
    @Override
    public Optional<Path> mountPoint(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        at = at.toRealPath();
        if (!at.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        Object device = Files.getAttribute(at, "unix:dev");
        Path above = at.getParent();
        while (above != null && device.equals(Files.getAttribute(above, "unix:dev"))) {
            at = above;
            above = at.getParent();
        }
        return Optional.of(at);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new ObstructedException(file, "a directory");
        }
        Path fresh = directory.resolve(freshName(file));
        try {
            try (FileChannel channel = FileChannel.open(fresh, TO_REPLACE)) {
                new RealFile(channel, staging).write(0, List.of(ByteBuffer.wrap(content)));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        forceDirectory(directory);
    }

    /** Short whatever the file's own name is, so that it never becomes too long; the same for the same file. */
    private static String freshName(Path file) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.wrap(file.toString().getBytes(StandardCharsets.UTF_8)));
        return ".ahti-" + Long.toHexString(sum.getValue()) + ".new";
    }

    /** Makes a rename last. Not every system can open a directory; where it cannot, there is nothing to force. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public Optional<byte[]> readSmall(Path file, int most) throws IOException {
        BasicFileAttributes there = attributes(file);
        if (there != null && !there.isRegularFile()) {
            // To open a pipe is to wait for whoever writes into it.
            throw new ObstructedException(file, kind(there));
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(most + 1);
            return content.length > most ? Optional.empty() : Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public LockResult lock(Path file, String note) throws IOException {
        return RealLock.take(file, note);
    }
}
