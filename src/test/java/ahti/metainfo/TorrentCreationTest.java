package ahti.metainfo;

import static ahti.metainfo.Torrents.creation;
import static ahti.metainfo.Torrents.ok;
import static ahti.metainfo.Torrents.pieces;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ahti.core.Limits;
import ahti.core.PieceHashes;
import ahti.metainfo.TorrentCreation.Directory;
import ahti.metainfo.TorrentCreation.SingleFile;
import ahti.metainfo.TorrentCreation.SourceFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TorrentCreationTest {

    @Test
    void writesOneFileWithNothingOptional() {
        byte[] torrent = creation("a", new SingleFile(3), 16_384, "x".repeat(20).getBytes(ISO_8859_1))
                .encode();

        assertThat(new String(torrent, ISO_8859_1))
                .isEqualTo("d4:infod6:lengthi3e4:name1:a12:piece lengthi16384e6:pieces20:xxxxxxxxxxxxxxxxxxxxee");
    }

    @Test
    void isReadBackAsItWasWritten() {
        TorrentCreation creation = new TorrentCreation(
                "caf\u00e9",
                new Directory(List.of(new SourceFile(List.of("a"), 3), new SourceFile(List.of("d", "b"), 0))),
                16_384,
                new PieceHashes(new byte[20]),
                List.of(List.of("http://a/", "udp://b:1"), List.of(), List.of("http://c/")),
                List.of("http://seed/", "http://other/"),
                true,
                Optional.of("hello"),
                Optional.of("there"),
                Optional.of("ahti"),
                Optional.of(Instant.ofEpochSecond(1_700_000_000)));

        Metainfo metainfo = ok(MetainfoReader.read(creation.encode(), Limits.DEFAULT));

        assertThat(metainfo.name()).isEqualTo("caf\u00e9");
        assertThat(metainfo.files())
                .extracting(file -> String.join("/", file.path()) + " " + file.length())
                .containsExactly("caf\u00e9/a 3", "caf\u00e9/d/b 0");
        assertThat(metainfo.trackers()).containsExactly(List.of("http://a/", "udp://b:1"), List.of("http://c/"));
        assertThat(metainfo.webSeeds()).containsExactly("http://seed/", "http://other/");
        assertThat(metainfo.isPrivate()).isTrue();
        assertThat(metainfo.comment()).hasValue("hello");
        assertThat(metainfo.source()).hasValue("there");
        assertThat(metainfo.createdBy()).hasValue("ahti");
        assertThat(metainfo.createdAt()).hasValue(Instant.ofEpochSecond(1_700_000_000));
        assertThat(metainfo.renamings()).isEmpty();
        assertThat(creation.encode()).isEqualTo(creation.encode());
    }

    @Test
    void saysWhichFilesAreExecutableAndWhatIsPadding() {
        TorrentCreation creation = creation(
                "r",
                new Directory(List.of(
                        new SourceFile(List.of("run"), 3, Set.of(FileEntry.Attribute.EXECUTABLE)),
                        SourceFile.padding(16_381),
                        new SourceFile(List.of("b"), 1))),
                16_384,
                new byte[40]);

        assertThat(new String(creation.encode(), ISO_8859_1))
                .contains(
                        "ld4:attr1:x6:lengthi3e4:pathl3:runeed4:attr1:p6:lengthi16381e4:pathl4:.pad5:16381eed6:length");
        List<FileEntry> files =
                ok(MetainfoReader.read(creation.encode(), Limits.DEFAULT)).files();
        assertThat(files.get(0).attributes()).containsExactly(FileEntry.Attribute.EXECUTABLE);
        assertThat(files.get(1).isPad()).isTrue();
        assertThat(files.get(2).offset()).isEqualTo(16_384);
    }

    @Test
    void saysThatTheOnlyFileIsExecutable() {
        SingleFile file = new SingleFile(3, Set.of(FileEntry.Attribute.EXECUTABLE));
        byte[] torrent = creation("run", file, 16_384, new byte[20]).encode();

        assertThat(ok(MetainfoReader.read(torrent, Limits.DEFAULT))
                        .files()
                        .get(0)
                        .attributes())
                .containsExactly(FileEntry.Attribute.EXECUTABLE);
    }

    @Test
    void writesOneTrackerAndOneWebSeedTheSimpleWay() {
        TorrentCreation creation = new TorrentCreation(
                "a",
                new SingleFile(0),
                16_384,
                new PieceHashes(new byte[0]),
                List.of(List.of("http://a/")),
                List.of("http://s/"),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(new String(creation.encode(), ISO_8859_1))
                .startsWith("d8:announce9:http://a/4:infod")
                .endsWith("8:url-list9:http://s/e")
                .doesNotContain("announce-list");
    }

    @Test
    void refusesHashesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> creation("a", new SingleFile(16_385), 16_384, new byte[20]))
                .withMessageContaining("1 piece hashes for 2 pieces");
    }

    @Test
    void hasTheHashThatTheReferenceCreatorGivesTheSameFile() {
        byte[] content = new byte[40_000];
        java.util.Arrays.fill(content, (byte) 3);
        TorrentCreation creation =
                creation("solo.bin", new SingleFile(content.length), 16_384, pieces(content, 16_384));

        Metainfo metainfo = ok(MetainfoReader.read(creation.encode(), Limits.DEFAULT));

        assertThat(metainfo.infoHash().hex()).isEqualTo("6d86df6eef35ae4cf95a2a0a2627e957b34159c7");
    }

    @Test
    void ordersFilesNameByNameAndByteByByte() {
        List<SourceFile> sorted = Stream.of("\ud83d\udc68", "\uff5e", "b", "a.b/x", "a/y", "a/b/c", "a b", "B", "a")
                .map(path -> new SourceFile(List.of(path.split("/")), 1))
                .sorted(SourceFile.BY_PATH)
                .toList();

        assertThat(sorted)
                .extracting(file -> String.join("/", file.path()))
                .containsExactly("B", "a", "a/b/c", "a/y", "a b", "a.b/x", "b", "\uff5e", "\ud83d\udc68");
    }
}
