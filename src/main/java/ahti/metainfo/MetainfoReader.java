package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.BencodeValue;
import ahti.core.InfoBytes;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.core.PieceHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.metainfo.Metainfo.Protocol;
import java.util.Optional;

/**
 * Reads .torrent files (BEP 3, 12, 19, 27, 47; the v1 part of BEP 52's hybrids).
 *
 * <p>Whatever the bytes are, the answer is a {@link ReadResult}. The info dictionary decides what is shared, so what is
 * wrong inside refuses the torrent; what is wrong around it is left out.
 */
public final class MetainfoReader {
    private MetainfoReader() {}

    /**
     * Reads a whole file.
     *
     * @param file its bytes; not kept
     * @param limits what is too large
     */
    public static ReadResult read(byte[] file, Limits limits) {
        if (file.length > limits.torrentFileBytes()) {
            return new ReadResult.Bad("the file has " + file.length + " bytes, more than " + limits.torrentFileBytes());
        }
        try {
            BencodeValue value = BencodeReader.read(file, limits.bencodeDepth(), limits.bencodeItems());
            if (value instanceof BencodeDict torrent) {
                return read(torrent, limits);
            }
            return new ReadResult.Bad("the file is " + value.kind() + ", not a dictionary");
        } catch (BencodeException e) {
            return new ReadResult.NotBencode(e.describe());
        } catch (BadMetainfo e) {
            return new ReadResult.Bad(e.describe());
        }
    }

    private static ReadResult read(BencodeDict torrent, Limits limits) throws BadMetainfo {
        Section info = new Section(torrent, "").section("info");
        long version = info.dict().has("meta version") ? info.integer("meta version") : 1;
        if (version != 1 && version != 2) {
            throw info.bad("meta version", "is " + version + "; 1 and 2 are known");
        }
        int pieceLength = pieceLength(info, limits);
        OuterFields outer = OuterFields.read(torrent, limits);
        if (version == 2 && !info.dict().has("pieces")) {
            return new ReadResult.V2Only(V2Reader.read(info, pieceLength, outer, limits));
        }
        BencodeBytes name = Names.name(info);
        FileList files = FileList.read(info, name.text(), limits);
        PieceLayout layout = layout(info, files.totalLength(), pieceLength, limits);
        Optional<InfoHash> v2 = Optional.empty();
        if (version == 2) {
            new Hybrid(info, pieceLength, limits).check(files.files());
            v2 = Optional.of(InfoHashes.v2(info.dict()));
        }
        return new ReadResult.Ok(new Metainfo(
                version == 2 ? Protocol.HYBRID : Protocol.V1,
                InfoHashes.v1(info.dict()),
                v2,
                SafeName.of(name.text()).text(),
                layout,
                hashes(info, layout),
                files.files(),
                isPrivate(info),
                outer.trackers(),
                outer.webSeeds(),
                outer.comment(),
                outer.createdBy(),
                outer.createdAt(),
                OuterFields.text(info.dict(), "source"),
                outer.nodes(),
                files.renamings(),
                Optional.of(new InfoBytes(info.dict().original()))));
    }

    /** Only the integer 1 says so (BEP 27), and only inside the info dictionary. */
    static boolean isPrivate(Section info) {
        return info.dict().integer("private").orElse(0) == 1;
    }

    private static int pieceLength(Section info, Limits limits) throws BadMetainfo {
        long length = info.integer("piece length");
        if (length < 1 || length > limits.pieceLength()) {
            throw info.bad("piece length", "is " + length + "; 1 to " + limits.pieceLength() + " are allowed");
        }
        return (int) length;
    }

    private static PieceLayout layout(Section info, long totalLength, int pieceLength, Limits limits)
            throws BadMetainfo {
        long pieces = totalLength / pieceLength + (totalLength % pieceLength == 0 ? 0 : 1);
        if (pieces > limits.pieces()) {
            throw info.bad(
                    "piece length",
                    "makes " + pieces + " pieces of " + totalLength + " bytes; " + limits.pieces() + " are allowed");
        }
        return new PieceLayout(totalLength, pieceLength);
    }

    private static PieceHashes hashes(Section info, PieceLayout layout) throws BadMetainfo {
        BencodeBytes pieces = info.string("pieces");
        if (pieces.size() % PieceHash.SHA1_LENGTH != 0) {
            throw info.bad("pieces", "has " + pieces.size() + " bytes, not a multiple of 20");
        }
        int count = pieces.size() / PieceHash.SHA1_LENGTH;
        if (count != layout.pieces()) {
            throw info.bad(
                    "pieces",
                    "has " + count + " hashes, but " + layout.totalLength() + " bytes make " + layout.pieces()
                            + " pieces");
        }
        return new PieceHashes(pieces.toBytes());
    }
}
