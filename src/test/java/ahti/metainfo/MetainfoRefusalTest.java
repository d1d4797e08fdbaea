package ahti.metainfo;

import static ahti.metainfo.Torrents.file;
import static ahti.metainfo.Torrents.info;
import static ahti.metainfo.Torrents.ok;
import static ahti.metainfo.Torrents.readInfo;
import static ahti.metainfo.Torrents.singleInfo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile and broken torrents: one line that names the field, and nothing else happens. */
class MetainfoRefusalTest {
    private static final Limits SMALL = new Limits(100_000, 20, 1_000, 1_000_000, 50, 10, 5, 3, 1, 1);

    static Stream<Arguments> badInfo() {
        return Stream.of(
                bad("info.name is missing", new DictBuilder().put("piece length", 1)),
                bad("info.name is an integer, not a string", singleInfo().put("name", 1)),
                bad("info.name has 70000 bytes", singleInfo().put("name", "x".repeat(70_000))),
                bad("info.piece length is missing", new DictBuilder()),
                bad(
                        "info.piece length is 0; 1 to 1000000 are allowed",
                        singleInfo().put("piece length", 0)),
                bad(
                        "info.piece length is -1; 1 to 1000000 are allowed",
                        singleInfo().put("piece length", -1)),
                bad(
                        "info.piece length is 1000001; 1 to 1000000 are allowed",
                        singleInfo().put("piece length", 1_000_001)),
                bad("info.piece length is 4294983680; ", singleInfo().put("piece length", (1L << 32) + 16_384)),
                bad(
                        "info.piece length makes 50000 pieces of 50000 bytes; 50 are allowed",
                        singleInfo().put("piece length", 1)),
                bad(
                        "info.piece length makes 562949953421312 pieces",
                        singleInfo().put("length", Long.MAX_VALUE)),
                bad("info.pieces is a list, not a string", singleInfo().put("pieces", new ListBuilder())),
                bad(
                        "info.pieces has 79 bytes, not a multiple of 20",
                        singleInfo().put("pieces", new byte[79])),
                bad(
                        "info.pieces has 3 hashes, but 50000 bytes make 4 pieces",
                        singleInfo().put("pieces", new byte[60])),
                bad(
                        "info.pieces has 5 hashes, but 50000 bytes make 4 pieces",
                        singleInfo().put("pieces", new byte[100])),
                bad(
                        "info.pieces has 1 hashes, but 0 bytes make 0 pieces",
                        singleInfo().put("length", 0).put("pieces", new byte[20])),
                bad("info.length is -1", singleInfo().put("length", -1)),
                bad("info.length is a string, not an integer", singleInfo().put("length", "5")),
                bad("info.files stands beside info.length", singleInfo().put("files", new ListBuilder())),
                bad(
                        "info.length is missing, and so is info.files",
                        new DictBuilder()
                                .put("name", "x")
                                .put("piece length", 16_384)
                                .put("pieces", "")),
                bad("info.files is a dictionary, not a list", info(0).put("files", new DictBuilder())),
                bad("info.files is empty", info(0)),
                bad("info.files holds a string, not a dictionary", info(0).put("files", new ListBuilder().add("a"))),
                bad("info.files holds more than 10 files", info(0, files(11))),
                bad(
                        "info.files[1].length is missing",
                        info(1, file(1, "a"), new DictBuilder().put("path", new ListBuilder().add("b")))),
                bad("info.files[0].length is -5", info(1, file(-5, "a"))),
                bad(
                        "info.files[1].length brings the total beyond 64 bits",
                        info(1, file(Long.MAX_VALUE, "a"), file(1, "b"))),
                bad("info.files[0].path is missing", info(1, new DictBuilder().put("length", 1))),
                bad(
                        "info.files[0].path is a string, not a list",
                        info(1, new DictBuilder().put("length", 1).put("path", "a"))),
                bad("info.files[0].path is empty", info(1, file(1))),
                bad(
                        "info.files[0].path holds what is not a string",
                        info(
                                1,
                                new DictBuilder()
                                        .put("length", 1)
                                        .put("path", new ListBuilder().add("a").add(1)))),
                bad("info.files[0].path has more than 5 names", info(1, file(1, "a", "b", "c", "d", "e", "f"))),
                bad(
                        "info.files needs more than 2 directories",
                        info(
                                3,
                                file(1, "a", "b", "c", "d", "f"),
                                file(1, "b", "b", "c", "d", "f"),
                                file(1, "c", "b", "c", "d", "f"))),
                bad("info.meta version is 3; 1 and 2 are known", singleInfo().put("meta version", 3)),
                bad(
                        "info.meta version is a string, not an integer",
                        singleInfo().put("meta version", "2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInfo")
    void namesTheFieldThatIsWrong(String describe, DictBuilder info) {
        ReadResult result =
                MetainfoReader.read(new DictBuilder().put("info", info).encode(), SMALL);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ReadResult.Bad.class,
                        bad -> assertThat(bad.describe()).startsWith(describe).matches(".*, at byte [0-9]+"));
    }

    @Test
    void refusesAPathThatNoSystemTakes() {
        String[] deep = Collections.nCopies(50, "x".repeat(100)).toArray(String[]::new);

        ReadResult result = MetainfoReader.read(
                new DictBuilder().put("info", info(1, file(1, deep))).encode(), Limits.DEFAULT);

        assertThat(result)
                .isEqualTo(new ReadResult.Bad("info.files[0].path has 5051 bytes; 3000 are allowed, at byte 34"));
    }

    @Test
    void refusesWhatIsNoTorrent() {
        assertThat(read("le")).isEqualTo(new ReadResult.Bad("the file is a list, not a dictionary"));
        assertThat(read("de")).isEqualTo(new ReadResult.Bad("info is missing, at byte 0"));
        assertThat(read("d4:info1:xe")).isEqualTo(new ReadResult.Bad("info is a string, not a dictionary, at byte 7"));
    }

    @Test
    void refusesWhatIsNotBencode() {
        assertThat(read("")).isEqualTo(new ReadResult.NotBencode("at byte 0: nothing there"));
        assertThat(read("<html>")).isEqualTo(new ReadResult.NotBencode("at byte 0: expected a value, found '<'"));
        assertThat(read("l".repeat(90_000))).isEqualTo(new ReadResult.NotBencode("at byte 20: nested deeper than 20"));
        assertThat(read("d4:infodee<html>"))
                .isEqualTo(new ReadResult.NotBencode("at byte 10: more bytes after the end"));
        assertThat(read("d4:infod6:lengthi1e6:lengthi2eee"))
                .isEqualTo(new ReadResult.NotBencode("at byte 19: the same key again"));
    }

    @Test
    void refusesAFileBeyondTheLimitWithoutParsingIt() {
        assertThat(MetainfoReader.read(new byte[100_001], SMALL))
                .isEqualTo(new ReadResult.Bad("the file has 100001 bytes, more than 100000"));
    }

    @Test
    void refusesATorrentCutAnywhere() {
        byte[] whole = new DictBuilder()
                .put("info", info(2, file(1, "a", "b"), file(1, "c")))
                .put("announce", "http://a/")
                .encode();
        ok(MetainfoReader.read(whole, SMALL));

        for (int length = 0; length < whole.length; length++) {
            assertThat(MetainfoReader.read(Arrays.copyOf(whole, length), SMALL))
                    .isInstanceOf(ReadResult.NotBencode.class);
        }
    }

    @Seeds(2000)
    void answersWhateverTheBytes(long seed) {
        Random random = new Random(seed);
        byte[] torrent = HybridTest.hybrid().encode();
        for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
            torrent[random.nextInt(torrent.length)] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "dlie:-0123456789".charAt(random.nextInt(16));
        }

        ReadResult result = MetainfoReader.read(torrent, SMALL);

        if (result instanceof ReadResult.Bad bad) {
            assertThat(bad.describe()).isNotBlank().doesNotContain("\n");
        } else if (result instanceof ReadResult.NotBencode not) {
            assertThat(not.describe()).startsWith("at byte ");
        }
    }

    @Test
    void theSmallLimitsStillAllowAnOrdinaryTorrent() {
        assertThat(MetainfoReader.read(
                        new DictBuilder().put("info", singleInfo()).encode(), SMALL))
                .isInstanceOf(ReadResult.Ok.class);
        assertThat(readInfo(singleInfo())).isInstanceOf(ReadResult.Ok.class);
    }

    private static DictBuilder[] files(int count) {
        return Stream.generate(() -> file(0, "a")).limit(count).toArray(DictBuilder[]::new);
    }

    private static Arguments bad(String describe, DictBuilder info) {
        return Arguments.of(describe, info);
    }

    private static ReadResult read(String torrent) {
        return MetainfoReader.read(torrent.getBytes(ISO_8859_1), SMALL);
    }
}
