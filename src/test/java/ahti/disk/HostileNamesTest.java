package ahti.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Torrents whose names are the worst that strangers think of, put on a real disk. */
class HostileNamesTest {
    private static final List<String> WORST = List.of(
            "",
            ".",
            "..",
            "...",
            "/",
            "\\",
            "/etc/passwd",
            "\\\\server\\share",
            "C:",
            "c:\\x",
            "~",
            "-rf",
            " ",
            "a ",
            "a.",
            "a\u0000b",
            "a\nb",
            "\u001b[2J",
            "\u009b2J",
            "gpj\u202eexe",
            "\u2066x",
            "\ufeff",
            "con",
            "NUL.txt",
            "com1",
            "aux.",
            "a",
            "A",
            "a (2)",
            "caf\u00e9",
            "cafe\u0301",
            "CAFE\u0301",
            "stra\u00dfe",
            "stra\u1e9ee",
            "\u03c3",
            "\u03c2",
            "\u03a3",
            "a\u200d",
            "a\ufe0f",
            "\ud83d\udc68\u200d\ud83d\udc69",
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(300) + ".mkv",
            "\u4e2d".repeat(86),
            "$(touch hacked)",
            "`touch hacked`",
            ";touch hacked",
            ".pad",
            ".ahti-part",
            "*",
            "?",
            "|",
            "\"",
            "'",
            "%2e%2e%2f");

    @TempDir
    Path scratch;

    @Seeds(150)
    void everyFileIsItsOwnAndAllAreInsideTheDirectory(long seed) throws IOException {
        Path base = Files.createDirectories(scratch.resolve("seed-" + seed + "/base"));
        Metainfo metainfo = torrent(new Random(seed));
        FileLayout layout = FileLayout.whole(metainfo, base);
        FileStore store = new RealFileStore();

        for (int file = 0; file < metainfo.files().size(); file++) {
            try (OpenFile open = store.open(layout.place(file), Access.WRITE)) {
                assertThat(open.size()).as("nobody's yet").isZero();
                open.write(0, List.of(ByteBuffer.wrap(new byte[] {(byte) file})));
            }
        }

        for (int file = 0; file < metainfo.files().size(); file++) {
            FilePlace place = layout.place(file);
            assertThat(place.path()).hasBinaryContent(new byte[] {(byte) file});
            assertThat(place.path().toRealPath()).startsWith(base.toRealPath());
            assertThat(metainfo.files().get(file).path()).allSatisfy(HostileNamesTest::isSafe);
        }
        try (Stream<Path> all = Files.list(base.getParent())) {
            assertThat(all).containsExactly(base);
        }
        assertThat(new DataRemoval(store, metainfo, base, Optional.empty()).run())
                .isEmpty();
        assertThat(base).isEmptyDirectory();
    }

    private static void isSafe(String name) {
        assertThat(name.getBytes(UTF_8)).hasSizeBetween(1, 255);
        assertThat(name)
                .isNotIn(".", "..")
                .doesNotContainPattern("[/\\\\\\p{Cc}\\p{Cf}&&[^\u200c\u200d]]")
                .doesNotEndWith(".")
                .doesNotEndWith(" ");
    }

    private static Metainfo torrent(Random random) {
        ListBuilder files = new ListBuilder();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            ListBuilder path = new ListBuilder();
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path.add(name(random));
            }
            files.add(new DictBuilder().put("length", 1).put("path", path));
        }
        DictBuilder info = new DictBuilder()
                .put("name", name(random))
                .put("piece length", 16_384)
                .put("pieces", new byte[20])
                .put("files", files);
        ReadResult result =
                MetainfoReader.read(new DictBuilder().put("info", info).encode(), Limits.DEFAULT);
        Metainfo metainfo = ((ReadResult.Ok) result).metainfo();
        assertThat(metainfo.files()).hasSize(count).allMatch(FileEntry::isFile);
        return metainfo;
    }

    /** One of the worst, or two of them, or bytes that are no text. */
    private static byte[] name(Random random) {
        String one = WORST.get(random.nextInt(WORST.size()));
        return switch (random.nextInt(4)) {
            case 0 -> (one + WORST.get(random.nextInt(WORST.size()))).getBytes(UTF_8);
            case 1 -> {
                byte[] bytes = (one + "xy").getBytes(UTF_8);
                bytes[random.nextInt(bytes.length)] = (byte) (0x80 | random.nextInt(0x80));
                yield bytes;
            }
            default -> one.getBytes(UTF_8);
        };
    }
}
