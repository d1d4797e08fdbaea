package ahti.metainfo;

import static ahti.metainfo.Torrents.file;
import static ahti.metainfo.Torrents.info;
import static ahti.metainfo.Torrents.ok;
import static ahti.metainfo.Torrents.read;
import static ahti.metainfo.Torrents.readInfo;
import static ahti.metainfo.Torrents.singleInfo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import ahti.core.PieceLayout;
import ahti.metainfo.FileEntry.Attribute;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetainfoReaderTest {

    @Test
    void readsASingleFile() {
        Metainfo metainfo = ok(readInfo(singleInfo().put("private", 1).put("source", "there")));

        assertThat(metainfo.protocol()).isEqualTo(Metainfo.Protocol.V1);
        assertThat(metainfo.name()).isEqualTo("solo.bin");
        assertThat(metainfo.layout()).isEqualTo(new PieceLayout(50_000, 16_384));
        assertThat(metainfo.files()).containsExactly(new FileEntry(List.of("solo.bin"), 0, 50_000, Set.of()));
        assertThat(metainfo.isPrivate()).isTrue();
        assertThat(metainfo.source()).hasValue("there");
        assertThat(metainfo.contentLength()).isEqualTo(50_000);
        assertThat(metainfo.renamings()).isEmpty();
    }

    @Test
    void readsManyFilesWithPaddingAndAttributes() {
        Metainfo metainfo = ok(readInfo(info(
                32_768 + 7,
                file(100, "d", "a").put("attr", "xhz"),
                file(16_284, ".pad", "16284").put("attr", "p"),
                file(0, "empty"),
                file(16_384, "b"),
                new DictBuilder().put("length", 7).put("attr", "p"),
                new DictBuilder()
                        .put("attr", "l")
                        .put("path", new ListBuilder().add("link"))
                        .put("symlink path", new ListBuilder().addAll(List.of("d", "a"))))));

        assertThat(metainfo.files())
                .containsExactly(
                        new FileEntry(List.of("t", "d", "a"), 0, 100, Set.of(Attribute.EXECUTABLE, Attribute.HIDDEN)),
                        new FileEntry(List.of("t", ".pad", "16284"), 100, 16_284, Set.of(Attribute.PAD)),
                        new FileEntry(List.of("t", "empty"), 16_384, 0, Set.of()),
                        new FileEntry(List.of("t", "b"), 16_384, 16_384, Set.of()),
                        new FileEntry(List.of("t", ".pad", "7"), 32_768, 7, Set.of(Attribute.PAD)),
                        new FileEntry(
                                List.of("t", "link"),
                                32_775,
                                0,
                                Set.of(Attribute.SYMLINK),
                                List.of("t", "link"),
                                List.of("t", "d", "a")));
        assertThat(metainfo.contentLength()).isEqualTo(16_484);
        assertThat(metainfo.layout().pieces()).isEqualTo(3);
    }

    @Test
    void readsTorrentsOfNothing() {
        Metainfo single = ok(readInfo(singleInfo().put("length", 0).put("pieces", "")));
        Metainfo several = ok(readInfo(info(0, file(0, "a"), file(0, "b"))));

        assertThat(single.layout().pieces()).isZero();
        assertThat(several.layout().pieces()).isZero();
        assertThat(several.files()).hasSize(2);
    }

    @Test
    void hashesTheInfoDictionaryAsItStandsInTheFile() {
        // Keys out of order, as some programs write them: encoded again it would be another torrent.
        String info = "d6:lengthi3e4:name1:a6:pieces20:aaaaaaaaaaaaaaaaaaaa12:piece lengthi16384e1:xi1ee";
        byte[] torrent = ("d4:info" + info + "e\n").getBytes(ISO_8859_1);

        Metainfo metainfo = ok(MetainfoReader.read(torrent, Limits.DEFAULT));

        assertThat(metainfo.infoHash().hex())
                .isEqualTo(ahti.core.Hex.of(Torrents.sha("SHA-1", info.getBytes(ISO_8859_1))));
    }

    @Test
    void readsWhatStandsAroundTheInfoDictionary() {
        Metainfo metainfo = ok(read(new DictBuilder()
                .put("info", singleInfo())
                .put("announce", "http://a/announce")
                .put("comment", "two\nlines")
                .put("created by", "me\u001b[31m")
                .put("creation date", 1_700_000_000)
                .put("url-list", "http://seed/")
                .put(
                        "nodes",
                        new ListBuilder()
                                .add(new ListBuilder().add("router").add(6881))
                                .add(new ListBuilder().add("::1").add(1))
                                .add(new ListBuilder().add("bad\nhost").add(1))
                                .add(new ListBuilder().add("far").add(65_536))
                                .add(new ListBuilder())
                                .add(1))));

        assertThat(metainfo.trackers()).containsExactly(List.of("http://a/announce"));
        assertThat(metainfo.comment()).hasValue("two lines");
        assertThat(metainfo.createdBy()).hasValue("me?[31m");
        assertThat(metainfo.createdAt()).hasValue(Instant.ofEpochSecond(1_700_000_000));
        assertThat(metainfo.webSeeds()).containsExactly("http://seed/");
        assertThat(metainfo.nodes()).containsExactly("router:6881", "[::1]:1");
    }

    @Test
    void prefersTheListOfTrackersAndCleansIt() {
        ListBuilder tiers = new ListBuilder()
                .add(new ListBuilder())
                .add(new ListBuilder()
                        .add(" udp://b:1 ")
                        .add("")
                        .add("http://c/")
                        .add(7))
                .add("http://not-in-a-tier/")
                .add(new ListBuilder().add("udp://b:1").add("http://d/\nHost: x"))
                .add(new ListBuilder().add("http://e/"));

        Metainfo metainfo = ok(read(new DictBuilder()
                .put("info", singleInfo())
                .put("announce", "http://a/")
                .put("announce-list", tiers)));

        assertThat(metainfo.trackers()).containsExactly(List.of("udp://b:1", "http://c/"), List.of("http://e/"));
    }

    @Test
    void usesTheOneTrackerWhenTheListHoldsNone() {
        Metainfo metainfo = ok(read(new DictBuilder()
                .put("info", singleInfo())
                .put("announce", "http://a/")
                .put("announce-list", new ListBuilder().add(new ListBuilder().add("")))));

        assertThat(metainfo.trackers()).containsExactly(List.of("http://a/"));
    }

    @Test
    void takesOnlySoManyTrackersAndWebSeeds() {
        ListBuilder urls = new ListBuilder();
        for (int i = 0; i < 3_000; i++) {
            urls.add("http://" + i + "/");
        }

        Metainfo metainfo = ok(read(new DictBuilder()
                .put("info", singleInfo())
                .put("announce-list", new ListBuilder().add(urls))
                .put("url-list", urls)));

        assertThat(metainfo.trackers().get(0)).hasSize(1_000);
        assertThat(metainfo.webSeeds()).hasSize(1_000);
    }

    @Test
    void leavesOutWhatIsWrongAroundTheInfoDictionary() {
        Metainfo metainfo = ok(read(new DictBuilder()
                .put("info", singleInfo().put("private", "1"))
                .put("announce", 1)
                .put("announce-list", "x")
                .put("private", 1)
                .put("creation date", Long.MAX_VALUE)
                .put("comment", 1)
                .put("url-list", 1)
                .put("nodes", "x")));

        assertThat(metainfo.trackers()).isEmpty();
        assertThat(metainfo.isPrivate()).isFalse();
        assertThat(metainfo.createdAt()).isEmpty();
        assertThat(metainfo.comment()).isEmpty();
        assertThat(metainfo.webSeeds()).isEmpty();
        assertThat(metainfo.nodes()).isEmpty();
    }

    @Test
    void isPrivateOnlyByTheIntegerOne() {
        assertThat(ok(readInfo(singleInfo().put("private", 0))).isPrivate()).isFalse();
        assertThat(ok(readInfo(singleInfo().put("private", 2))).isPrivate()).isFalse();
    }

    @Test
    void prefersNamesThatSayTheyAreUtf8AndAre() {
        byte[] latin = {'c', 'a', 'f', (byte) 0xe9};
        DictBuilder good = new DictBuilder()
                .put("length", 1)
                .put("path", new ListBuilder().add(latin))
                .put("path.utf-8", new ListBuilder().add("caf\u00e9"));
        DictBuilder bad = new DictBuilder()
                .put("length", 1)
                .put("path", new ListBuilder().add("plain"))
                .put("path.utf-8", new ListBuilder().add(latin));

        Metainfo metainfo = ok(readInfo(info(2, good, bad).put("name", latin).put("name.utf-8", "caf\u00e9")));

        assertThat(metainfo.name()).isEqualTo("caf\u00e9");
        assertThat(metainfo.files())
                .extracting(FileEntry::path)
                .containsExactly(List.of("caf\u00e9", "caf\u00e9"), List.of("caf\u00e9", "plain"));
    }

    @Test
    void makesNamesSafeAndSaysSo() {
        byte[] latin = {'c', 'a', 'f', (byte) 0xe9};
        Metainfo metainfo = ok(readInfo(info(
                        5,
                        file(1, "..", "..", "etc", "passwd"),
                        file(1, "a"),
                        file(1, "A"),
                        file(1, "x\u0000y"),
                        new DictBuilder().put("length", 1).put("path", new ListBuilder().add(latin)))
                .put("name", "/abs")));

        assertThat(metainfo.name()).isEqualTo("_abs");
        assertThat(metainfo.files())
                .extracting(file -> String.join("/", file.path()))
                .containsExactly("_abs/_/_/etc/passwd", "_abs/a", "_abs/A (2)", "_abs/x_y", "_abs/caf_");
        assertThat(metainfo.renamings())
                .extracting(Renaming::theirs)
                .containsExactly("/abs", "..", "../..", "A", "x?y", "caf\uFFFD");
    }

    @Test
    void readsHalfAMillionFiles() {
        byte[] file = file(1, "123").encode();
        ByteArrayOutputStream torrent = new ByteArrayOutputStream();
        torrent.writeBytes("d4:infod5:filesl".getBytes(ISO_8859_1));
        for (int i = 0; i < 500_000; i++) {
            torrent.write(file, 0, file.length);
        }
        torrent.writeBytes("e4:name1:t12:piece lengthi1000000e6:pieces20:aaaaaaaaaaaaaaaaaaaaee".getBytes(ISO_8859_1));

        Metainfo metainfo = ok(MetainfoReader.read(torrent.toByteArray(), Limits.DEFAULT));

        assertThat(metainfo.files()).hasSize(500_000);
        assertThat(metainfo.files().get(499_999).path()).containsExactly("t", "123 (500000)");
        assertThat(metainfo.renamings()).hasSize(SafeNames.MOST_RENAMINGS + 1);
    }
}
