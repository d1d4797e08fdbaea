package ahti.realpeers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A download from libtorrent that is killed again and again; each time it is started again, and what it claims to have is fetched
 * from it and compared.
 *
 * @param rate of the seeder, bytes per second
 * @param harm what happens between a kill and the next start
 */
record KillRun(Payload payload, int rate, int kills, Harm harm, long seed) {
    private static final int PAGE = 4096;
    /** Claimed pieces that are looked at after each start. */
    private static final int SAMPLE = 20;
    /** Parts of the download after the last kill: libtorrent may be ahead of its rate. */
    private static final int SPARE = 3;
    /** Of the time until the next kill is due, at most so much passes before one. */
    private static final double SHARE = 0.8;

    /** What happens while nobody runs. */
    enum Harm {
        NONE,
        /** Part of the journal is gone, or wrong, as after a write that was torn. */
        STATE_TORN,
        /** A page of a finished piece is zero, and the file's time is as it was: as after a power cut that nobody provided for. */
        PAGE_LOST
    }

    /**
     * What came of it; the content was right whenever it was looked at.
     *
     * @param fetched bytes of pieces that the seeder sent
     * @param harmed bytes of pieces that were there and were destroyed between two runs
     * @param forgotten pieces that were in the file and right after a kill, and that the next run did not have
     * @param firstBytes milliseconds from each start to the first byte of a piece
     * @param checked claimed pieces that were compared
     */
    record Report(long size, long fetched, long harmed, int forgotten, List<Long> firstBytes, int checked) {
        /** What the kills destroyed, as a share of the size. */
        double lost() {
            return Math.max(0, fetched - harmed - size) / (double) size;
        }

        /** Of the start with nothing to go on from. */
        long firstStart() {
            return firstBytes.get(0);
        }

        long slowestRestart() {
            return firstBytes.stream().skip(1).mapToLong(Long::longValue).max().orElse(0);
        }
    }

    Report run(Stage stage) throws IOException {
        Random random = new Random(seed);
        byte[] content = payload.content();
        Path torrent = stage.torrent(payload);
        Path folder = stage.newFolder("killed");
        Peer seeder = new Libtorrent(rate)
                .start(stage, torrent, stage.folderWith(payload))
                .awaitComplete();
        List<Long> firstBytes = new ArrayList<>();
        int checked = 0;
        int stored = 0;
        int lost = 0;
        long harmed = 0;
        for (int kill = 1; kill <= kills; kill++) {
            Ahti ahti = start(stage, torrent, folder, seeder, firstBytes);
            if (kill > 1) {
                ahti.awaitListening();
                Claims.Result claims = Claims.check(ahti.port(), payload, content, SAMPLE, random);
                checked += claims.compared();
                lost += Math.max(0, stored - claims.claimed());
            }
            awaitTheMoment(ahti, seeder, kill, random);
            ahti.program().signal("KILL");
            if (ahti.awaitExit() != 137) {
                throw new AssertionError("it was over before it was killed");
            }
            long destroyed = harm(folder, content, random);
            harmed += destroyed;
            stored = right(folder, content).size();
        }
        Ahti last = start(stage, torrent, folder, seeder, firstBytes);
        if (last.awaitExit() != 0 || !payload.faults(folder).isEmpty()) {
            throw new AssertionError(
                    payload.faults(folder) + "\n" + last.program().describe());
        }
        return new Report(payload.size(), seeder.uploaded().getAsLong(), harmed, lost, firstBytes, checked);
    }

    /** In the part of the download that is due before this kill, and then at any moment: libtorrent sends in bursts. */
    private void awaitTheMoment(Ahti ahti, Peer seeder, int kill, Random random) {
        long part = payload.size() / (kills + SPARE);
        ahti.program().awaitThat(kill * part + " bytes", () -> seeder.uploaded().getAsLong() >= kill * part);
        long moment = System.nanoTime() + (long) (random.nextDouble() * SHARE * part / rate * 1e9);
        ahti.program().awaitThat("end of it", () -> System.nanoTime() >= moment);
    }

    private static Ahti start(Stage stage, Path torrent, Path folder, Peer seeder, List<Long> firstBytes) {
        long before = seeder.uploaded().getAsLong();
        long begun = System.nanoTime();
        Ahti ahti = Ahti.getFrom(stage, torrent, folder, seeder.address());
        ahti.program().awaitThat("first byte", () -> seeder.uploaded().getAsLong() > before);
        firstBytes.add((System.nanoTime() - begun) / 1_000_000);
        return ahti;
    }

    private long harm(Path folder, byte[] content, Random random) throws IOException {
        if (harm == Harm.STATE_TORN) {
            tear(folder.resolveSibling(folder.getFileName() + ".state"), random);
        }
        return harm == Harm.PAGE_LOST ? loseAPage(folder, content, random) : 0;
    }

    private void tear(Path state, Random random) throws IOException {
        Path journal = state.resolve(payload.infoHash() + ".resume");
        byte[] whole = Files.readAllBytes(journal);
        int at = random.nextInt(whole.length);
        if (random.nextBoolean()) {
            Files.write(journal, Arrays.copyOf(whole, at));
        } else {
            whole[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(journal, whole);
        }
    }

    /** Where the pieces begin that are in the file. */
    private List<Integer> right(Path folder, byte[] content) throws IOException {
        byte[] there = Files.readAllBytes(folder.resolve(payload.name()));
        List<Integer> right = new ArrayList<>();
        for (int start = 0; start < there.length; start += payload.pieceLength()) {
            int end = Math.min(content.length, start + payload.pieceLength());
            if (end <= there.length && Arrays.equals(content, start, end, there, start, end)) {
                right.add(start);
            }
        }
        return right;
    }

    private long loseAPage(Path folder, byte[] content, Random random) throws IOException {
        Path file = folder.resolve(payload.name());
        FileTime time = Files.getLastModifiedTime(file);
        List<Integer> right = right(folder, content);
        int start = right.get(random.nextInt(right.size()));
        int pages = Math.min(payload.pieceLength(), content.length - start) / PAGE;
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(start + (long) random.nextInt(pages) * PAGE);
            out.write(new byte[PAGE]);
        }
        Files.setLastModifiedTime(file, time);
        return Math.min(payload.pieceLength(), content.length - start);
    }
}
