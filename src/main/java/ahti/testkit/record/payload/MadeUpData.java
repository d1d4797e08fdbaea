package ahti.testkit.record.payload;

import ahti.core.PieceHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.hash.PieceDigest;
import ahti.testkit.record.event.RecordedTorrent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.util.ByteString;

/**
 * Data for a replay in the place of the torrent's, with hashes of its own: so a piece that matched matches again, and one that
 * did not does not, and nothing that was downloaded has to be in a recording.
 *
 * <p>Noise that depends on the place in the piece alone, so all whole pieces share a hash; zeros where the torrent has padding.
 */
public final class MadeUpData {
    /** A prime, so that blocks of one piece differ. */
    private static final int NOISE = 65_521;

    private final byte[] noise = new byte[NOISE];
    private final PieceLayout layout;
    private final DataMap map;

    /** For one torrent; {@code map} is its. */
    public MadeUpData(RecordedTorrent torrent, DataMap map) {
        this.layout = torrent.layout();
        this.map = map;
        new Random(NOISE).nextBytes(noise);
    }

    /** Right data: so many bytes from there. */
    public ByteString right(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            long place = offset + at;
            long data = map.skipPads(place);
            if (data > place) {
                at = (int) Math.min(length, at + data - place);
                continue;
            }
            int noisy = (int) (place % layout.pieceLength() % NOISE);
            long run = Math.min(NOISE - noisy, layout.pieceLength() - place % layout.pieceLength());
            run = Math.min(Math.min(run, length - at), map.nextPad(place) - place);
            System.arraycopy(noise, noisy, bytes, at, (int) run);
            at += (int) run;
        }
        return ByteString.fromArrayUnsafe(bytes);
    }

    /** Wrong data, every byte of it; the same for the same look. */
    public ByteString wrong(long offset, int length, long look) {
        byte[] bytes = right(offset, length).toArrayUnsafe();
        for (int i = 0; i < length; i++) {
            bytes[i] ^= (byte) (0x80 | ((look >>> (8 * ((offset + i) % 8))) & 0x7f));
        }
        return ByteString.fromArrayUnsafe(bytes);
    }

    /** The hashes of the right data. */
    public PieceHashes hashes() {
        byte[] all = new byte[PieceHash.SHA1_LENGTH * layout.pieces()];
        PieceDigest digest = new PieceDigest();
        Map<Integer, byte[]> plain = new LinkedHashMap<>();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            long offset = layout.offset(piece);
            int length = layout.length(piece);
            byte[] hash = map.nextPad(offset) < offset + length
                    ? digest.of(List.of(right(offset, length)))
                    : plain.computeIfAbsent(length, any -> digest.of(List.of(right(offset, length))));
            System.arraycopy(hash, 0, all, PieceHash.SHA1_LENGTH * piece, hash.length);
        }
        return new PieceHashes(all);
    }
}
