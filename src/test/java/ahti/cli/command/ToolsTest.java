package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.core.Limits;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code create}, {@code info} and {@code verify} on real files, with nothing else: no engine, no actor system. */
class ToolsTest {
    @TempDir
    Path cwd;

    private World world;

    @BeforeEach
    void someFiles() throws IOException {
        world = new World(cwd);
        Files.createDirectories(cwd.resolve("album/cd1"));
        Files.write(cwd.resolve("album/cd1/a.flac"), new byte[40_000]);
        Files.write(cwd.resolve("album/b.txt"), "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.write(cwd.resolve("album/empty"), new byte[0]);
    }

    @Test
    void createsATorrentThatInfoDescribes() {
        assertThat(world.run(
                        "create",
                        "album",
                        "-t",
                        "http://a.example/announce,udp://b.example:1",
                        "-t",
                        "http://c.example"))
                .isZero();
        assertThat(world.out()).isEqualTo(cwd.resolve("album.torrent") + "\n");
        assertThat(world.err()).isEmpty();

        World info = new World(cwd);
        assertThat(info.run("info", "album.torrent")).isZero();
        assertThat(info.out()).startsWith("name          album\ninfo hash v1  ").endsWith("""
                protocol      v1
                size          39.1 KiB (40005 bytes)
                pieces        3 of 16.0 KiB
                tracker 1     http://a.example/announce  udp://b.example:1
                tracker 2     http://c.example
                created by    Ahti/development
                created       2026-01-02T12:00:00Z
                files         3
                  album/
                    b.txt  5 B
                    cd1/
                      a.flac  39.1 KiB
                    empty  0 B
                """);
    }

    /** What is made with padding is verified by the way that downloads take: padding lies in no file there. */
    @Test
    void alignedFilesBeginWithPieces() throws IOException {
        world.run("create", "album", "--align", "--piece-size", "16K");
        assertThat(new World(cwd).run("verify", "album.torrent")).isZero();

        Metainfo metainfo = ((ReadResult.Ok)
                        MetainfoReader.read(Files.readAllBytes(cwd.resolve("album.torrent")), Limits.DEFAULT))
                .metainfo();
        assertThat(metainfo.files()).filteredOn(file -> !file.isPad()).allMatch(file -> file.offset() % 16_384 == 0);
        assertThat(metainfo.files()).anyMatch(FileEntry::isPad);
    }

    @Test
    void printsTheMagnetLinkOfATorrent() {
        world.run("create", "album", "-t", "http://a.example/announce", "--no-date", "--no-creator");

        World info = new World(cwd);
        assertThat(info.run("info", "--magnet", "album.torrent")).isZero();
        assertThat(info.out())
                .matches("magnet:\\?xt=urn:btih:[0-9a-f]{40}&dn=album&tr=http%3A%2F%2Fa.example%2Fannounce\n");
        assertThat(new World(cwd).run("info", "album.torrent", "-o", "other.torrent"))
                .isEqualTo(28);
    }

    @Test
    void describesATorrentToPrograms() {
        world.run("create", "album", "--no-date", "--no-creator", "--private", "--comment", "a \"b\"", "--json");

        World info = new World(cwd);
        assertThat(info.run("info", "--json", "album.torrent")).isZero();
        String hash = info.out().replaceAll("(?s).*\"infoHashV1\":\"([0-9a-f]{40})\".*", "$1");
        String object = "{\"name\":\"album\",\"protocol\":\"v1\",\"infoHashV1\":\"" + hash
                + "\",\"infoHashV2\":null,\"pieceLength\":16384,\"pieces\":3,\"size\":40005,\"private\":true,"
                + "\"files\":[{\"path\":\"album/b.txt\",\"length\":5},{\"path\":\"album/cd1/a.flac\",\"length\":40000},"
                + "{\"path\":\"album/empty\",\"length\":0}],\"trackers\":[],\"webSeeds\":[],\"comment\":\"a \\\"b\\\"\","
                + "\"createdBy\":null,\"createdAt\":null";
        assertThat(info.out()).isEqualTo(object + "}\n");
        assertThat(world.out()).isEqualTo(object + ",\"path\":\"" + cwd.resolve("album.torrent") + "\"}\n");
    }

    @Test
    void createsTheSameBytesTwiceAndNeverOverwrites() {
        World first = new World(cwd);
        World second = new World(cwd);
        assertThat(first.run("create", "album", "-o", "-", "--no-date")).isZero();
        assertThat(second.run("create", "album", "-o", "-", "--no-date")).isZero();
        assertThat(second.outBytes()).isEqualTo(first.outBytes());

        assertThat(world.run("create", "album", "-o", "x.torrent")).isZero();
        assertThat(world.run("create", "album", "-o", "x.torrent")).isEqualTo(13);
        assertThat(world.err()).contains("x.torrent is there already").contains("--force");
        assertThat(world.run("create", "album", "-o", "x.torrent", "--force")).isZero();
        assertThat(new World(cwd).stdin(first.outBytes()).run("info", "-")).isZero();
    }

    @Test
    void refusesToCreateFromNothing() throws IOException {
        Files.createDirectory(cwd.resolve("void"));

        assertThat(world.run("create", "nowhere")).isEqualTo(3);
        assertThat(world.run("create", "void")).isEqualTo(28);
        assertThat(world.run("create", "album", "--piece-size", "100K")).isEqualTo(28);
        assertThat(world.run("create", "album", "--piece-size", "8K")).isEqualTo(28);
        assertThat(world.run("create", "album", "-t", "example.com")).isEqualTo(28);
        assertThat(world.run("create", "album", "--set", "limits.files=2")).isEqualTo(28);
        assertThat(world.err()).endsWith("more than 2 files in " + cwd.resolve("album") + "\n");
        assertThat(world.run("create", "album", "-o", "no/such/dir/x.torrent")).isEqualTo(17);
        assertThat(world.out()).isEmpty();
        assertThat(world.err()).contains("nowhere: no such file or directory").contains("not a power of two");
        assertThat(cwd.resolve("album.torrent")).doesNotExist();
    }

    /** Before anything is hashed, when that is certain. */
    @ParameterizedTest
    @ValueSource(ints = {60, 200})
    void createsNoTorrentThatNobodyTakes(int limit) {
        assertThat(world.run("create", "album", "--set", "limits.torrent-file=" + limit))
                .isEqualTo(28);
        assertThat(world.err()).contains("none has more than " + limit + " (limits.torrent-file)");
        assertThat(cwd.resolve("album.torrent")).doesNotExist();
    }

    @Test
    void verifiesFromTheParentAndFromTheRootItself() throws IOException {
        world.run("create", "album");
        Files.move(cwd.resolve("album"), cwd.resolve("renamed"));

        assertThat(new World(cwd).run("verify", "album.torrent")).isEqualTo(32);
        World renamed = new World(cwd);
        assertThat(renamed.run("verify", "album.torrent", "renamed")).isZero();
        assertThat(renamed.out()).isEmpty();
        assertThat(renamed.err())
                .isEqualTo("checking " + cwd.resolve("renamed") + "\n39.1 KiB in 3 pieces, all good\n");
    }

    @Test
    void listsDamagedRangesAndMissingFiles() throws IOException {
        world.run("create", "album");
        byte[] damaged = new byte[40_000];
        damaged[39_999] = 1;
        Files.write(cwd.resolve("album/cd1/a.flac"), damaged);
        Files.delete(cwd.resolve("album/empty"));

        World verify = new World(cwd);
        assertThat(verify.run("verify", "album.torrent")).isEqualTo(32);
        assertThat(verify.out()).isEqualTo("damaged\talbum/cd1/a.flac\t32763\t40000\nmissing\talbum/empty\t0\t0\n");
        assertThat(verify.err()).endsWith("2 of 3 pieces are good, 1 bad, 0 missing\n");

        World json = new World(cwd);
        assertThat(json.run("verify", "--json", "-q", "album.torrent")).isEqualTo(32);
        assertThat(json.err()).isEmpty();
        assertThat(json.out())
                .contains("\"ok\":false,\"pieces\":3,\"good\":2,\"bad\":1,\"missing\":0,\"files\":[{\"path\":"
                        + "\"album/cd1/a.flac\",\"status\":\"damaged\",\"damaged\":[{\"from\":32763,\"to\":40000}]},");
    }

    @Test
    void drawsWhichPiecesAreGood() throws IOException {
        world.run("create", "album");
        byte[] damaged = new byte[40_000];
        damaged[39_999] = 1;
        Files.write(cwd.resolve("album/cd1/a.flac"), damaged);

        World verify = new World(cwd);
        assertThat(verify.run("verify", "--map", "-q", "album.torrent")).isEqualTo(32);
        assertThat(verify.out()).isEqualTo("damaged\talbum/cd1/a.flac\t32763\t40000\n");
        assertThat(verify.err()).isEqualTo("0 ██!\n█ good  ! bad  · missing\n");
    }

    @Test
    void showsTheBarOnlyOnATerminal() throws IOException {
        World terminal = new World(cwd).onTerminal();

        assertThat(terminal.run("create", "album")).isZero();
        assertThat(terminal.err()).contains("hashing [").contains("39.1 KiB").endsWith("\u001b[?25h");
    }
}
