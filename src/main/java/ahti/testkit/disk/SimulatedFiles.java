package ahti.testkit.disk;

import ahti.disk.FilePlace;
import ahti.disk.FileState;
import ahti.disk.FileStore;
import ahti.disk.ObstructedException;
import ahti.testkit.disk.Operation.Kind;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file store of a {@link SimulatedDisk}: every operation in its turn at the {@link Device}. */
final class SimulatedFiles implements FileStore {
    private final VirtualTime time;
    private final Random random;
    private final Device device;
    private final Mount mount = new Mount();
    private final FileTree tree = new FileTree();
    private final Expectations expectations = new Expectations();
    private final Locks locks = new Locks();
    private final Set<Handle> handles = new LinkedHashSet<>();
    private final List<WriteObserver> observers = new ArrayList<>();

    SimulatedFiles(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
        this.device = new Device(time, this::losePower);
    }

    Device device() {
        return device;
    }

    Mount mount() {
        return mount;
    }

    FileTree tree() {
        return tree;
    }

    Expectations expectations() {
        return expectations;
    }

    List<Path> locked() {
        return locks.held();
    }

    List<String> openFiles() {
        return handles.stream().map(Handle::toString).toList();
    }

    void observe(WriteObserver observer) {
        observers.add(observer);
    }

    /** Bytes that all files take. */
    long used() {
        return tree.files().values().stream()
                .mapToLong(file -> file.now().room())
                .sum();
    }

    /** Bytes that can still be written. */
    long room() {
        return mount.isLimited() ? mount.room(used()) : Mount.NO_LIMIT;
    }

    /** Now, by the clock of the file system. */
    Instant moment() {
        return SimulatedDisk.BEGINNING.plusNanos(time.nanos());
    }

    /** The bytes of an empty file that is called so. */
    FileImage emptyImage(Path path) {
        return new FileImage(expectations.of(path));
    }

    /** A file that is called so, and is not in the tree yet. */
    StoredFile newFile(Path path) {
        return new StoredFile(emptyImage(path), moment());
    }

    /** Nothing is open or locked any more: its owner is dead. */
    void forgetOwner() {
        handles.clear();
        locks.clear();
    }

    private void losePower() {
        forgetOwner();
        tree.crash(random);
    }

    /** Brings what was changed first, up to that many changes, to the device. */
    void force(Path path, StoredFile file, long changes) {
        file.force(changes);
        tree.force(path, file);
    }

    void closed(Handle handle) {
        handles.remove(handle);
    }

    void written(Path path, long offset, int length, boolean matchesContent) {
        observers.forEach(observer -> observer.onWrite(path, offset, length, matchesContent));
    }

    void notForced(Path path) {
        observers.forEach(observer -> observer.onForceFailed(path));
    }

    /** Makes one bit wrong of what was put into the buffer from that position on. */
    void flipABit(ByteBuffer filled, int from) {
        int at = from + random.nextInt(filled.position() - from);
        filled.put(at, (byte) (filled.get(at) ^ (1 << random.nextInt(Byte.SIZE))));
    }

    @Override
    public OpenFile open(FilePlace relative, Access access) throws IOException {
        FilePlace place = normal(relative);
        return device.perform(Kind.OPEN, place.path(), 0, 0, turn -> {
            turn.pass();
            StoredFile file = find(place);
            if (file == null) {
                file = create(place, access);
            } else if (access == Access.WRITE) {
                mount.checkNotReadOnly(place.path());
            }
            Handle handle = new Handle(this, device, place.path(), file, access == Access.WRITE);
            handles.add(handle);
            return handle;
        });
    }

    private StoredFile create(FilePlace place, Access access) throws IOException {
        if (access == Access.READ || mount.isUnplugged(place.path())) {
            throw new NoSuchFileException(place.path().toString());
        }
        mount.checkNotReadOnly(place.path());
        StoredFile file = newFile(place.path());
        tree.create(place, file);
        return file;
    }

    @Override
    public Optional<FileState> look(FilePlace relative) throws IOException {
        FilePlace place = normal(relative);
        return device.perform(Kind.LOOK, place.path(), 0, 0, turn -> {
            turn.pass();
            return Optional.ofNullable(find(place)).map(SimulatedFiles::state);
        });
    }

    @Override
    public void checkWritable(FilePlace relative) throws IOException {
        FilePlace place = normal(relative);
        device.perform(Kind.CHECK_WRITABLE, place.path(), 0, 0, turn -> {
            turn.pass();
            find(place);
            if (mount.isReadOnly() || mount.isUnplugged(place.path()) || !tree.isDirectory(place.base())) {
                throw new AccessDeniedException(place.path().toString());
            }
            return place;
        });
    }

    @Override
    public void makeDirectory(Path relative) throws IOException {
        Path directory = normal(relative);
        device.perform(Kind.MAKE_DIRECTORY, directory, 0, 0, turn -> {
            turn.pass();
            makeDirectories(directory);
            return directory;
        });
    }

    /** Where something is unplugged, an empty place is left that belongs to somebody else. */
    private void makeDirectories(Path directory) throws IOException {
        if (mount.isUnplugged(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
        if (!tree.isDirectory(directory)) {
            mount.checkNotReadOnly(directory);
            tree.makeDirectories(directory);
        }
    }

    @Override
    public long usableSpace(Path relative) throws IOException {
        Path directory = normal(relative);
        return device.perform(Kind.USABLE_SPACE, directory, 0, 0, turn -> {
            turn.pass();
            if (mount.isUnplugged(directory) || (!tree.isDirectory(directory) && tree.file(directory) == null)) {
                throw new NoSuchFileException(directory.toString());
            }
            return room();
        });
    }

    @Override
    public void delete(Path relative) throws IOException {
        Path file = normal(relative);
        device.perform(Kind.DELETE, file, 0, 0, turn -> {
            turn.pass();
            if (!mount.isUnplugged(file) && (tree.file(file) != null || tree.isDirectory(file))) {
                mount.checkNotReadOnly(file);
                tree.delete(file);
            }
            return file;
        });
    }

    @Override
    public void replace(Path relative, byte[] content) throws IOException {
        Path file = normal(relative);
        device.perform(Kind.REPLACE, file, 0, content.length, turn -> {
            turn.pass();
            if (mount.isUnplugged(file)) {
                throw new NoSuchFileException(file.toString());
            }
            mount.checkNotReadOnly(file);
            if (room() < content.length) {
                throw Mount.full(file);
            }
            StoredFile fresh = newFile(file);
            boolean right = fresh.write(0, List.of(ByteBuffer.wrap(content)), moment());
            fresh.force(fresh.changes());
            tree.put(file, fresh);
            tree.forceDirectoryOf(file);
            if (content.length > 0) {
                written(file, 0, content.length, right);
            }
            return file;
        });
    }

    @Override
    public Optional<byte[]> readSmall(Path relative, int most) throws IOException {
        Path path = normal(relative);
        StoredFile there = tree.file(path);
        long length = there == null ? 0 : Math.min(most + 1L, there.now().length());
        return device.perform(Kind.READ_SMALL, path, 0, length, turn -> {
            turn.pass();
            if (tree.isDirectory(path)) {
                throw new IOException("Is a directory");
            }
            StoredFile file = mount.isUnplugged(path) ? null : tree.file(path);
            if (file == null || file.now().length() > most) {
                return Optional.empty();
            }
            byte[] bytes = file.now().bytes();
            if (turn.flips() && bytes.length > 0) {
                flipABit(ByteBuffer.wrap(bytes).position(bytes.length), 0);
            }
            return Optional.of(bytes);
        });
    }

    /** Takes no time, whatever the speed: engines lock where they must not wait. */
    @Override
    public LockResult lock(Path relative, String note) throws IOException {
        Path file = normal(relative);
        return device.perform(Kind.LOCK, file, 0, 0, turn -> {
            turn.pass();
            if (locks.isHeld(file)) {
                return locks.take(file, note);
            }
            Path directory = file.getParent();
            if (directory == null) {
                throw new ObstructedException(file, "a directory");
            }
            makeDirectories(directory);
            mount.checkNotReadOnly(file);
            StoredFile stored = newFile(file);
            tree.put(file, stored);
            stored.write(0, List.of(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8))), moment());
            return locks.take(file, note);
        });
    }

    void unmount(Path directory) {
        mount.unmount(directory, tree);
    }

    void remount(Path directory) {
        mount.remount(directory, tree);
    }

    @Override
    public Optional<Path> mountPoint(Path path) {
        return Optional.of(mount.pointOf(normal(path)));
    }

    private @Nullable StoredFile find(FilePlace place) throws IOException {
        return mount.isUnplugged(place.path()) ? null : tree.find(place).orElse(null);
    }

    static FileState state(StoredFile file) {
        return new FileState(file.now().length(), file.modified());
    }

    static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static FilePlace normal(FilePlace place) {
        return new FilePlace(normal(place.base()), place.below());
    }
}
