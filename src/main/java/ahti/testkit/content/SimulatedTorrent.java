package ahti.testkit.content;

import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/**
 * A torrent of any shape whose bytes are computed: a real .torrent file with real hashes, and the content they are of.
 *
 * <pre>{@code
 * SimulatedTorrent small = SimulatedTorrent.piecesOf(64 * 1024).pieces(100).seed(7).build();
 * SimulatedTorrent album = SimulatedTorrent.piecesOf(64 * 1024)
 *         .file("one.flac", 3_000_000).file("notes/two.txt", 10).file("empty", 0).build();
 * SimulatedTorrent huge = SimulatedTorrent.piecesOf(16 * 1024 * 1024).length(1L << 40).distinct(16).build();
 * }</pre>
 *
 * <p>The same shape gives the same bytes and the same info hash, on every machine.
 */
public final class SimulatedTorrent {
    private final Metainfo metainfo;
    private final Content content;
    private final byte[] file;

    SimulatedTorrent(Metainfo metainfo, Content content, byte[] file) {
        this.metainfo = metainfo;
        this.content = content;
        this.file = file;
    }

    /** Begins to describe a torrent with pieces of so many bytes. */
    public static TorrentShape piecesOf(int pieceLength) {
        return new TorrentShape(pieceLength);
    }

    /** What the .torrent file says. */
    public Metainfo metainfo() {
        return metainfo;
    }

    /** The bytes it is of, padding included. */
    public Content content() {
        return content;
    }

    /** A copy of the .torrent file. */
    public byte[] toBytes() {
        return file.clone();
    }

    /** How many pieces there are. */
    public int pieces() {
        return metainfo.layout().pieces();
    }

    /** The bytes of a whole piece. */
    public ByteString piece(int piece) {
        PieceLayout layout = metainfo.layout();
        return bytes(layout.offset(piece), layout.length(piece));
    }

    /** The bytes of a block. */
    public ByteString block(BlockRef block) {
        return bytes(metainfo.layout().offset(block.piece()) + block.offset(), block.length());
    }

    /** What a file should have. */
    public ContentSlice file(int index) {
        FileEntry entry = metainfo.files().get(index);
        return new ContentSlice(content, entry.offset(), entry.length());
    }

    private ByteString bytes(long offset, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        content.read(offset, bytes);
        return ByteString.fromArrayUnsafe(bytes.array());
    }

    @Override
    public String toString() {
        return metainfo.name() + " " + metainfo.infoHash() + ", " + pieces() + " pieces";
    }
}
