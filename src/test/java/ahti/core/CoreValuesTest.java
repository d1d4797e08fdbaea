package ahti.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreValuesTest {

    @Seeds(100)
    void aBitfieldReadsBackFromItsWireForm(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(300);
        PieceSet set = new PieceSet(size);
        TreeSet<Integer> model = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            int piece = random.nextInt(size);
            boolean adding = random.nextInt(3) > 0;
            assertThat(adding ? set.add(piece) : set.remove(piece))
                    .isEqualTo(adding ? model.add(piece) : model.remove(piece));
        }

        Bitfield bitfield = set.toBitfield();
        assertThat(Bitfield.fromWire(bitfield.toWire(), size)).isEqualTo(bitfield);
        assertThat(bitfield.count()).isEqualTo(model.size());
        for (int from = 0; from < size; from++) {
            assertThat(set.nextSet(from)).isEqualTo(model.ceiling(from) == null ? -1 : model.ceiling(from));
            assertThat(bitfield.get(from)).isEqualTo(model.contains(from));
        }
    }

    @Test
    void theHighBitOfTheFirstByteIsPieceZero() {
        PieceSet set = new PieceSet(10);
        set.add(0);
        set.add(9);

        assertThat(Hex.of(set.toBitfield().toWire())).isEqualTo("8040");
        assertThat(Bitfield.isLawful(Hex.parse("8040"), 10)).isTrue();
        assertThat(Bitfield.isLawful(Hex.parse("8060"), 10)).isFalse();
        assertThat(Bitfield.isLawful(Hex.parse("80"), 10)).isFalse();
    }

    @Test
    void theLastPieceAndItsLastBlockAreShorter() {
        PieceLayout layout = new PieceLayout(100_000, 65_536);

        assertThat(layout.pieces()).isEqualTo(2);
        assertThat(layout.length(1)).isEqualTo(34_464);
        assertThat(layout.blocks(1)).isEqualTo(3);
        assertThat(layout.block(1, 2)).isEqualTo(new BlockRef(1, 32_768, 1_696));
        assertThat(layout.contains(1, 32_768, 1_697)).isFalse();
        assertThat(layout.contains(1, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
        assertThat(layout.isBlock(new BlockRef(1, 32_768, 1_695))).isFalse();
        assertThat(new PieceLayout(0, 16_384).pieces()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "16K, 16384", "16KiB, 16384", "1.5m, 1572864", "2G, 2147483648", "7 B, 7"})
    void readsSizes(String text, long bytes) {
        assertThat(ByteCount.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"''", "K", "-1", "1Q", "ten", "1e40"})
    void refusesWhatIsNoSizeAndSaysHowToWriteOne(String text) {
        assertThatThrownBy(() -> ByteCount.parse(text)).hasMessageContaining("is not a size: write");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1048575, 1.0 MiB", "702545920, 670.0 MiB"})
    void writesSizesWithAUnit(long bytes, String text) {
        assertThat(new ByteCount(bytes)).hasToString(text);
    }

    @Test
    void aRateIsTheAverageOfTheLastSeconds() {
        RateMeter meter = new RateMeter(0);
        for (int second = 1; second <= 20; second++) {
            meter.add(1_000, TimeUnit.SECONDS.toNanos(second));
        }

        assertThat(meter.perSecond(TimeUnit.SECONDS.toNanos(20))).isBetween(1_000L, 1_200L);
        assertThat(meter.perSecond(TimeUnit.SECONDS.toNanos(30))).isZero();
        assertThat(meter.total()).isEqualTo(20_000);
    }

    @Test
    void textOfStrangersLosesWhatAScreenWouldObey() {
        assertThat(Text.clean("a\u001b[2Jb\u202ec\r\nd", 100)).isEqualTo("a?[2Jb?c??d");
        assertThat(Text.clean("grüße 日本", 7)).isEqualTo("grüße 日");
    }

    @Test
    void aPeerIdOfOursHasPrefixAndTwelveRandomLetters() {
        PeerId id = PeerId.random(new Random(1));

        assertThat(id.toString()).startsWith("-AH0100-").hasSize(20);
        assertThat(PeerId.of(new byte[20])).hasToString(".".repeat(20));
    }
}
