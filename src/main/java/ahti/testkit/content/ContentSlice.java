package ahti.testkit.content;

import java.nio.ByteBuffer;

/**
 * What one file should have: a run of a torrent's content.
 *
 * @param offset where the file's first byte is, from the torrent's first
 * @param length bytes of the file
 */
public record ContentSlice(Content content, long offset, long length) {
    public ContentSlice {
        if (offset < 0 || length < 0 || offset + length > content.length()) {
            throw new IllegalArgumentException("no such slice: " + offset + "+" + length + " of " + content.length());
        }
    }

    /** Fills the buffer from the file's byte {@code at} on; all of it must lie inside the file. */
    public void read(long at, ByteBuffer into) {
        content.read(offset + at, into);
    }

    /** Whether the bytes are the file's from {@code at} on; those behind its end never are. The buffer stays as it is. */
    public boolean matches(long at, ByteBuffer bytes) {
        return at + bytes.remaining() <= length && content.matches(offset + at, bytes);
    }
}
