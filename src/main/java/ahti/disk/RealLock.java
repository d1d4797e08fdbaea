package ahti.disk;

import ahti.disk.FileStore.LockResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock of the operating system, held by this process.
 *
 * <p>POSIX gives a process's lock back as soon as the process closes <em>any</em> descriptor of the file, even one that
 * only read it. So what this process has locked is known process-wide, and a second taker is turned away before the file
 * is opened.
 */
final class RealLock implements Closeable {
    private static final int LONGEST_NOTE = 200;

    /** Real paths and notes of the files that this process has locked, or is trying to. */
    private static final ConcurrentHashMap<Path, String> OURS = new ConcurrentHashMap<>();

    private final Path real;
    private final FileChannel channel;

    private RealLock(Path real, FileChannel channel) {
        this.real = real;
        this.channel = channel;
    }

    /** Locks the file and writes the note into it, unless somebody has it, in this process or another. */
    static LockResult take(Path file, String note) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new ObstructedException(file, "a directory");
        }
        Files.createDirectories(directory);
        Path real = directory.toRealPath().resolve(file.getFileName());
        String ours = OURS.putIfAbsent(real, note);
        if (ours != null) {
            return new LockResult.Busy(ours);
        }
        LockResult result = new LockResult.Busy("");
        try {
            result = takeAlone(real, note);
        } finally {
            if (result instanceof LockResult.Busy) {
                OURS.remove(real);
            }
        }
        return result;
    }

    private static LockResult takeAlone(Path real, String note) throws IOException {
        FileChannel channel = FileChannel.open(
                real,
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        LinkOption.NOFOLLOW_LINKS));
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            if (!locked) {
                return new LockResult.Busy(noteIn(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
            return new LockResult.Locked(new RealLock(real, channel));
        } catch (IOException e) {
            locked = false;
            throw e;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static String noteIn(FileChannel channel) throws IOException {
        ByteBuffer note = ByteBuffer.allocate(LONGEST_NOTE);
        channel.read(note, 0);
        return StandardCharsets.UTF_8.decode(note.flip()).toString();
    }

    /** Gives the lock back. The file stays: taking it away would let two others lock two files of its name. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            OURS.remove(real);
        }
    }
}
