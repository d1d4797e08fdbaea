package ahti.disk;

import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.core.Bitfield;
import ahti.core.InfoHash;
import ahti.core.PieceSet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored, and the files as they were then.
 *
 * <p>As bytes, and behind them the {@link JournalEntry entries} of what was stored since:
 *
 * <pre>
 * +-----------------+--------+------------------------------------------+---------+---------+
 * | "ahti resume 2\n" | length | bencoded: files, hash, have, since        | SHA-256 | entries |
 * +-----------------+--------+------------------------------------------+---------+---------+
 *        14              4       length; see {@link FileStates} for files      32
 * </pre>
 *
 * <p>The SHA-256 is of everything before it, so that a torn or foreign record is never believed.
 *
 * @param forced pieces that are on the device: a power cut takes none of them
 * @param since pieces that were written after the last time the files were forced: after a power cut they may be anything
 * @param files by slot, the files that were there; not to be changed after
 */
record ResumeRecord(InfoHash infoHash, Bitfield forced, Bitfield since, Map<Integer, FileState> files) {
    private static final byte[] MAGIC = "ahti resume 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM = 32;

    ResumeRecord {
        files = StatesBySlot.of(files);
    }

    /** Pieces that are in the files, unless somebody or a power cut took them. */
    Bitfield stored() {
        PieceSet all = forced.toSet();
        for (int piece = 0; piece < since.size(); piece++) {
            if (since.get(piece)) {
                all.add(piece);
            }
        }
        return all.toBitfield();
    }

    /** More than the record of a torrent with so many pieces and slots can have, without entries. */
    static long mostBytes(int pieces, int slots) {
        return 1024L + pieces / 4 + (long) slots * FileStates.ENTRY;
    }

    byte[] encode() {
        DictBuilder body = new DictBuilder()
                .put("files", FileStates.encode(files))
                .put("hash", infoHash.hex())
                .put("have", forced.toWire())
                .put("since", since.toWire());
        ByteArrayOutputStream out =
                new ByteArrayOutputStream((int) Math.min(Integer.MAX_VALUE, mostBytes(forced.size(), files.size())));
        out.writeBytes(MAGIC);
        out.writeBytes(new byte[Integer.BYTES]);
        body.writeTo(out);
        out.writeBytes(new byte[CHECKSUM]);
        byte[] record = out.toByteArray();
        int end = record.length - CHECKSUM;
        ByteBuffer.wrap(record).putInt(MAGIC.length, end - MAGIC.length - Integer.BYTES);
        System.arraycopy(checksum(record, end), 0, record, end, CHECKSUM);
        return record;
    }

    /** A number that the entries behind this record carry, and those behind another do not. */
    static long mark(byte[] record) {
        return ByteBuffer.wrap(record, record.length - CHECKSUM, Long.BYTES).getLong();
    }

    /**
     * Reads a record of this torrent, and leaves the buffer behind it; empty when it is torn, of another torrent, or of another
     * version of ours.
     */
    static Optional<ResumeRecord> decode(ByteBuffer in, InfoHash infoHash, int pieces, int slots) {
        int begin = in.position();
        byte[] magic = new byte[MAGIC.length];
        if (in.remaining() < MAGIC.length + Integer.BYTES + CHECKSUM) {
            return Optional.empty();
        }
        in.get(magic);
        int length = in.getInt();
        if (!Arrays.equals(magic, MAGIC) || length < 0 || length > in.remaining() - CHECKSUM) {
            return Optional.empty();
        }
        byte[] body = new byte[length];
        in.get(body);
        byte[] covered = new byte[in.position() - begin];
        in.get(begin, covered);
        byte[] sum = new byte[CHECKSUM];
        in.get(sum);
        if (!MessageDigest.isEqual(sum, checksum(covered, covered.length))) {
            return Optional.empty();
        }
        try {
            BencodeDict dict = BencodeReader.readDict(body, 2, 16);
            boolean ours = dict.text("hash").orElse("").equals(infoHash.hex());
            return ours ? decode(dict, infoHash, pieces, slots) : Optional.empty();
        } catch (BencodeException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ResumeRecord> decode(BencodeDict dict, InfoHash infoHash, int pieces, int slots) {
        byte[] have = dict.bytes("have").orElse(new byte[0]);
        byte[] since = dict.bytes("since").orElse(new byte[0]);
        if (!Bitfield.isLawful(have, pieces) || !Bitfield.isLawful(since, pieces)) {
            return Optional.empty();
        }
        return FileStates.decode(ByteBuffer.wrap(dict.bytes("files").orElse(new byte[1])), slots)
                .map(files -> new ResumeRecord(
                        infoHash, Bitfield.fromWire(have, pieces), Bitfield.fromWire(since, pieces), files));
    }

    private static byte[] checksum(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
