package ahti.disk;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What was stored since the record before it, and the files as they were then. It is written and not forced.
 *
 * <pre>
 * +--------+--------+------+-------+------------+-----------------------+
 * | length | CRC32C | mark | count | pieces ... | {@link FileStates} ...  |     length: of all that the CRC covers,
 * +--------+--------+------+-------+------------+-----------------------+     which is all that follows it
 *     4        4       8       4      4 each
 * </pre>
 *
 * @param pieces that were written
 * @param files by slot, those that were written
 */
record JournalEntry(List<Integer> pieces, Map<Integer, FileState> files) {
    private static final int HEAD = 8;
    private static final int LEAST = 12;

    JournalEntry {
        pieces = List.copyOf(pieces);
        files = new TreeMap<>(files);
    }

    /** {@code mark}: of the record that it stands behind. */
    byte[] encode(long mark) {
        byte[] states = FileStates.encode(files);
        int length = LEAST + pieces.size() * Integer.BYTES + states.length;
        ByteBuffer out = ByteBuffer.allocate(HEAD + length).position(HEAD);
        out.putLong(mark).putInt(pieces.size());
        pieces.forEach(out::putInt);
        out.put(states);
        return out.putInt(0, length)
                .putInt(Integer.BYTES, checksum(out.slice(HEAD, length)))
                .array();
    }

    /** Reads one and leaves the buffer behind it; empty when there is none, or a torn one, and nothing can follow. */
    static Optional<JournalEntry> decode(ByteBuffer in, long mark, int pieces, int slots) {
        if (in.remaining() < HEAD + LEAST) {
            return Optional.empty();
        }
        int length = in.getInt();
        int sum = in.getInt();
        if (length < LEAST || length > in.remaining() || checksum(in.slice(in.position(), length)) != sum) {
            return Optional.empty();
        }
        ByteBuffer body = in.slice(in.position(), length);
        in.position(in.position() + length);
        return body.getLong() == mark ? decode(body, pieces, slots) : Optional.empty();
    }

    private static Optional<JournalEntry> decode(ByteBuffer body, int pieces, int slots) {
        int count = body.getInt();
        if (count < 0 || count > body.remaining() / Integer.BYTES) {
            return Optional.empty();
        }
        List<Integer> stored = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int piece = body.getInt();
            if (piece < 0 || piece >= pieces) {
                return Optional.empty();
            }
            stored.add(piece);
        }
        try {
            return FileStates.decode(body, slots).map(files -> new JournalEntry(stored, files));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
