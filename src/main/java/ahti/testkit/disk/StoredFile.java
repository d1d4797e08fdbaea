package ahti.testkit.disk;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** A file, whatever it is called now: it lives on while it is open, as files do. */
final class StoredFile {
    private final FileImage now;
    private Instant modified;

    StoredFile(FileImage image, Instant modified) {
        this.now = image;
        this.modified = modified;
    }

    /** Its bytes. */
    FileImage now() {
        return now;
    }

    /** When it was changed last. */
    Instant modified() {
        return modified;
    }

    /** Writes the buffers one after the other. Whether every byte is what it should be. */
    boolean write(long offset, List<ByteBuffer> buffers, Instant moment) {
        modified = moment;
        boolean right = true;
        long at = offset;
        for (ByteBuffer buffer : buffers) {
            boolean content = now.wouldBeContent(at, buffer);
            if (content) {
                now.putContent(at, at + buffer.remaining());
            } else {
                now.put(at, buffer);
            }
            right &= content;
            at += buffer.remaining();
        }
        return right;
    }

    void truncate(long length, Instant moment) {
        modified = moment;
        now.truncate(length);
    }

    /** Makes it longer, with zeros that take room. */
    void reserve(long length, Instant moment) {
        modified = moment;
        now.reserve(length);
    }
}
