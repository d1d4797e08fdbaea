package ahti.metainfo;

import static ahti.metainfo.Torrents.file;
import static ahti.metainfo.Torrents.ok;
import static ahti.metainfo.Torrents.pieces;
import static ahti.metainfo.Torrents.readInfo;
import static ahti.metainfo.Torrents.sha;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.bencode.Bencoded;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Hex;
import ahti.core.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BEP 52: hybrids against the reference creator's hashes, and torrents for v2 alone. */
class HybridTest {
    private static final byte[] A = filled(50_000, 1);
    private static final byte[] B = filled(100, 2);

    @Test
    void readsTheReferenceHybridOfOneFile() {
        byte[] content = filled(40_000, 3);
        DictBuilder info = new DictBuilder()
                .put("file tree", new DictBuilder().put("solo.bin", leaf(content)))
                .put("length", content.length)
                .put("meta version", 2)
                .put("name", "solo.bin")
                .put("piece length", 16_384)
                .put("pieces", pieces(content, 16_384));

        Metainfo metainfo = ok(readInfo(info));

        assertThat(Hex.of(root(content))).isEqualTo("cfa70bfed43c7be7a7fa0b328e451b5e5115929e6f932b84d1009790baa96419");
        assertThat(metainfo.protocol()).isEqualTo(Metainfo.Protocol.HYBRID);
        assertThat(metainfo.infoHash().hex()).isEqualTo("ad422c180f63bd3cd4fe69340e6b3aecbe27af57");
        assertThat(metainfo.infoHashV2().orElseThrow().hex())
                .isEqualTo("1c3336d2caace1680bd351a3c56e76ff9a1bbda46adf9500660285ff676a7452");
        assertThat(metainfo.files()).hasSize(1);
    }

    @Test
    void readsTheReferenceHybridOfADirectory() {
        Metainfo metainfo = ok(readInfo(hybridInfo()));

        assertThat(metainfo.infoHash().hex()).isEqualTo("27df1fa0cb1df1a5a7099a5bb05115d56392c536");
        assertThat(metainfo.infoHashV2().orElseThrow().hex())
                .isEqualTo("3699ef526aecb5b33de93a94cccec11f68469483f12635447e4746b684aa5bb0");
        assertThat(metainfo.files()).hasSize(5);
        assertThat(metainfo.contentLength()).isEqualTo(50_100);
    }

    static Stream<Arguments> disagreements() {
        DictBuilder empty = new DictBuilder().put("", new DictBuilder().put("length", 0));
        return Stream.of(
                Arguments.of("info.file tree is missing", hybridInfo().put("file tree", 1), "is an integer"),
                Arguments.of(
                        "a file more",
                        hybridInfo().put("file tree", tree().put("d", empty)),
                        "info.file tree has more files"),
                Arguments.of(
                        "a file less",
                        hybridInfo().put("file tree", new DictBuilder().put("a.bin", leaf(A))),
                        "info.file tree has fewer files"),
                Arguments.of(
                        "another name",
                        hybridInfo()
                                .put(
                                        "file tree",
                                        new DictBuilder()
                                                .put("a.bin", leaf(A))
                                                .put("B.bin", leaf(B))
                                                .put("c", empty)),
                        "info.files[0].path is not what"),
                Arguments.of(
                        "another length",
                        hybridInfo().put("file tree", tree().put("b.bin", leaf(A))),
                        "info.files[2].length is not what"),
                Arguments.of(
                        "no padding",
                        hybridInfo()
                                .put(
                                        "files",
                                        new ListBuilder()
                                                .add(file(50_000, "a.bin"))
                                                .add(file(100, "b.bin"))
                                                .add(file(0, "c"))),
                        "info.files[1].length is of a file that does not begin a piece"),
                Arguments.of(
                        "an odd piece length",
                        hybridInfo().put("piece length", 40_000),
                        "info.piece length is 40000, not a power of two"),
                Arguments.of(
                        "no root",
                        hybridInfo()
                                .put(
                                        "file tree",
                                        tree().put(
                                                        "a.bin",
                                                        new DictBuilder()
                                                                .put("", new DictBuilder().put("length", 50_000)))),
                        "info.file tree holds a file without a pieces root"),
                Arguments.of(
                        "no length",
                        hybridInfo()
                                .put("file tree", tree().put("a.bin", new DictBuilder().put("", new DictBuilder()))),
                        "info.file tree holds a file without a length"),
                Arguments.of(
                        "a file at the root",
                        hybridInfo().put("file tree", new DictBuilder().put("", new DictBuilder().put("length", 0))),
                        "info.file tree is itself a file"),
                Arguments.of(
                        "a file with children",
                        hybridInfo().put("file tree", tree().put("a.bin", leaf(A).put("x", empty))),
                        "info.file tree holds a file that is also a directory"),
                Arguments.of(
                        "no dictionary",
                        hybridInfo().put("file tree", new DictBuilder().put("a", "b")),
                        "info.file tree holds a string"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disagreements")
    void refusesAHybridWhosePartsDisagree(String what, DictBuilder info, String describe) {
        assertThat(readInfo(info))
                .isInstanceOfSatisfying(
                        ReadResult.Bad.class,
                        bad -> assertThat(bad.describe()).contains(describe).contains("at byte"));
    }

    @Test
    void tellsWhatCanBeKnownOfATorrentForV2Alone() {
        DictBuilder info = new DictBuilder()
                .put("file tree", tree().put("d", new DictBuilder().put("E\u0001", leaf(B))))
                .put("meta version", 2)
                .put("name", "t")
                .put("private", 1)
                .put("piece length", 32_768);
        DictBuilder torrent =
                new DictBuilder().put("info", info).put("announce", "http://a/").put("comment", "hi");

        ReadResult result = Torrents.read(torrent);

        assertThat(result).isInstanceOfSatisfying(ReadResult.V2Only.class, only -> {
            V2Summary summary = only.summary();
            assertThat(summary.infoHashV2().hex()).isEqualTo(Hex.of(sha("SHA-256", info.encode())));
            assertThat(summary.files())
                    .extracting(file -> String.join("/", file.path()) + " " + file.offset() + "+" + file.length())
                    .containsExactly("t/a.bin 0+50000", "t/b.bin 65536+100", "t/c.bin 98304+0", "t/d/E_ 98304+100");
            assertThat(summary.pieces()).isEqualTo(4);
            assertThat(summary.pieceLength()).isEqualTo(32_768);
            assertThat(summary.contentLength()).isEqualTo(50_200);
            assertThat(summary.isPrivate()).isTrue();
            assertThat(summary.trackers()).containsExactly(List.of("http://a/"));
            assertThat(summary.comment()).hasValue("hi");
            assertThat(summary.renamings()).hasSize(1);
        });
    }

    @Test
    void knowsASingleFileOfV2ByItsName() {
        DictBuilder info = new DictBuilder()
                .put("file tree", new DictBuilder().put("one", leaf(B)))
                .put("meta version", 2)
                .put("piece length", 16_384);

        assertThat(paths(readInfo(info.put("name", "one")))).containsExactly(List.of("one"));
        assertThat(paths(readInfo(info.put("name", "two")))).containsExactly(List.of("two", "one"));
    }

    @Test
    void refusesATreeWhosePathsAreFarLargerThanItsBytes() {
        DictBuilder tree = new DictBuilder();
        for (int i = 0; i < 100_000; i++) {
            tree.put(Integer.toString(i), new DictBuilder().put("", new DictBuilder().put("length", 0)));
        }
        for (int depth = 0; depth < 90; depth++) {
            tree = new DictBuilder().put("a", tree);
        }
        Limits limits = new Limits(10_000_000, 100, 1_000_000, 1 << 20, 1_000, 100_000, 100, 1, 1, 1);

        ReadResult result = MetainfoReader.read(
                new DictBuilder()
                        .put(
                                "info",
                                new DictBuilder()
                                        .put("file tree", tree)
                                        .put("meta version", 2)
                                        .put("name", "t")
                                        .put("piece length", 16_384))
                        .encode(),
                limits);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ReadResult.Bad.class,
                        bad -> assertThat(bad.describe())
                                .startsWith("info.file tree holds paths of more than 1000000 names, at byte"));
    }

    private static List<List<String>> paths(ReadResult result) {
        return ((ReadResult.V2Only) result)
                .summary().files().stream().map(FileEntry::path).toList();
    }

    /** The reference directory, as a whole torrent. */
    static DictBuilder hybrid() {
        return new DictBuilder().put("announce", "http://a/").put("info", hybridInfo());
    }

    private static DictBuilder hybridInfo() {
        byte[] all = new byte[32_768 * 3];
        System.arraycopy(A, 0, all, 0, A.length);
        System.arraycopy(B, 0, all, 65_536, B.length);
        ListBuilder files = new ListBuilder()
                .add(file(50_000, "a.bin"))
                .add(pad(15_536))
                .add(file(100, "b.bin"))
                .add(pad(32_668))
                .add(file(0, "c.bin"));
        return new DictBuilder()
                .put("file tree", tree())
                .put("files", files)
                .put("meta version", 2)
                .put("name", "t")
                .put("piece length", 32_768)
                .put("pieces", pieces(all, 32_768));
    }

    private static DictBuilder tree() {
        return new DictBuilder()
                .put("a.bin", leaf(A))
                .put("b.bin", leaf(B))
                .put("c.bin", new DictBuilder().put("", new DictBuilder().put("length", 0)));
    }

    private static Bencoded pad(int length) {
        return file(length, ".pad", Integer.toString(length)).put("attr", "p");
    }

    private static DictBuilder leaf(byte[] content) {
        return new DictBuilder()
                .put("", new DictBuilder().put("length", content.length).put("pieces root", root(content)));
    }

    /** The root of BEP 52's tree over blocks of 16 KiB; missing leaves are zeros. */
    private static byte[] root(byte[] content) {
        int blocks = (content.length + 16_383) / 16_384;
        int width = Integer.highestOneBit(Math.max(1, 2 * blocks - 1));
        byte[][] row = new byte[width][32];
        for (int i = 0; i < blocks; i++) {
            row[i] =
                    sha("SHA-256", Arrays.copyOfRange(content, i * 16_384, Math.min(content.length, (i + 1) * 16_384)));
        }
        while (row.length > 1) {
            byte[][] above = new byte[row.length / 2][];
            for (int i = 0; i < above.length; i++) {
                above[i] = sha("SHA-256", row[2 * i], row[2 * i + 1]);
            }
            row = above;
        }
        return row[0];
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
