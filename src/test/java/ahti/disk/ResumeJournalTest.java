package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.InfoHash;
import ahti.core.PieceSet;
import ahti.disk.ResumeJournal.Recalled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a journal that is not as it was left: it says what it once said, or is set aside. */
class ResumeJournalTest {
    private static final InfoHash HASH = InfoHash.parse("0123456789abcdef0123456789abcdef01234567");
    private static final InfoHash OTHER = InfoHash.parse("ff".repeat(20));
    private static final int PIECES = 30;
    private static final int SLOTS = 4;

    @TempDir
    Path scratch;

    private Path state;
    private Path file;
    private ResumeJournal journal;
    /** Everything that the journal ever said. */
    private final List<ResumeRecord> said = new ArrayList<>();

    @BeforeEach
    void begin() {
        state = scratch.resolve("state");
        file = state.resolve(HASH.hex() + ".resume");
        journal = new ResumeJournal(new RealFileStore(), Optional.of(state), HASH);
    }

    @Seeds(10)
    void readsBackWhatItWasTold(long seed) throws Exception {
        write(new Random(seed), 5);

        assertThat(recall()).isEqualTo(new Recalled.Found(said.get(said.size() - 1)));
    }

    @Seeds(5)
    void cutOffAnywhereItSaysWhatItOnceSaidOrNothing(long seed) throws Exception {
        byte[] whole = write(new Random(seed), 5);
        int record = record();

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertIsHistory(length >= record);
            Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
            assertIsHistory(length >= record);
        }
    }

    @Seeds(5)
    void withAnyByteAnotherItSaysWhatItOnceSaidOrNothing(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] whole = write(random, 5);
        int record = record();

        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            assertIsHistory(at >= record);
        }
    }

    private void assertIsHistory(boolean isUsable) {
        Recalled recalled = recall();
        if (isUsable) {
            assertThat(said).contains(((Recalled.Found) recalled).record());
        } else {
            assertThat(recalled).isInstanceOf(Recalled.Unusable.class);
        }
    }

    @Seeds(50)
    void garbageIsSetAside(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] garbage = new byte[random.nextInt(2000)];
        random.nextBytes(garbage);
        Files.createDirectories(state);
        Files.write(file, garbage);

        assertThat(recall()).isInstanceOf(Recalled.Unusable.class);
    }

    @Test
    void entriesBehindAnotherRecordAreNotBelieved() throws Exception {
        byte[] one = write(new Random(1), 3);
        int oneRecord = record();
        byte[] two = write(new Random(2), 0);
        byte[] mixed = Arrays.copyOf(two, two.length + one.length - oneRecord);
        System.arraycopy(one, oneRecord, mixed, two.length, one.length - oneRecord);
        Files.write(file, mixed);

        assertThat(recall()).isEqualTo(new Recalled.Found(said.get(0)));
    }

    @Test
    void theJournalOfAnotherTorrentIsSetAside() throws Exception {
        byte[] whole = write(new Random(1), 3);
        Files.write(state.resolve(OTHER.hex() + ".resume"), whole);

        assertThat(new ResumeJournal(new RealFileStore(), Optional.of(state), OTHER).recall(PIECES, SLOTS))
                .isInstanceOf(Recalled.Unusable.class);
        assertThat(journal.recall(PIECES + 8, SLOTS)).isInstanceOf(Recalled.Unusable.class);
        assertThat(journal.recall(PIECES, 1)).isInstanceOf(Recalled.Unusable.class);
    }

    @Test
    void oneThatIsLargerThanAnyIsSetAsideUnread() throws Exception {
        write(new Random(1), 3);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }

        assertThat(((Recalled.Unusable) recall()).reason()).contains("larger");
    }

    @Test
    void whatIsNoFileIsSetAside() throws Exception {
        write(new Random(1), 0);
        Path elsewhere = Files.move(file, scratch.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);
        assertThat(recall()).isInstanceOf(Recalled.Unusable.class);

        Files.delete(file);
        Files.createDirectory(file);
        assertThat(recall()).isInstanceOf(Recalled.Unusable.class);
    }

    @Test
    void itNeverGrowsBeyondWhatItReads() throws Exception {
        int slots = 20_000;
        Map<Integer, FileState> files = new TreeMap<>();
        for (int slot = 0; slot < slots; slot++) {
            files.put(slot, new FileState(1, Instant.EPOCH));
        }
        journal.begin(Bitfield.none(PIECES), Bitfield.none(PIECES), files);
        for (int piece = 0; piece < PIECES; piece++) {
            journal.add(new JournalEntry(List.of(piece), files));
        }

        assertThat(journal.isBegun()).as("takes further entries").isFalse();
        ResumeRecord found = ((Recalled.Found) journal.recall(PIECES, slots)).record();
        assertThat(found.since().count()).isBetween(1, PIECES - 1);
    }

    /** A record and so many entries; returns the file. */
    private byte[] write(Random random, int entries) throws Exception {
        said.clear();
        ResumeRecord now =
                new ResumeRecord(HASH, Bitfield.none(PIECES), anyPieces(random), files(random, random.nextInt(SLOTS)));
        journal.begin(now.forced(), now.since(), now.files());
        said.add(now);
        for (int i = 0; i < entries; i++) {
            int piece = random.nextInt(PIECES);
            JournalEntry entry = new JournalEntry(List.of(piece), files(random, 1 + random.nextInt(2)));
            journal.add(entry);
            PieceSet since = now.since().toSet();
            since.add(piece);
            Map<Integer, FileState> files = new TreeMap<>(now.files());
            files.putAll(entry.files());
            now = new ResumeRecord(HASH, now.forced(), since.toBitfield(), files);
            said.add(now);
        }
        journal.close();
        return Files.readAllBytes(file);
    }

    /** Bytes of the record alone. */
    private int record() {
        return said.get(0).encode().length;
    }

    private static Bitfield anyPieces(Random random) {
        PieceSet pieces = new PieceSet(PIECES);
        for (int piece = 0; piece < PIECES; piece++) {
            if (random.nextBoolean()) {
                pieces.add(piece);
            }
        }
        return pieces.toBitfield();
    }

    private static Map<Integer, FileState> files(Random random, int most) {
        Map<Integer, FileState> files = new TreeMap<>();
        for (int i = 0; i < most; i++) {
            Instant moment = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            files.put(random.nextInt(SLOTS), new FileState(random.nextInt(), moment, moment.plusNanos(1)));
        }
        return files;
    }

    private Recalled recall() {
        return journal.recall(PIECES, SLOTS);
    }
}
