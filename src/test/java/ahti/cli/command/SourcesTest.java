package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input: one line, the right exit code, nothing on standard output, nothing written. */
class SourcesTest {
    private static final String V2_ONLY = "d4:infod9:file treed1:ad0:d6:lengthi1e11:pieces root32:"
            + "0123456789abcdef0123456789abcdefeee12:meta versioni2e4:name1:a12:piece lengthi16384eee";

    @TempDir
    Path cwd;

    @ParameterizedTest
    @ValueSource(strings = {"get", "info", "verify"})
    void tellsWhatIsWrongWithATorrent(String command) throws IOException {
        expect(command, "not a torrent", 25);
        expect(command, "", 25);
        expect(command, "d4:infod6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:", 25);
        expect(command, "de", 26);
        expect(command, "d4:infod6:lengthi-5e4:name1:a12:piece lengthi16384e6:pieces0:ee", 26);
    }

    private void expect(String command, String content, int code) throws IOException {
        Files.writeString(cwd.resolve("x.torrent"), content, StandardCharsets.ISO_8859_1);
        World world = new World(cwd);
        assertThat(world.run(command, "x.torrent")).as(content).isEqualTo(code);
        assertThat(world.out()).isEmpty();
        assertThat(world.err()).as(content).matches("ahti: x\\.torrent: .+\n");
        assertThat(cwd).isDirectoryNotContaining("glob:**/a");
    }

    @Test
    void describesAV2TorrentButDoesNotFetchIt() throws IOException {
        Files.writeString(cwd.resolve("v2.torrent"), V2_ONLY, StandardCharsets.ISO_8859_1);
        World world = new World(cwd);

        assertThat(world.run("get", "v2.torrent")).isEqualTo(29);
        assertThat(world.err()).contains("v2 alone is not supported yet");
        assertThat(world.run("info", "--json", "v2.torrent")).isZero();
        assertThat(world.out()).contains("\"protocol\":\"v2\",\"infoHashV1\":null,\"infoHashV2\":\"");
    }

    @ParameterizedTest
    @CsvSource({"nowhere.torrent, nowhere.torrent: no such file", "inof, no such command"})
    void saysWhichSourcesThereAre(String source, String sentence) {
        World world = new World(cwd);

        assertThat(world.run(source)).isEqualTo(3);
        assertThat(world.out()).isEmpty();
        assertThat(world.err()).contains(sentence).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "get, magnet:?xt=urn:btih:x, 27, 'not a magnet link: a hash is 40'",
        "info, magnet:?dn=x, 27, 'not a magnet link: it names no torrent'",
        "get, MAGNET:?xt=urn:btih:%zz, 27, percent-encoded",
        "get, magnet:?xt=urn:btmh:1220abababababababababababababababababababababababababababababababab, 29, v2 alone",
        "get, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, 29, v2 is not supported",
        "verify, magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567, 3, a .torrent file is needed here"
    })
    void saysWhatIsWrongWithALink(String command, String link, int code, String sentence) {
        World world = new World(cwd);

        assertThat(world.run(command, link)).isEqualTo(code);
        assertThat(world.err()).contains(sentence).hasLineCount(1);
    }

    @Test
    void refusesATorrentBeyondTheLimit() throws IOException {
        Files.write(cwd.resolve("x.torrent"), new byte[2000]);
        World world = new World(cwd);

        assertThat(world.run("info", "--set", "limits.torrent-file=1K", "x.torrent"))
                .isEqualTo(26);
        assertThat(world.err()).contains("more than 1024 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits.nothing=1", "limits", "=", "limits.files=many", "net.ports=99999"})
    void refusesSettingsThatDoNotExistOrMakeNoSense(String setting) {
        World world = new World(cwd);

        assertThat(world.run("info", "--set", setting, "x.torrent")).isEqualTo(28);
        assertThat(world.err()).startsWith("ahti: ").doesNotContain("internal error");
    }

    @Test
    void aMagnetIsNotSoughtFromAnAddressThatIsNoneOfOurs() {
        World world = new World(cwd);
        world.engines((system, config) -> {
            throw new IllegalArgumentException("net.bind: 'nonsense' is no address of this machine");
        });

        assertThat(world.run("info", "0123456789abcdef0123456789abcdef01234567", "--bind", "nonsense"))
                .isEqualTo(6);
        assertThat(world.err()).endsWith("ahti: net.bind: 'nonsense' is no address of this machine\n");
    }
}
