package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edit}: other trackers, the same torrent. */
class EditTest {
    private static final String A = "http://a.example/announce";
    private static final String B = "udp://b.example:1";
    private static final String C = "https://c.example/announce";

    @TempDir
    Path cwd;

    private String infoHash = "";

    @BeforeEach
    void aTorrent() throws IOException {
        Files.writeString(cwd.resolve("it"), "hello");
        new World(cwd).run("create", "it", "-t", A + "," + B, "-w", "http://w.example/it", "--comment", "kept");
        infoHash = info().replaceAll("(?s).*\"infoHashV1\":\"([0-9a-f]{40})\".*", "$1");
    }

    private String info() {
        World info = new World(cwd);
        assertThat(info.run("info", "--json", "it.torrent")).isZero();
        return info.out();
    }

    private void lists(String trackers) {
        assertThat(info())
                .contains("\"infoHashV1\":\"" + infoHash + "\"")
                .contains("\"trackers\":" + trackers)
                .contains("\"webSeeds\":[\"http://w.example/it\"]")
                .contains("\"comment\":\"kept\"");
    }

    @Test
    void removesReplacesAndAdds() {
        World edit = new World(cwd);

        assertThat(edit.run("edit", "it.torrent", "--add", C, "--remove", A, "--replace", B, A))
                .isZero();

        assertThat(edit.out()).isEqualTo(cwd.resolve("it.torrent") + "\n");
        assertThat(edit.err()).isEmpty();
        lists("[[\"" + A + "\"],[\"" + C + "\"]]");
    }

    @Test
    void addingWhatIsListedChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(cwd.resolve("it.torrent"));

        assertThat(new World(cwd).run("edit", "it.torrent", "--add", A)).isZero();

        assertThat(cwd.resolve("it.torrent")).hasBinaryContent(before);
    }

    @Test
    void whatReplacesATrackerAndIsListedAlreadyStaysWhereItIs() {
        assertThat(new World(cwd).run("edit", "it.torrent", "--replace", A, B)).isZero();

        lists("[[\"" + B + "\"]]");
    }

    @Test
    void aTorrentWithoutTrackersIsATorrent() throws IOException {
        assertThat(new World(cwd).run("edit", "it.torrent", "--remove", A, "--remove", B))
                .isZero();

        lists("[]");
        assertThat(Files.readString(cwd.resolve("it.torrent"), StandardCharsets.ISO_8859_1))
                .doesNotContain("announce");
    }

    @Test
    void writesElsewhereAndNeverOverwritesByAccident() throws IOException {
        byte[] before = Files.readAllBytes(cwd.resolve("it.torrent"));
        Files.writeString(cwd.resolve("mine"), "precious");
        World edit = new World(cwd);

        assertThat(edit.run("edit", "it.torrent", "--add", C, "-o", "mine")).isEqualTo(13);
        assertThat(cwd.resolve("mine")).hasContent("precious");
        assertThat(edit.run("edit", "it.torrent", "--add", C, "-o", "mine", "--force"))
                .isZero();
        assertThat(edit.run("edit", "it.torrent", "--add", C, "-o", "new.torrent"))
                .isZero();
        World piped = new World(cwd).stdin(before);
        assertThat(piped.run("edit", "-", "--add", C)).isZero();

        assertThat(cwd.resolve("it.torrent")).hasBinaryContent(before);
        assertThat(cwd.resolve("mine")).hasBinaryContent(piped.outBytes());
        assertThat(cwd.resolve("new.torrent")).hasBinaryContent(piped.outBytes());
        assertThat(new String(piped.outBytes(), StandardCharsets.ISO_8859_1))
                .startsWith("d8:announce")
                .contains(C);
    }

    @Test
    void refusesWhatCannotBeDone() throws IOException {
        byte[] before = Files.readAllBytes(cwd.resolve("it.torrent"));
        World edit = new World(cwd);

        assertThat(edit.run("edit", "it.torrent")).isEqualTo(28);
        assertThat(edit.run("edit", "it.torrent", "--add", "c.example")).isEqualTo(28);
        assertThat(edit.run("edit", "it.torrent", "--replace", A, "c.example")).isEqualTo(28);
        assertThat(edit.run("edit", "it.torrent", "--replace", A)).isEqualTo(28);
        assertThat(edit.run("edit", "it.torrent", "--add", C, "--remove", "http://other.example"))
                .isEqualTo(3);
        assertThat(edit.run("edit", "it.torrent", "--replace", C, A)).isEqualTo(3);
        assertThat(edit.run("edit", "nowhere.torrent", "--add", C)).isEqualTo(3);
        assertThat(edit.run("edit", "it", "--add", C)).isEqualTo(25);

        assertThat(edit.out()).isEmpty();
        assertThat(edit.err())
                .contains("nothing to change: give --add, --remove or --replace")
                .contains("it.torrent: it does not list the tracker http://other.example");
        assertThat(cwd.resolve("it.torrent")).hasBinaryContent(before);
    }
}
