package ahti.realpeers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is shared: files whose every byte follows from the name, so that nobody needs to be asked what is right.
 *
 * @param name of the torrent: the file, or the folder that the files are in
 * @param pieceLength bytes
 * @param files path below the folder, and size in bytes; a single file has the empty path
 */
record Payload(String name, int pieceLength, Map<String, Integer> files) {

    /** One file. */
    static Payload file(String name, int size, int pieceLength) {
        return new Payload(name, pieceLength, Map.of("", size));
    }

    /** Several files, in the order of the map. */
    static Payload folder(String name, int pieceLength, Map<String, Integer> files) {
        return new Payload(name, pieceLength, new LinkedHashMap<>(files));
    }

    int pieces() {
        return (size() + pieceLength - 1) / pieceLength;
    }

    int size() {
        return files.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The torrent, as BEP 3 wants it. */
    byte[] torrent(List<String> trackers) {
        SortedMap<String, Object> torrent = new TreeMap<>();
        if (!trackers.isEmpty()) {
            torrent.put("announce", trackers.get(0));
            torrent.put("announce-list", trackers.stream().map(List::of).toList());
        }
        torrent.put("info", info());
        return Bencoder.encode(torrent);
    }

    /** SHA-1 of the info dictionary, in hexadecimal. */
    String infoHash() {
        return HexFormat.of().formatHex(digest("SHA-1").digest(Bencoder.encode(info())));
    }

    /** Writes the files below a folder; all bytes of pieces that are not wanted are zero. */
    void write(Path folder, IntPredicate wanted) {
        byte[] content = content();
        for (int piece = 0; piece < pieces(); piece++) {
            if (!wanted.test(piece)) {
                int start = piece * pieceLength;
                Arrays.fill(content, start, Math.min(content.length, start + pieceLength), (byte) 0);
            }
        }
        int offset = 0;
        for (Map.Entry<String, Integer> file : files.entrySet()) {
            Path path = path(folder, file.getKey());
            try {
                Files.createDirectories(path.getParent());
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                    out.write(content, offset, file.getValue());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            offset += file.getValue();
        }
    }

    /** Writes all files below a folder. */
    void write(Path folder) {
        write(folder, piece -> true);
    }

    /** What is wrong with the files below a folder; empty when every byte is right. */
    List<String> faults(Path folder) {
        List<String> faults = new ArrayList<>();
        byte[] content = content();
        int offset = 0;
        for (Map.Entry<String, Integer> file : files.entrySet()) {
            Path path = path(folder, file.getKey());
            byte[] right = digest("SHA-256").digest(Arrays.copyOfRange(content, offset, offset + file.getValue()));
            offset += file.getValue();
            if (!Files.isRegularFile(path)) {
                faults.add("missing: " + path);
            } else if (!Arrays.equals(right, sha256(path))) {
                faults.add("other bytes: " + path);
            }
        }
        return faults;
    }

    /** How many pieces of a single file are right below a folder. */
    int rightPieces(Path folder) {
        byte[] content = content();
        byte[] there = new byte[content.length];
        try {
            byte[] read = Files.readAllBytes(path(folder, ""));
            System.arraycopy(read, 0, there, 0, Math.min(read.length, there.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) IntStream.range(0, pieces())
                .filter(piece -> {
                    int start = piece * pieceLength;
                    int end = Math.min(content.length, start + pieceLength);
                    return Arrays.equals(content, start, end, there, start, end);
                })
                .count();
    }

    private SortedMap<String, Object> info() {
        SortedMap<String, Object> info = new TreeMap<>();
        info.put("name", name);
        info.put("piece length", pieceLength);
        info.put("pieces", pieceHashes());
        Integer single = files.get("");
        if (single != null) {
            info.put("length", single);
        } else {
            List<Object> entries = new ArrayList<>();
            files.forEach((path, length) ->
                    entries.add(new TreeMap<>(Map.of("length", length, "path", List.of(path.split("/"))))));
            info.put("files", entries);
        }
        return info;
    }

    private byte[] pieceHashes() {
        byte[] content = content();
        byte[] hashes = new byte[20 * pieces()];
        MessageDigest sha1 = digest("SHA-1");
        for (int piece = 0; piece < pieces(); piece++) {
            int start = piece * pieceLength;
            sha1.update(content, start, Math.min(pieceLength, content.length - start));
            System.arraycopy(sha1.digest(), 0, hashes, 20 * piece, 20);
        }
        return hashes;
    }

    /** Every byte, file after file. */
    byte[] content() {
        byte[] content = new byte[size()];
        new Random(name.hashCode()).nextBytes(content);
        return content;
    }

    private Path path(Path folder, String file) {
        return file.isEmpty() ? folder.resolve(name) : folder.resolve(name).resolve(file);
    }

    private static byte[] sha256(Path path) {
        try {
            return digest("SHA-256").digest(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
