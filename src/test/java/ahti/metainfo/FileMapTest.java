package ahti.metainfo;

import static ahti.metainfo.Torrents.file;
import static ahti.metainfo.Torrents.info;
import static ahti.metainfo.Torrents.ok;
import static ahti.metainfo.Torrents.readInfo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ahti.Seeds;
import ahti.bencode.DictBuilder;
import ahti.core.Bitfield;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileMapTest {
    // Pieces of 16384:  |a a a a P|b b b b b|b c . .      d, e and f are empty
    private final FileMap map = new FileMap(ok(readInfo(info(
            40_000,
            file(0, "d"),
            file(10_000, "a"),
            file(6_384, ".pad", "6384").put("attr", "p"),
            file(0, "e"),
            file(20_000, "b"),
            file(3_616, "c"),
            file(0, "f")))));

    @Test
    void cutsARunOfBytesIntoPartsOfFiles() {
        assertThat(map.slices(0, 40_000))
                .containsExactly(
                        new FileSlice(1, 0, 10_000),
                        new FileSlice(2, 0, 6_384),
                        new FileSlice(4, 0, 20_000),
                        new FileSlice(5, 0, 3_616));
        assertThat(map.slices(9_999, 2)).containsExactly(new FileSlice(1, 9_999, 1), new FileSlice(2, 0, 1));
        assertThat(map.slices(16_384, 1)).containsExactly(new FileSlice(4, 0, 1));
        assertThat(map.slices(39_999, 1)).containsExactly(new FileSlice(5, 3_615, 1));
        assertThat(map.slices(40_000, 0)).isEmpty();
        assertThat(map.slices(5, 0)).isEmpty();
    }

    @Test
    void refusesRunsOutsideTheTorrent() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> map.slices(39_999, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> map.slices(-1, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> map.slices(1, Long.MAX_VALUE));
    }

    @Test
    void knowsThePiecesOfAFile() {
        assertThat(List.of(map.firstPiece(1), map.lastPiece(1))).containsExactly(0, 0);
        assertThat(List.of(map.firstPiece(2), map.lastPiece(2)))
                .as("ends exactly where a piece ends")
                .containsExactly(0, 0);
        assertThat(List.of(map.firstPiece(4), map.lastPiece(4))).containsExactly(1, 2);
        assertThat(List.of(map.firstPiece(5), map.lastPiece(5))).containsExactly(2, 2);
        assertThat(List.of(map.firstPiece(3), map.lastPiece(3))).containsExactly(1, 0);
        assertThat(List.of(map.firstPiece(6), map.lastPiece(6))).containsExactly(2, 1);
    }

    @Test
    void aPieceIsAsUrgentAsTheMostUrgentOfItsFiles() {
        FileSelection bHigh = FileSelection.all().with(4, FilePriority.HIGH);
        assertThat(map.tiers(FileSelection.all(), 0)).isEmpty();
        assertThat(map.tiers(bHigh, 0)).containsExactly(pieces(1, 2));
        assertThat(map.tiers(bHigh.with(1, FilePriority.LOW), 0)).containsExactly(pieces(1, 2), pieces(2));
        assertThat(map.tiers(FileSelection.only(Set.of(1)).with(5, FilePriority.LOW), 0))
                .containsExactly(pieces(0));
        assertThat(map.wanted(FileSelection.all().with(4, FilePriority.OFF))).isEqualTo(pieces(0, 2));
    }

    @Test
    void bothEndsOfWantedFilesComeFirst() {
        assertThat(map.tiers(FileSelection.only(Set.of(4)), 1)).containsExactly(pieces(1, 2));
        assertThat(map.tiers(FileSelection.only(Set.of(1)), 100_000)).containsExactly(pieces(0));
        assertThat(map.tiers(FileSelection.all().with(5, FilePriority.HIGH), 1))
                .containsExactly(pieces(0, 1, 2), pieces(2));
    }

    @Test
    void wantsThePiecesOfTheChosenFiles() {
        assertThat(map.wanted(FileSelection.all())).isEqualTo(Bitfield.all(3));
        assertThat(map.wanted(FileSelection.only(Set.of(1)))).isEqualTo(pieces(0));
        assertThat(map.wanted(FileSelection.only(Set.of(5)))).isEqualTo(pieces(2));
        assertThat(map.wanted(FileSelection.only(Set.of(1, 4)))).isEqualTo(Bitfield.all(3));
        assertThat(map.wanted(FileSelection.only(Set.of(2, 3)))).isEqualTo(Bitfield.none(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> map.wanted(FileSelection.only(Set.of(7))));
    }

    @Test
    void countsTheBytesOfTheChosenFiles() {
        assertThat(map.wantedBytes(FileSelection.all())).isEqualTo(33_616);
        assertThat(map.wantedBytes(FileSelection.only(Set.of(1, 2, 5)))).isEqualTo(13_616);
    }

    @Seeds(200)
    void coversEveryByteOnce(long seed) {
        Random random = new Random(seed);
        long[] lengths = random.longs(1 + random.nextInt(20), 0, 5)
                .map(length -> length * random.nextInt(20_000))
                .toArray();
        long total = java.util.Arrays.stream(lengths).sum();
        FileMap map = new FileMap(ok(readInfo(info(
                total,
                IntStream.range(0, lengths.length)
                        .mapToObj(i -> file(lengths[i], "f" + i))
                        .toArray(DictBuilder[]::new)))));
        long from = total == 0 ? 0 : (long) (random.nextDouble() * total);
        long length = (long) (random.nextDouble() * (total - from));

        List<FileSlice> slices = map.slices(from, length);

        assertThat(slices.stream().mapToLong(FileSlice::length).sum()).isEqualTo(length);
        long at = from;
        for (FileSlice slice : slices) {
            long start = java.util.Arrays.stream(lengths, 0, slice.file()).sum();
            assertThat(start + slice.fileOffset()).isEqualTo(at);
            assertThat(slice.length()).isBetween(1L, lengths[slice.file()] - slice.fileOffset());
            at += slice.length();
        }
    }

    private static Bitfield pieces(int... pieces) {
        ahti.core.PieceSet set = new ahti.core.PieceSet(3);
        Stream.of(pieces).flatMapToInt(IntStream::of).forEach(set::add);
        return set.toBitfield();
    }
}
