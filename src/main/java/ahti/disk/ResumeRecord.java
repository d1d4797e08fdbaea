package ahti.disk;

import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.core.Bitfield;
import ahti.core.InfoHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an earlier run stored, and the files as it left them.
 *
 * <p>As bytes: a bencoded dictionary ({@code files}, {@code hash}, {@code have}, {@code version}) and behind it 32 bytes of
 * SHA-256 over it, so that a torn or foreign record is never believed. {@code files} is a row of fixed entries:
 *
 * <pre>
 * +------+------+---------+-------+
 * | slot | size | seconds | nanos |     4 + 8 + 8 + 4 bytes, ascending slots; time since 1970
 * +------+------+---------+-------+
 * </pre>
 *
 * @param stored pieces that were in the files
 * @param files by slot, the files that were there
 */
record ResumeRecord(InfoHash infoHash, Bitfield stored, Map<Integer, FileState> files) {
    private static final int VERSION = 1;
    private static final int CHECKSUM = 32;
    private static final int ENTRY = 24;

    ResumeRecord {
        files = new TreeMap<>(files);
    }

    /** More than the record of a torrent with so many pieces and slots can have. */
    static int mostBytes(int pieces, int slots) {
        return (int) Math.min(Integer.MAX_VALUE - 8, 1024L + pieces / 8 + (long) slots * ENTRY);
    }

    byte[] encode() {
        ByteBuffer entries = ByteBuffer.allocate(files.size() * ENTRY);
        files.forEach((slot, state) -> {
            Instant modified = state.modified();
            entries.putInt(slot)
                    .putLong(state.size())
                    .putLong(modified.getEpochSecond())
                    .putInt(modified.getNano());
        });
        byte[] body = new DictBuilder()
                .put("files", entries.array())
                .put("hash", infoHash.hex())
                .put("have", stored.toWire())
                .put("version", VERSION)
                .encode();
        byte[] record = Arrays.copyOf(body, body.length + CHECKSUM);
        System.arraycopy(checksum(body), 0, record, body.length, CHECKSUM);
        return record;
    }

    /** Reads a record of this torrent; empty when it is torn, of another torrent, or of another version of ours. */
    static Optional<ResumeRecord> decode(byte[] record, InfoHash infoHash, int pieces, int slots) {
        if (record.length < CHECKSUM) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(record, record.length - CHECKSUM);
        byte[] sum = Arrays.copyOfRange(record, body.length, record.length);
        if (!MessageDigest.isEqual(sum, checksum(body))) {
            return Optional.empty();
        }
        try {
            BencodeDict dict = BencodeReader.readDict(body, 2, 16);
            boolean ours = dict.integer("version").orElse(0) == VERSION
                    && dict.text("hash").orElse("").equals(infoHash.hex());
            return ours ? decode(dict, infoHash, pieces, slots) : Optional.empty();
        } catch (BencodeException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ResumeRecord> decode(BencodeDict dict, InfoHash infoHash, int pieces, int slots) {
        byte[] have = dict.bytes("have").orElse(new byte[0]);
        ByteBuffer entries = ByteBuffer.wrap(dict.bytes("files").orElse(new byte[1]));
        if (!Bitfield.isLawful(have, pieces) || entries.remaining() % ENTRY != 0) {
            return Optional.empty();
        }
        Map<Integer, FileState> files = new TreeMap<>();
        while (entries.hasRemaining()) {
            int slot = entries.getInt();
            long size = entries.getLong();
            Instant modified = Instant.ofEpochSecond(entries.getLong(), entries.getInt());
            if (slot < 0 || slot >= slots) {
                return Optional.empty();
            }
            files.put(slot, new FileState(size, modified));
        }
        return Optional.of(new ResumeRecord(infoHash, Bitfield.fromWire(have, pieces), files));
    }

    private static byte[] checksum(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
