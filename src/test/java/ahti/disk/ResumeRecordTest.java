package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.InfoHash;
import ahti.core.PieceSet;
import java.nio.ByteBuffer;
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
        int pieces = record.forced().size();

        byte[] bytes = record.encode();

        assertThat(decode(bytes, HASH, pieces, 10)).contains(record);
        assertThat((long) bytes.length).isLessThanOrEqualTo(ResumeRecord.mostBytes(pieces, 10));
    }

    @Seeds(5)
    void isNeverBelievedWhenItIsTorn(long seed) {
        Random random = new Random(seed);
        ResumeRecord record = anyRecord(random);
        int pieces = record.forced().size();
        byte[] bytes = record.encode();

        for (int length = 0; length < bytes.length; length++) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(bytes, length), bytes.length);
            assertThat(decode(Arrays.copyOf(bytes, length), HASH, pieces, 10)).isEmpty();
            assertThat(decode(zeros, HASH, pieces, 10))
                    .isEqualTo(Arrays.equals(zeros, bytes) ? Optional.of(record) : Optional.empty());
        }
    }

    @Seeds(100)
    void isNeverBelievedWhenAByteIsAnother(long seed) {
        Random random = new Random(seed);
        ResumeRecord record = anyRecord(random);
        byte[] bytes = record.encode();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        assertThat(decode(bytes, HASH, record.forced().size(), 10)).isEmpty();
    }

    @Seeds(20)
    void garbageIsNoRecord(long seed) {
        Random random = new Random(seed);
        byte[] garbage = new byte[random.nextInt(500)];
        random.nextBytes(garbage);

        assertThat(decode(garbage, HASH, 8, 10)).isEmpty();
    }

    @Test
    void ofAnotherTorrentIsNotOurs() {
        ResumeRecord record = new ResumeRecord(HASH, Bitfield.none(9), Bitfield.none(9), Map.of());
        byte[] bytes = record.encode();

        assertThat(decode(bytes, HASH, 9, 1)).contains(record);
        assertThat(decode(bytes, InfoHash.parse("ff".repeat(20)), 9, 1)).isEmpty();
        assertThat(decode(bytes, HASH, 17, 1)).isEmpty();
    }

    @Test
    void aFileThatTheTorrentDoesNotHaveMakesItUnusable() {
        FileState state = new FileState(1, Instant.EPOCH);
        ResumeRecord record = new ResumeRecord(HASH, Bitfield.none(9), Bitfield.none(9), Map.of(3, state));

        assertThat(decode(record.encode(), HASH, 9, 4)).contains(record);
        assertThat(decode(record.encode(), HASH, 9, 3)).isEmpty();
    }

    private static Optional<ResumeRecord> decode(byte[] bytes, InfoHash infoHash, int pieces, int slots) {
        return ResumeRecord.decode(ByteBuffer.wrap(bytes), infoHash, pieces, slots);
    }

    private static ResumeRecord anyRecord(Random random) {
        int pieces = random.nextInt(40);
        Map<Integer, FileState> files = new TreeMap<>();
        for (int slot = 0; slot < 10; slot++) {
            if (random.nextBoolean()) {
                files.put(slot, new FileState(random.nextLong() >>> 1, anyMoment(random), anyMoment(random)));
            }
        }
        return new ResumeRecord(HASH, anyPieces(random, pieces), anyPieces(random, pieces), files);
    }

    private static Instant anyMoment(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private static Bitfield anyPieces(Random random, int size) {
        PieceSet pieces = new PieceSet(size);
        for (int piece = 0; piece < size; piece++) {
            if (random.nextBoolean()) {
                pieces.add(piece);
            }
        }
        return pieces.toBitfield();
    }
}
