package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.config.DiskConfig;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.disk.SampleTorrent.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceFilesTest {
    private static final int MOST_OPEN = 2;

    @TempDir
    Path base;

    private int open;
    private int mostOpen;
    private int opened;

    private final FileStore counting = new WrappedFileStore() {
        @Override
        protected void before(String operation, Path path) throws IOException {
            if (operation.equals("open")) {
                open++;
                opened++;
                mostOpen = Math.max(mostOpen, open);
            }
        }

        @Override
        protected void closed(Path path) {
            open--;
        }
    };

    @Seeds(150)
    void piecesStoredInAnyOrderMakeTheFiles(long seed) throws Exception {
        Random random = new Random(seed);
        SampleTorrent torrent = SampleTorrent.any(random);
        BitSet visible = anyFiles(torrent, random);
        FileLayout layout = new FileLayout(
                torrent.metainfo(), base, visible, PartFile.place(torrent.metainfo(), base, Optional.empty()));
        PieceFiles files = new PieceFiles(
                torrent.metainfo().layout(),
                layout,
                counting,
                new DiskConfig(MOST_OPEN, random.nextBoolean(), 1, true));

        for (int piece : inAnyOrder(torrent.pieces(), random)) {
            files.store(piece, torrent.blocks(piece, random));
        }
        files.force();

        for (int piece : inAnyOrder(torrent.pieces(), random)) {
            assertThat(piece(files, torrent, piece)).isEqualTo(torrent.piece(piece));
        }
        List<BlockRef> blocks = anyBlocks(torrent.metainfo().layout(), random);
        List<ByteString> read = files.read(blocks);
        assertThat(read).hasSameSizeAs(blocks);
        for (int i = 0; i < blocks.size(); i++) {
            assertThat(read.get(i).toArray()).isEqualTo(expected(torrent, blocks.get(i)));
        }
        files.close();
        for (int file = 0; file < torrent.metainfo().files().size(); file++) {
            Path path = torrent.path(base, file);
            if (visible.get(file) && torrent.file(file).length > 0) {
                assertThat(path).hasBinaryContent(torrent.file(file));
            } else {
                assertThat(path).doesNotExist();
            }
        }
        assertThat(mostOpen).isLessThanOrEqualTo(MOST_OPEN);
        assertThat(open).isZero();
        assertThat(Files.exists(layout.place(layout.partSlot()).path())).isEqualTo(layout.needsPart());
    }

    @Test
    void readsBlocksThatLieNextToEachOtherAtOnce() throws Exception {
        List<String> reads = new ArrayList<>();
        FileStore watched = new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("read")) {
                    reads.add(path.getFileName().toString());
                }
            }
        };
        SampleTorrent torrent = SampleTorrent.of(64 * 1024, Part.file("sample/a", 200_000));
        torrent.writeTo(base);
        PieceFiles files = files(torrent, watched);

        List<ByteString> read = files.read(
                List.of(new BlockRef(1, 0, 16384), new BlockRef(1, 16384, 16384), new BlockRef(0, 16384, 16384)));

        assertThat(reads).hasSize(2);
        assertThat(read).extracting(ByteString::length).containsExactly(16384, 16384, 16384);
    }

    @Test
    void whatIsToBeExecutableIsMadeSoAndNothingElse() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.executable("sample/a", 8), Part.file("sample/b", 8));

        files(torrent, counting).store(0, List.of(torrent.bytes()));

        assertThat(torrent.path(base, 0)).isExecutable();
        assertThat(Files.isExecutable(torrent.path(base, 1))).isFalse();
    }

    @Test
    void aFileThatIsMissingOrTooShortCannotBeServed() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 40), Part.file("sample/b", 8));
        torrent.writeTo(base);
        Files.delete(torrent.path(base, 1));
        PieceFiles files = files(torrent, counting);

        assertThat(piece(files, torrent, 1)).isEqualTo(torrent.piece(1));
        Files.write(torrent.path(base, 1), new byte[7]);
        assertThatThrownBy(() -> files.read(List.of(new BlockRef(2, 0, 16))))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("sample/b")
                .hasMessageContaining("shorter than it was");
    }

    @Test
    void servingCompleteFilesNeedsNoPermissionToWrite() throws Exception {
        List<FileStore.Access> accesses = new ArrayList<>();
        FileStore watched = new WrappedFileStore() {
            @Override
            public OpenFile open(FilePlace place, Access access) throws IOException {
                accesses.add(access);
                return super.open(place, access);
            }
        };
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 40));
        torrent.writeTo(base);
        PieceFiles files = files(torrent, watched);

        piece(files, torrent, 0);
        piece(files, torrent, 1);
        files.store(1, torrent.blocks(1));
        piece(files, torrent, 2);

        assertThat(accesses).containsExactly(FileStore.Access.READ, FileStore.Access.WRITE);
    }

    @Test
    void aFileThatIsTooLongIsCutWhenItIsWritten() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 40));
        Files.createDirectories(base.resolve("sample"));
        Files.write(torrent.path(base, 0), new byte[100]);
        PieceFiles files = files(torrent, counting);

        for (int piece = 0; piece < 3; piece++) {
            files.store(piece, torrent.blocks(piece));
        }

        assertThat(torrent.path(base, 0)).hasBinaryContent(torrent.content());
    }

    @Test
    void afterAFaultTheFileIsOpenedAnew() throws Exception {
        FileStore failingOnce = new WrappedFileStore() {
            private int writes;

            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("write") && writes++ == 1) {
                    throw new IOException("Input/output error");
                }
                if (operation.equals("open")) {
                    opened++;
                }
            }
        };
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 40));
        PieceFiles files = files(torrent, failingOnce);

        files.store(0, torrent.blocks(0));
        assertThatThrownBy(() -> files.store(1, torrent.blocks(1)))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("Input/output error");
        files.store(1, torrent.blocks(1));

        assertThat(opened).isEqualTo(2);
        assertThat(piece(files, torrent, 1)).isEqualTo(torrent.piece(1));
    }

    @Test
    void withFewerHandlesThanConfiguredItGoesOnWithThoseThereAre() throws Exception {
        FileStore scarce = new WrappedFileStore() {
            private int held;

            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("open") && ++held > 2) {
                    held--;
                    throw new java.nio.file.FileSystemException(path.toString(), null, "Too many open files");
                }
            }

            @Override
            protected void closed(Path path) {
                held--;
            }
        };
        Part[] parts = IntStream.range(0, 10)
                .mapToObj(i -> Part.file("sample/" + i, 20))
                .toArray(Part[]::new);
        SampleTorrent torrent = SampleTorrent.of(16, parts);
        PieceFiles files = new PieceFiles(
                torrent.metainfo().layout(),
                FileLayout.whole(torrent.metainfo(), base),
                scarce,
                new DiskConfig(64, false, 1, true));

        for (int piece = 0; piece < torrent.pieces(); piece++) {
            files.store(piece, torrent.blocks(piece));
        }
        files.force();

        for (int file = 0; file < 10; file++) {
            assertThat(torrent.path(base, file)).hasBinaryContent(torrent.file(file));
        }
    }

    @Test
    void aFileTakenAwayIsNotMadeAgainByForcingIt() throws Exception {
        SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 16), Part.file("sample/b", 16));
        PieceFiles files = new PieceFiles(
                torrent.metainfo().layout(),
                FileLayout.whole(torrent.metainfo(), base),
                counting,
                new DiskConfig(1, false, 1, true));
        files.store(0, torrent.blocks(0));
        files.store(1, torrent.blocks(1));
        Files.delete(torrent.path(base, 0));

        files.force();

        assertThat(torrent.path(base, 0)).doesNotExist();
    }

    private PieceFiles files(SampleTorrent torrent, FileStore store) {
        FileLayout layout = FileLayout.whole(torrent.metainfo(), base);
        return new PieceFiles(torrent.metainfo().layout(), layout, store, new DiskConfig(MOST_OPEN, false, 1, true));
    }

    private static BitSet anyFiles(SampleTorrent torrent, Random random) {
        BitSet files = new BitSet();
        int share = 1 + random.nextInt(4);
        for (int i = 0; i < torrent.metainfo().files().size(); i++) {
            files.set(i, !torrent.metainfo().files().get(i).isPad() && random.nextInt(4) < share);
        }
        return files;
    }

    private static List<Integer> inAnyOrder(int pieces, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, pieces).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    private static List<BlockRef> anyBlocks(PieceLayout pieces, Random random) {
        return Stream.generate(() -> random.nextInt(Math.max(1, pieces.pieces())))
                .limit(pieces.pieces() == 0 ? 0 : 10)
                .flatMap(piece -> {
                    int cut = random.nextInt(pieces.length(piece) + 1);
                    return Stream.of(new int[] {0, cut}, new int[] {cut, pieces.length(piece) - cut})
                            .filter(run -> run[1] > 0)
                            .map(run -> new BlockRef(piece, run[0], run[1]));
                })
                .toList();
    }

    private static byte[] expected(SampleTorrent torrent, BlockRef block) {
        return Arrays.copyOfRange(torrent.piece(block.piece()), block.offset(), block.offset() + block.length());
    }

    private static byte[] joined(List<ByteString> blocks) {
        return blocks.stream()
                .reduce(ByteString.emptyByteString(), ByteString::concat)
                .toArray();
    }

    private static byte[] piece(PieceFiles files, SampleTorrent torrent, int piece) throws DiskException {
        int length = torrent.metainfo().layout().length(piece);
        return joined(files.read(List.of(new BlockRef(piece, 0, length))));
    }
}
