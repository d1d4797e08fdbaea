package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.core.Limits;
import ahti.metainfo.FileEntry.Attribute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the files of a v2 {@code file tree} (BEP 52), in its order, without recursion.
 *
 * <pre>
 *   { dir: { name: { "": { length: 5, pieces root: 32 bytes } } } }
 * </pre>
 */
final class FileTree {
    private static final int ROOT_LENGTH = 32;
    /** More than any tree of so many files has on average. */
    private static final int NAMES_PER_FILE = 10;
    /** So many times the largest .torrent file: paths of real trees are shorter than that together. */
    private static final int BYTES_PER_BYTE = 4;

    private final Section info;
    private final Limits limits;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<BencodeBytes> path = new ArrayList<>();
    private int files;
    /** Names in the paths of all files so far: a deep tree repeats them in every path, which its bytes do not. */
    private long names;
    /** Bytes of these names, counted in every path likewise. */
    private long nameBytes;

    /** A directory being walked. */
    private static final class Level {
        final Iterator<BencodeDict.Entry> entries;

        @Nullable
        BencodeBytes latest;

        Level(BencodeDict dict) {
            this.entries = dict.iterator();
        }
    }

    /** One file: names as the torrent gives them, bytes, attributes. */
    record File(List<BencodeBytes> path, long length, Set<Attribute> attributes) {}

    FileTree(Section info, Limits limits) throws BadMetainfo {
        this.info = info;
        this.limits = limits;
        levels.push(new Level(info.section("file tree").dict()));
    }

    /** The next file; empty after the last. */
    Optional<File> next() throws BadMetainfo {
        while (!levels.isEmpty()) {
            Level level = levels.element();
            if (!level.entries.hasNext()) {
                leave();
                continue;
            }
            BencodeDict.Entry entry = level.entries.next();
            if (level.latest != null && level.latest.compareTo(entry.key()) > 0) {
                throw bad("is not sorted", entry);
            }
            level.latest = entry.key();
            if (!(entry.value() instanceof BencodeDict dict)) {
                throw bad("holds " + entry.value().kind() + " where a dictionary belongs", entry);
            }
            if (entry.key().size() == 0) {
                return Optional.of(file(level, entry, dict));
            }
            enter(entry, dict);
        }
        return Optional.empty();
    }

    private void enter(BencodeDict.Entry entry, BencodeDict dict) throws BadMetainfo {
        if (path.size() == limits.pathDepth()) {
            throw bad("is deeper than " + limits.pathDepth() + " names", entry);
        }
        if (entry.key().size() > Names.MOST_BYTES) {
            throw bad("holds a name of " + entry.key().size() + " bytes", entry);
        }
        path.add(entry.key());
        levels.push(new Level(dict));
    }

    private void leave() {
        levels.pop();
        if (!path.isEmpty()) {
            path.remove(path.size() - 1);
        }
    }

    private File file(Level level, BencodeDict.Entry entry, BencodeDict dict) throws BadMetainfo {
        if (path.isEmpty()) {
            throw bad("is itself a file", entry);
        }
        if (level.entries.hasNext()) {
            throw bad("holds a file that is also a directory", entry);
        }
        if (++files > limits.files()) {
            throw bad("holds more than " + limits.files() + " files", entry);
        }
        names += path.size();
        if (names > (long) NAMES_PER_FILE * limits.files()) {
            throw bad("holds paths of more than " + (long) NAMES_PER_FILE * limits.files() + " names", entry);
        }
        for (BencodeBytes name : path) {
            nameBytes += name.size();
        }
        if (nameBytes > (long) BYTES_PER_BYTE * limits.torrentFileBytes()) {
            throw bad(
                    "holds paths of more than " + (long) BYTES_PER_BYTE * limits.torrentFileBytes() + " bytes", entry);
        }
        Set<Attribute> attributes = Attributes.of(dict);
        long length = dict.integer("length").orElse(attributes.contains(Attribute.SYMLINK) ? 0 : -1);
        if (length < 0) {
            throw bad("holds a file without a length", entry);
        }
        if (length > 0 && dict.string("pieces root").stream().noneMatch(root -> root.size() == ROOT_LENGTH)) {
            throw bad("holds a file without a pieces root of 32 bytes", entry);
        }
        return new File(List.copyOf(path), length, attributes);
    }

    private BadMetainfo bad(String what, BencodeDict.Entry entry) {
        return new BadMetainfo(
                "info.file tree " + what + ", at byte " + entry.key().position());
    }

    /** Whether it holds one file and no directory, and the file is called as the torrent. */
    boolean isSingle(BencodeBytes name) {
        Iterator<BencodeDict.Entry> entries =
                info.dict().dict("file tree").orElseThrow().iterator();
        if (!entries.hasNext()) {
            return false;
        }
        BencodeDict.Entry first = entries.next();
        return !entries.hasNext()
                && first.key().compareTo(name) == 0
                && first.value() instanceof BencodeDict dict
                && dict.has("");
    }
}
