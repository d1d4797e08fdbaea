package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.fuzz.FuzzTarget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A resume record and an entry behind it: as they are, and with sums that are right around the input. Torn and foreign ones are
 * none, others read as they are written.
 */
public final class ResumeTarget implements FuzzTarget {
    private static final InfoHash TORRENT = InfoHash.v1("aaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII));
    private static final int PIECES = 37;
    private static final int SLOTS = 3;
    private static final byte[] MAGIC = "ahti resume 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final long MARK = 7;

    @Override
    public String name() {
        return "resume";
    }

    @Override
    public void check(byte[] input) throws NoSuchAlgorithmException {
        check(record(ByteBuffer.wrap(input)));
        check(record(around(input)));
        checkEntry(entry(ByteBuffer.wrap(input)));
        checkEntry(entry(aroundEntry(input)));
    }

    private static Optional<ResumeRecord> record(ByteBuffer file) {
        return ResumeRecord.decode(file, TORRENT, PIECES, SLOTS);
    }

    private static Optional<JournalEntry> entry(ByteBuffer file) {
        return JournalEntry.decode(file, MARK, PIECES, SLOTS);
    }

    private static void check(Optional<ResumeRecord> read) {
        if (read.isPresent()) {
            assertThat(read.get().stored().size()).isEqualTo(PIECES);
            assertThat(read.get().files().keySet()).allMatch(slot -> slot >= 0 && slot < SLOTS);
            byte[] written = read.get().encode();
            assertThat((long) written.length).isLessThanOrEqualTo(ResumeRecord.mostBytes(PIECES, SLOTS));
            assertThat(record(ByteBuffer.wrap(written))).isEqualTo(read);
        }
    }

    private static void checkEntry(Optional<JournalEntry> read) {
        if (read.isPresent()) {
            assertThat(read.get().pieces()).allMatch(piece -> piece >= 0 && piece < PIECES);
            assertThat(read.get().files().keySet()).allMatch(slot -> slot >= 0 && slot < SLOTS);
            assertThat(entry(ByteBuffer.wrap(read.get().encode(MARK)))).isEqualTo(read);
        }
    }

    private static ByteBuffer around(byte[] body) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int end = MAGIC.length + Integer.BYTES + body.length;
        ByteBuffer file = ByteBuffer.allocate(end + digest.getDigestLength());
        file.put(MAGIC).putInt(body.length).put(body);
        digest.update(file.array(), 0, end);
        return file.put(digest.digest()).flip();
    }

    private static ByteBuffer aroundEntry(byte[] body) {
        ByteBuffer covered = ByteBuffer.allocate(Long.BYTES + body.length)
                .putLong(MARK)
                .put(body)
                .flip();
        CRC32C sum = new CRC32C();
        sum.update(covered.duplicate());
        return ByteBuffer.allocate(2 * Integer.BYTES + covered.remaining())
                .putInt(covered.remaining())
                .putInt((int) sum.getValue())
                .put(covered)
                .flip();
    }
}
