package ahti.testkit.script;

import ahti.core.BlockRef;
import ahti.core.Limits;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.hash.PieceDigest;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import ahti.metainfo.TorrentCreation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A torrent of one file whose content is known.
 *
 * @param metainfo what its .torrent file says
 * @param content what is in it
 */
public record KnownTorrent(Metainfo metainfo, BlockSource content) {
    private static final String NAME = "known";
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Bytes of a piece of {@link #ofPieces}: two blocks. */
    public static final int PIECE_LENGTH = 2 * BlockRef.MAX_LENGTH;

    /** So many pieces of two blocks each; the same number gives the same torrent. */
    public static KnownTorrent ofPieces(int pieces) {
        return of(new PieceLayout((long) pieces * PIECE_LENGTH, PIECE_LENGTH));
    }

    /** A torrent of that shape, its content computed from positions. */
    public static KnownTorrent of(PieceLayout layout) {
        return of(layout, (piece, offset, length) -> computed(layout.offset(piece) + offset, length));
    }

    /** A torrent of that shape and content. Reads all of it, for its hashes. */
    public static KnownTorrent of(PieceLayout layout, BlockSource content) {
        PieceDigest digest = new PieceDigest();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            hashes.writeBytes(digest.of(List.of(content.block(piece, 0, layout.length(piece)))));
        }
        byte[] file = new TorrentCreation(
                        NAME,
                        new TorrentCreation.SingleFile(layout.totalLength()),
                        layout.pieceLength(),
                        new PieceHashes(hashes.toByteArray()),
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .encode();
        if (MetainfoReader.read(file, Limits.DEFAULT) instanceof ReadResult.Ok ok) {
            return new KnownTorrent(ok.metainfo(), content);
        }
        throw new IllegalArgumentException("no torrent has this shape: " + layout);
    }

    /** How its bytes divide into pieces and blocks. */
    public PieceLayout layout() {
        return metainfo.layout();
    }

    /** The block that begins there. */
    public BlockRef block(int piece, int offset) {
        return layout().block(piece, layout().blockIndex(offset));
    }

    /** What is in a block. */
    public ByteString bytes(BlockRef block) {
        return content.block(block.piece(), block.offset(), block.length());
    }

    private static ByteString computed(long position, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            long word = ((position + i) / Long.BYTES + 1) * GOLDEN;
            word = (word ^ (word >>> 32)) * GOLDEN;
            bytes[i] = (byte) (word >>> ((position + i) % Long.BYTES * Byte.SIZE));
        }
        return ByteString.fromArrayUnsafe(bytes);
    }

    /** The same, every bit of it wrong. */
    ByteString wrongBytes(BlockRef block) {
        byte[] wrong = bytes(block).toArray();
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] ^= (byte) 0xff;
        }
        return ByteString.fromArrayUnsafe(wrong);
    }
}
