package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.InfoHash;
import ahti.core.PieceSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResumeRecordTest {
    private static final InfoHash HASH = InfoHash.parse("0123456789abcdef0123456789abcdef01234567");

    @Seeds(100)
    void readsBackWhatItWrites(long seed) {
        ResumeRecord record = anyRecord(new Random(seed));
        int pieces = record.stored().size();

        byte[] bytes = record.encode();

        assertThat(ResumeRecord.decode(bytes, HASH, pieces, 10)).contains(record);
        assertThat(bytes.length).isLessThanOrEqualTo(ResumeRecord.mostBytes(pieces, 10));
    }

    @Seeds(5)
    void isNeverBelievedWhenItIsTorn(long seed) {
        Random random = new Random(seed);
        ResumeRecord record = anyRecord(random);
        int pieces = record.stored().size();
        byte[] bytes = record.encode();

        for (int length = 0; length < bytes.length; length++) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(bytes, length), bytes.length);
            assertThat(ResumeRecord.decode(Arrays.copyOf(bytes, length), HASH, pieces, 10))
                    .isEmpty();
            assertThat(ResumeRecord.decode(zeros, HASH, pieces, 10))
                    .isEqualTo(Arrays.equals(zeros, bytes) ? Optional.of(record) : Optional.empty());
        }
    }

    @Seeds(100)
    void isNeverBelievedWhenAByteIsAnother(long seed) {
        Random random = new Random(seed);
        ResumeRecord record = anyRecord(random);
        byte[] bytes = record.encode();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        assertThat(ResumeRecord.decode(bytes, HASH, record.stored().size(), 10)).isEmpty();
    }

    @Seeds(20)
    void garbageIsNoRecord(long seed) {
        Random random = new Random(seed);
        byte[] garbage = new byte[random.nextInt(500)];
        random.nextBytes(garbage);

        assertThat(ResumeRecord.decode(garbage, HASH, 8, 10)).isEmpty();
    }

    @Test
    void ofAnotherTorrentIsNotOurs() {
        ResumeRecord record = new ResumeRecord(HASH, new PieceSet(9).toBitfield(), Map.of());
        byte[] bytes = record.encode();

        assertThat(ResumeRecord.decode(bytes, HASH, 9, 1)).contains(record);
        assertThat(ResumeRecord.decode(bytes, InfoHash.parse("ff".repeat(20)), 9, 1))
                .isEmpty();
        assertThat(ResumeRecord.decode(bytes, HASH, 17, 1)).isEmpty();
    }

    @Test
    void aFileThatTheTorrentDoesNotHaveMakesItUnusable() {
        FileState state = new FileState(1, Instant.EPOCH);
        ResumeRecord record = new ResumeRecord(HASH, new PieceSet(9).toBitfield(), Map.of(3, state));

        assertThat(ResumeRecord.decode(record.encode(), HASH, 9, 4)).contains(record);
        assertThat(ResumeRecord.decode(record.encode(), HASH, 9, 3)).isEmpty();
    }

    private static ResumeRecord anyRecord(Random random) {
        PieceSet stored = new PieceSet(random.nextInt(40));
        for (int piece = 0; piece < stored.size(); piece++) {
            if (random.nextBoolean()) {
                stored.add(piece);
            }
        }
        Map<Integer, FileState> files = new TreeMap<>();
        for (int slot = 0; slot < 10; slot++) {
            if (random.nextBoolean()) {
                Instant modified = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
                files.put(slot, new FileState(random.nextLong() >>> 1, modified));
            }
        }
        return new ResumeRecord(HASH, stored.toBitfield(), files);
    }
}
