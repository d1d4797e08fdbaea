package ahti.disk;

import ahti.core.InfoHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.hash.PieceDigest;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** A torrent whose content is known: files of given lengths, filled from a seed, padding with zeros. */
public record SampleTorrent(Metainfo metainfo, ByteString bytes) {

    /** One file of a sample. */
    public record Part(String path, int length, Set<FileEntry.Attribute> attributes, List<String> target) {
        Part(String path, int length, Set<FileEntry.Attribute> attributes) {
            this(path, length, attributes, List.of());
        }

        public static Part file(String path, int length) {
            return new Part(path, length, Set.of());
        }

        public static Part pad(int length) {
            return new Part(".pad/" + length, length, Set.of(FileEntry.Attribute.PAD));
        }

        public static Part executable(String path, int length) {
            return new Part(path, length, Set.of(FileEntry.Attribute.EXECUTABLE));
        }

        /** To another file or directory of the sample; both paths begin with the root. */
        public static Part link(String path, String target) {
            return new Part(path, 0, Set.of(FileEntry.Attribute.SYMLINK), List.of(target.split("/")));
        }

        private boolean pad() {
            return attributes.contains(FileEntry.Attribute.PAD);
        }
    }

    public static SampleTorrent of(int pieceLength, Part... parts) {
        return of(1, pieceLength, List.of(parts));
    }

    public static SampleTorrent of(long seed, int pieceLength, List<Part> parts) {
        Random random = new Random(seed);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        List<FileEntry> files = new ArrayList<>();
        for (Part part : parts) {
            byte[] bytes = new byte[part.length()];
            if (!part.pad()) {
                random.nextBytes(bytes);
            }
            List<String> path = List.of(part.path().split("/"));
            files.add(new FileEntry(path, content.size(), part.length(), part.attributes(), path, part.target()));
            content.writeBytes(bytes);
        }
        return new SampleTorrent(
                metainfo(pieceLength, content.toByteArray(), files), ByteString.fromArray(content.toByteArray()));
    }

    private static Metainfo metainfo(int pieceLength, byte[] content, List<FileEntry> files) {
        PieceLayout layout = new PieceLayout(content.length, pieceLength);
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            ByteString bytes = ByteString.fromArray(content, (int) layout.offset(piece), layout.length(piece));
            hashes.writeBytes(new PieceDigest().of(List.of(bytes)));
        }
        byte[] infoHash = PieceDigest.newSha1().digest(hashes.toByteArray());
        return new Metainfo(
                Metainfo.Protocol.V1,
                InfoHash.v1(infoHash),
                Optional.empty(),
                "sample",
                layout,
                new PieceHashes(hashes.toByteArray()),
                files,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    public byte[] content() {
        return bytes.toArray();
    }

    public int pieces() {
        return metainfo.layout().pieces();
    }

    /** A piece in blocks that need not be of equal length. */
    List<ByteString> blocks(int piece, Random random) {
        int from = (int) metainfo.layout().offset(piece);
        int end = from + metainfo.layout().length(piece);
        List<ByteString> blocks = new ArrayList<>();
        while (from < end) {
            int length = Math.min(end - from, 1 + random.nextInt(end - from));
            blocks.add(bytes.slice(from, from + length));
            from += length;
        }
        return blocks;
    }

    List<ByteString> blocks(int piece) {
        return List.of(ByteString.fromArray(piece(piece)));
    }

    byte[] piece(int piece) {
        int from = (int) metainfo.layout().offset(piece);
        return bytes.slice(from, from + metainfo.layout().length(piece)).toArray();
    }

    byte[] file(int index) {
        FileEntry file = metainfo.files().get(index);
        return bytes.slice((int) file.offset(), (int) (file.offset() + file.length()))
                .toArray();
    }

    Path path(Path base, int index) {
        return base.resolve(String.join("/", metainfo.files().get(index).path()));
    }

    /** Writes all files as they should be. */
    public void writeTo(Path base) {
        for (int i = 0; i < metainfo.files().size(); i++) {
            if (!metainfo.files().get(i).isPad()) {
                try {
                    Files.createDirectories(path(base, i).getParent());
                    Files.write(path(base, i), file(i));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Between one and thirteen files of every kind of length, some of them padding. */
    static SampleTorrent any(Random random) {
        int pieceLength = 1 << (4 + random.nextInt(8));
        int count = 1 + random.nextInt(13);
        List<Part> parts = new ArrayList<>();
        int total = 0;
        for (int i = 0; i < count; i++) {
            int length = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> 1 + random.nextInt(pieceLength);
                case 2 -> pieceLength * (1 + random.nextInt(4));
                case 3 -> pieceLength - total % pieceLength;
                default -> random.nextInt(pieceLength * 6);
            };
            boolean pad = i > 0 && random.nextInt(4) == 0;
            String directory = random.nextBoolean() ? "sample/" : "sample/below " + random.nextInt(3) + "/";
            parts.add(new Part(directory + "file " + i, length, pad ? Set.of(FileEntry.Attribute.PAD) : Set.of()));
            total += length;
        }
        return of(random.nextLong(), pieceLength, parts);
    }
}
