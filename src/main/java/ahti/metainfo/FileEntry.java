package ahti.metainfo;

import java.util.List;
import java.util.Set;

/**
 * One file of a torrent.
 *
 * @param path safe names, relative to the download directory; of a multi-file torrent the first is its root directory
 * @param offset where its first byte is, in bytes from the start of the torrent
 * @param length bytes
 * @param attributes of BEP 47
 */
public record FileEntry(List<String> path, long offset, long length, Set<Attribute> attributes) {

    /** BEP 47's attributes. */
    public enum Attribute {
        /** Padding: zeros, never written. */
        PAD,
        /** Executable. */
        EXECUTABLE,
        /** Hidden. */
        HIDDEN,
        /** A symbolic link. */
        SYMLINK
    }

    /** Whether this is padding: part of the pieces, never a file. */
    public boolean isPad() {
        return attributes.contains(Attribute.PAD);
    }
}
