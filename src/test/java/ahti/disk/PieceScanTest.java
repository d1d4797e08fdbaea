package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.Limits;
import ahti.disk.SampleTorrent.Part;
import ahti.metainfo.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceScanTest {
    @TempDir
    Path base;

    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final List<Long> progress = new ArrayList<>();

    @AfterEach
    void stop() {
        workers.shutdown();
    }

    @Seeds(60)
    void findsEveryPieceGoodWhenNothingIsWrong(long seed) throws Exception {
        SampleTorrent torrent = SampleTorrent.any(new Random(seed));
        torrent.writeTo(base);

        Verdicts verdicts = verify(torrent);

        assertThat(verdicts.isAllGood()).isTrue();
        assertThat(verdicts.good()).isEqualTo(Bitfield.all(torrent.pieces()));
        assertThat(verdicts.missing().isEmpty()).isTrue();
    }

    @Test
    void namesTheFilesAndRangesThatAreDamaged() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(
                16,
                Part.file("sample/a", 40),
                Part.pad(8),
                Part.file("sample/b", 40),
                Part.file("sample/c", 8),
                Part.file("sample/d", 0));
        torrent.writeTo(base);
        flip(torrent.path(base, 0), 17);
        flip(torrent.path(base, 0), 39);
        Files.delete(torrent.path(base, 3));
        Files.delete(torrent.path(base, 4));

        Verdicts verdicts = verify(torrent);

        assertThat(verdicts.good().get(0)).isTrue();
        assertThat(verdicts.good().count()).isEqualTo(3);
        assertThat(verdicts.missing().get(5)).isTrue();
        assertThat(verdicts.missing().count()).isEqualTo(1);
        assertThat(verdicts.isAllGood()).isFalse();
        assertThat(verdicts.damages())
                .containsExactly(
                        new Verdicts.Damage(0, 16, 40),
                        new Verdicts.Damage(2, 32, 40),
                        new Verdicts.Damage(3, 0, 8),
                        new Verdicts.Damage(4, 0, 0));
    }

    @Test
    void aFileThatCannotBeReadIsNoVerdictButAProblem() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 64));
        torrent.writeTo(base);
        FileStore failing = new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("read")) {
                    throw new IOException("Input/output error");
                }
            }
        };

        assertThat(scan(failing).verify(torrent.metainfo(), base))
                .isEqualTo(
                        new PieceScan.Unverified(new DiskProblem.Faulty(torrent.path(base, 0), "Input/output error")));
    }

    @Seeds(60)
    void hashesATreeAsTheTorrentOfItsFilesSays(long seed) throws Exception {
        Random random = new Random(seed);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(12); i++) {
            parts.add(Part.file("sample/" + (char) ('a' + i), random.nextInt(3) * random.nextInt(100)));
        }
        SampleTorrent torrent = SampleTorrent.of(seed, 1 + random.nextInt(64), parts);
        torrent.writeTo(base);

        SourceTree tree = list(base.resolve("sample"));

        assertThat(tree.files())
                .extracting(SourceTree.SourceFile::names)
                .isEqualTo(torrent.metainfo().files().stream()
                        .map(FileEntry::path)
                        .map(path -> path.subList(1, path.size()))
                        .toList());
        assertThat(scan(new RealFileStore())
                        .hash(tree, torrent.metainfo().layout().pieceLength()))
                .isEqualTo(new PieceScan.Hashed(torrent.metainfo().hashes()));
    }

    @Test
    void aFileThatShrinksGrowsOrIsWrittenMeanwhileMakesNoTorrent() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 40), Part.file("sample/b", 40));
        torrent.writeTo(base);
        SourceTree tree = list(base.resolve("sample"));
        Path b = tree.files().get(1).place().path();
        PieceScan scan = scan(new RealFileStore());

        Files.write(b, new byte[39]);
        assertThat(scan.hash(tree, 16)).isEqualTo(new PieceScan.Changed(b));
        Files.write(b, new byte[41]);
        assertThat(scan.hash(tree, 16)).isEqualTo(new PieceScan.Changed(b));
        Files.write(b, torrent.file(1));
        assertThat(scan.hash(tree, 16)).isEqualTo(new PieceScan.Changed(b));
        Files.delete(b);
        assertThat(scan.hash(tree, 16)).isEqualTo(new PieceScan.Changed(b));
    }

    @Test
    void progressOnlyGoesForwardAndEndsAtTheEnd() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(64 * 1024, Part.file("sample/a", 20_000_000));
        torrent.writeTo(base);

        verify(torrent);

        assertThat(progress).isSorted().endsWith(20_000_000L).hasSizeLessThan(10);
    }

    @Test
    void nothingToHashIsDoneAtOnce() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 0));
        torrent.writeTo(base);

        assertThat(verify(torrent).isAllGood()).isTrue();
    }

    private Verdicts verify(SampleTorrent torrent) throws InterruptedException {
        PieceScan.VerifyResult result = scan(new RealFileStore()).verify(torrent.metainfo(), base);
        assertThat(result).isInstanceOf(PieceScan.Verified.class);
        return ((PieceScan.Verified) result).verdicts();
    }

    private PieceScan scan(FileStore store) {
        return new PieceScan(store, workers, 3, progress::add);
    }

    private static SourceTree list(Path path) {
        SourceTree.Listing listing = SourceTree.list(path, Limits.DEFAULT);
        assertThat(listing).isInstanceOf(SourceTree.Listed.class);
        return ((SourceTree.Listed) listing).tree();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
