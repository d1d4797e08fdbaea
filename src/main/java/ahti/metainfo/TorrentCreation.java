package ahti.metainfo;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a new v1 torrent shall say; {@link #encode} gives the bytes of its .torrent file. The same values give the same
 * bytes.
 *
 * @param name of the one file, or of the root directory
 * @param content what is shared
 * @param pieceLength bytes of every piece but the last
 * @param hashes of the pieces, over the files in the order of {@code content}
 * @param trackers announce URLs in tiers (BEP 12); may be empty
 * @param webSeeds URLs of BEP 19
 * @param isPrivate peers may come from its trackers only (BEP 27)
 * @param comment free text
 * @param source which site it is for; changes the info hash
 * @param createdBy the program that makes it
 * @param createdAt when; leave it out for the same bytes every day
 */
public record TorrentCreation(
        String name,
        Content content,
        int pieceLength,
        PieceHashes hashes,
        List<List<String>> trackers,
        List<String> webSeeds,
        boolean isPrivate,
        Optional<String> comment,
        Optional<String> source,
        Optional<String> createdBy,
        Optional<Instant> createdAt) {

    /** What a torrent shares. */
    public sealed interface Content {
        /** Bytes of all files. */
        long length();
    }

    /** One file, called as the torrent; {@code attributes}: see {@link SourceFile}. */
    public record SingleFile(long length, Set<FileEntry.Attribute> attributes) implements Content {
        public SingleFile {
            attributes = Set.copyOf(attributes);
        }

        /** Without attributes. */
        public SingleFile(long length) {
            this(length, Set.of());
        }
    }

    /** Files below a directory that is called as the torrent, in the order in which they were hashed. */
    public record Directory(List<SourceFile> files) implements Content {
        public Directory {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("a directory without files makes no torrent");
            }
        }

        @Override
        public long length() {
            return files.stream().mapToLong(SourceFile::length).reduce(0, Math::addExact);
        }
    }

    /**
     * One file of a directory.
     *
     * @param path names below the root directory
     * @param length bytes
     * @param attributes what the torrent says of it (BEP 47)
     */
    public record SourceFile(List<String> path, long length, Set<FileEntry.Attribute> attributes) {

        /** The order that gives the same torrent on every machine: name by name, by the bytes of their UTF-8. */
        public static final Comparator<SourceFile> BY_PATH = (one, other) -> comparePaths(one.path(), other.path());

        public SourceFile {
            path = List.copyOf(path);
            attributes = Set.copyOf(attributes);
            if (path.isEmpty() || path.stream().anyMatch(String::isEmpty) || length < 0) {
                throw new IllegalArgumentException("no such file: " + path + " of " + length + " bytes");
            }
        }

        /** Without attributes. */
        public SourceFile(List<String> path, long length) {
            this(path, length, Set.of());
        }

        /** So many zeros between two files (BEP 47). */
        public static SourceFile padding(long length) {
            return new SourceFile(List.of(".pad", Long.toString(length)), length, Set.of(FileEntry.Attribute.PAD));
        }

        private static int comparePaths(List<String> one, List<String> other) {
            for (int i = 0; i < one.size() && i < other.size(); i++) {
                int order = Arrays.compareUnsigned(utf8(one.get(i)), utf8(other.get(i)));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(one.size(), other.size());
        }

        private static byte[] utf8(String name) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
    }

    public TorrentCreation {
        PieceLayout layout = new PieceLayout(content.length(), pieceLength);
        if (name.isEmpty() || hashes.size() != layout.pieces()) {
            throw new IllegalArgumentException(
                    hashes + " for " + layout.pieces() + " pieces of a torrent called '" + name + "'");
        }
        trackers = trackers.stream()
                .filter(tier -> !tier.isEmpty())
                .map(List::copyOf)
                .toList();
        webSeeds = List.copyOf(webSeeds);
    }

    /** The bytes of the .torrent file. */
    public byte[] encode() {
        DictBuilder torrent = new DictBuilder().put("info", info());
        TrackerEdit.put(torrent, trackers);
        if (webSeeds.size() == 1) {
            torrent.put("url-list", webSeeds.get(0));
        } else if (!webSeeds.isEmpty()) {
            torrent.put("url-list", new ListBuilder().addAll(webSeeds));
        }
        comment.ifPresent(text -> torrent.put("comment", text));
        createdBy.ifPresent(text -> torrent.put("created by", text));
        createdAt.ifPresent(time -> torrent.put("creation date", time.getEpochSecond()));
        return torrent.encode();
    }

    private static DictBuilder entry(SourceFile file) {
        DictBuilder entry =
                new DictBuilder().put("length", file.length()).put("path", new ListBuilder().addAll(file.path()));
        Attributes.put(entry, file.attributes());
        return entry;
    }

    private DictBuilder info() {
        DictBuilder info = new DictBuilder()
                .put("name", name)
                .put("piece length", pieceLength)
                .put("pieces", hashes.toBytes());
        if (content instanceof SingleFile file) {
            info.put("length", file.length());
            Attributes.put(info, file.attributes());
        } else if (content instanceof Directory directory) {
            info.put("files", new ListBuilder().addEach(directory.files(), TorrentCreation::entry));
        }
        if (isPrivate) {
            info.put("private", 1);
        }
        source.ifPresent(text -> info.put("source", text));
        return info;
    }
}
