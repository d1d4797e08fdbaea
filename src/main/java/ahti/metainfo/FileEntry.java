package ahti.metainfo;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One file of a torrent.
 *
 * @param path safe names, relative to the download directory; of a multi-file torrent the first is its root directory
 * @param offset where its first byte is, in bytes from the start of the torrent
 * @param length bytes
 * @param attributes of BEP 47
 * @param published its path as the torrent says, which is where web servers have it; its names may be anything, so it is never
 *     a path here
 * @param target of a symbolic link: where it points to, as published, the root directory first; empty of anything else, and of
 *     a link that does not say
 */
public record FileEntry(
        List<String> path,
        long offset,
        long length,
        Set<Attribute> attributes,
        List<String> published,
        List<String> target) {

    /** BEP 47's attributes. */
    public enum Attribute {
        /** Padding: zeros, never written. */
        PAD,
        /** Executable: it is made so when it is written. */
        EXECUTABLE,
        /** Hidden. */
        HIDDEN,
        /** A symbolic link; made when it points to something of the same torrent. */
        SYMLINK
    }

    public FileEntry {
        if (path.isEmpty() || offset < 0 || length < 0 || offset + length < 0) {
            throw new IllegalArgumentException("no such file: " + path + " at " + offset + "+" + length);
        }
        boolean same = path.equals(published);
        path = List.copyOf(path);
        published = same ? path : List.copyOf(published);
        target = List.copyOf(target);
        attributes = ordered(attributes);
    }

    /** A file that is no link. */
    public FileEntry(List<String> path, long offset, long length, Set<Attribute> attributes, List<String> published) {
        this(path, offset, length, attributes, published, List.of());
    }

    /** A file whose names are as they were published. */
    public FileEntry(List<String> path, long offset, long length, Set<Attribute> attributes) {
        this(path, offset, length, attributes, path);
    }

    /** Whether this is padding: part of the pieces, never a file. */
    public boolean isPad() {
        return attributes.contains(Attribute.PAD);
    }

    /** Whether this is a symbolic link: it has no bytes of its own. */
    public boolean isLink() {
        return attributes.contains(Attribute.SYMLINK);
    }

    /** Whether this is a file: neither padding nor a link. */
    public boolean isFile() {
        return !isPad() && !isLink();
    }

    /** The byte after its last, from the start of the torrent. */
    public long end() {
        return offset + length;
    }

    /** A copy that is always walked in the order of the declaration. */
    private static Set<Attribute> ordered(Set<Attribute> attributes) {
        return attributes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(attributes));
    }
}
