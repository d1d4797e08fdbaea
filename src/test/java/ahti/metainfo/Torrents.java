package ahti.metainfo;

import ahti.bencode.Bencoded;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import ahti.core.PieceHashes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Torrents to read, built by hand. */
final class Torrents {
    private Torrents() {}

    /** An info dictionary of one file of 50,000 bytes in pieces of 16 KiB. */
    static DictBuilder singleInfo() {
        return new DictBuilder()
                .put("name", "solo.bin")
                .put("piece length", 16_384)
                .put("length", 50_000)
                .put("pieces", new byte[4 * 20]);
    }

    /** An info dictionary of these files, in pieces of 16 KiB. */
    static DictBuilder info(long totalLength, Bencoded... files) {
        ListBuilder list = new ListBuilder();
        Arrays.asList(files).forEach(list::add);
        return new DictBuilder()
                .put("name", "t")
                .put("piece length", 16_384)
                .put("pieces", new byte[(int) ((totalLength + 16_383) / 16_384 * 20)])
                .put("files", list);
    }

    static DictBuilder file(long length, String... path) {
        return new DictBuilder().put("length", length).put("path", new ListBuilder().addAll(List.of(path)));
    }

    static ReadResult read(DictBuilder torrent) {
        return MetainfoReader.read(torrent.encode(), Limits.DEFAULT);
    }

    static ReadResult readInfo(DictBuilder info) {
        return read(new DictBuilder().put("info", info));
    }

    /** What a torrent that is all right says. */
    static Metainfo ok(ReadResult result) {
        if (result instanceof ReadResult.Ok ok) {
            return ok.metainfo();
        }
        throw new AssertionError(result);
    }

    static byte[] pieces(byte[] content, int pieceLength) {
        java.io.ByteArrayOutputStream hashes = new java.io.ByteArrayOutputStream();
        for (int from = 0; from < content.length; from += pieceLength) {
            hashes.writeBytes(
                    sha("SHA-1", Arrays.copyOfRange(content, from, Math.min(content.length, from + pieceLength))));
        }
        return hashes.toByteArray();
    }

    static byte[] sha(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A creation with nothing optional. */
    static TorrentCreation creation(String name, TorrentCreation.Content content, int pieceLength, byte[] pieces) {
        return new TorrentCreation(
                name,
                content,
                pieceLength,
                new PieceHashes(pieces),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
