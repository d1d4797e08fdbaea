package ahti.disk;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The states of files as bytes: a row of fixed entries, ascending slots, times since 1970.
 *
 * <pre>
 * +------+------+----------+-------+---------+-------+
 * | slot | size | modified |       | changed |       |
 * |      |      | seconds  | nanos | seconds | nanos |     4 + 8 + 8 + 4 + 8 + 4 bytes
 * +------+------+----------+-------+---------+-------+
 * </pre>
 */
final class FileStates {
    /** Bytes of one. */
    static final int ENTRY = 36;

    private FileStates() {}

    static byte[] encode(Map<Integer, FileState> files) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(files.size(), ENTRY));
        StatesBySlot.of(files).forEach((slot, state) -> {
            out.putInt(slot).putLong(state.size());
            put(out, state.modified());
            put(out, state.changed());
        });
        return out.array();
    }

    private static void put(ByteBuffer out, Instant moment) {
        out.putLong(moment.getEpochSecond()).putInt(moment.getNano());
    }

    /**
     * Reads what is left in the buffer; empty when it is no row of states of a torrent with so many slots.
     *
     * @throws java.time.DateTimeException when a time is none
     */
    static Optional<Map<Integer, FileState>> decode(ByteBuffer in, int slots) {
        if (in.remaining() % ENTRY != 0) {
            return Optional.empty();
        }
        Map<Integer, FileState> files = new StatesBySlot();
        while (in.hasRemaining()) {
            int slot = in.getInt();
            long size = in.getLong();
            Instant modified = moment(in);
            Instant changed = moment(in);
            if (slot < 0 || slot >= slots) {
                return Optional.empty();
            }
            files.put(slot, new FileState(size, modified, changed));
        }
        return Optional.of(files);
    }

    private static Instant moment(ByteBuffer in) {
        try {
            return Instant.ofEpochSecond(in.getLong(), in.getInt());
        } catch (ArithmeticException e) {
            // What does not even fit into a long is no more of a time than what is later than the last.
            throw new DateTimeException("no time", e);
        }
    }
}
