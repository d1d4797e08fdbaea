package ahti.testkit.disk;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A file, whatever it is called now: it lives on while it is open, as files do.
 *
 * <p>There are two of it: as everybody sees it, and as it is on the device. Between them are the changes that were not
 * forced, in their order. When there are too many, the oldest goes to the device by itself, as systems do it.
 */
final class StoredFile {
    private static final int MOST_UNFORCED = 4096;

    private final ArrayDeque<Change> unforced = new ArrayDeque<>();
    private final FileImage onDevice;
    private FileImage now;
    private Instant modified;
    private Instant modifiedOnDevice;
    /** Changes that are on the device; with {@link #unforced}, all there ever were. */
    private long forced;

    StoredFile(FileImage image, Instant modified) {
        this.now = image;
        this.onDevice = image.copy();
        this.modified = modified;
        this.modifiedOnDevice = modified;
    }

    /** Its bytes as everybody sees them. */
    FileImage now() {
        return now;
    }

    /** Its bytes as they are on the device. */
    FileImage onDevice() {
        return onDevice;
    }

    /** When it was changed last. */
    Instant modified() {
        return modified;
    }

    /** Writes the buffers one after the other. Whether every byte is what it should be. */
    boolean write(long offset, List<ByteBuffer> buffers, Instant moment) {
        boolean right = true;
        long end = offset;
        for (ByteBuffer buffer : buffers) {
            right = right && now.wouldBeContent(end, buffer);
            end += buffer.remaining();
        }
        change(right ? new Change.Content(offset, end) : new Change.Bytes(offset, copy(buffers, end - offset)), moment);
        return right;
    }

    private static ByteBuffer copy(List<ByteBuffer> buffers, long length) {
        ByteBuffer copy = ByteBuffer.allocate((int) length);
        buffers.forEach(buffer -> copy.put(buffer.duplicate()));
        return copy.flip();
    }

    void truncate(long length, Instant moment) {
        change(new Change.Cut(length), moment);
    }

    /** Makes it longer, with zeros that take room. */
    void reserve(long length, Instant moment) {
        if (length > now.length()) {
            change(new Change.Reserve(now.length(), length), moment);
        }
    }

    private void change(Change change, Instant moment) {
        modified = moment;
        change.applyTo(now);
        unforced.add(change);
        if (unforced.size() > MOST_UNFORCED) {
            forceOldest();
        }
    }

    /** How many changes there were. */
    long changes() {
        return forced + unforced.size();
    }

    /** Brings the first so many changes to the device. */
    void force(long changes) {
        while (forced < changes) {
            forceOldest();
        }
        modifiedOnDevice = modified;
    }

    private void forceOldest() {
        unforced.remove().applyTo(onDevice);
        forced++;
    }

    /** The power is gone: of each change that was not forced something may be on the device, in any order. */
    void crash(Random random) {
        List<Change> changes = new ArrayList<>(unforced);
        Collections.shuffle(changes, random);
        for (Change change : changes) {
            change.applyRemainsTo(onDevice, random);
        }
        if (!changes.isEmpty() && random.nextBoolean()) {
            modifiedOnDevice = modified;
        }
        forced += changes.size();
        unforced.clear();
        now = onDevice.copy();
        modified = modifiedOnDevice;
    }
}
