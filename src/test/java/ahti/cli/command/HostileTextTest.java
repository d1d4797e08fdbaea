package ahti.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.cli.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text that a torrent may hold, with everything in it that would steer a terminal or forge a line. */
class HostileTextTest {
    private static final String HOSTILE =
            "a\u001b[2J\u001b]0;t\u0007\u009b1mb\rc\nd\u0000e\u202ef\u2066g\u200bh\u2028i\ufeffj";
    private static final String STEERING = "(?s).*[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\n\t]].*";

    @TempDir
    Path cwd;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info x.torrent",
                "info --magnet x.torrent",
                "get --list x.torrent",
                "verify x.torrent",
                "verify --json x.torrent",
                "verify --map x.torrent",
                "edit x.torrent -o y.torrent",
                "info bad-value.torrent",
                "info bad-key.torrent",
                "info bad-syntax.torrent",
                "info v2.torrent",
            })
    void printsNothingThatSteersTheTerminal(String line) throws IOException {
        Files.write(cwd.resolve("x.torrent"), torrent(info().put("length", 1)));
        Files.write(cwd.resolve("bad-value.torrent"), torrent(info().put("length", HOSTILE)));
        Files.write(cwd.resolve("bad-key.torrent"), torrent(info().put(HOSTILE, 1)));
        Files.write(cwd.resolve("bad-syntax.torrent"), ("d4:info" + HOSTILE).getBytes(UTF_8));
        Files.write(
                cwd.resolve("v2.torrent"),
                torrent(new DictBuilder()
                        .put("name", HOSTILE)
                        .put("piece length", 16_384)
                        .put("meta version", 2)
                        .put(
                                "file tree",
                                new DictBuilder()
                                        .put(
                                                HOSTILE,
                                                new DictBuilder()
                                                        .put(
                                                                "",
                                                                new DictBuilder()
                                                                        .put("length", 1)
                                                                        .put("pieces root", new byte[32]))))));
        World world = new World(cwd);

        world.run(line.split(" "));

        assertThat(world.out() + world.err()).isNotEmpty().doesNotMatch(STEERING);
        assertThat((world.out() + world.err()).lines().filter(text -> text.startsWith("d")))
                .as("forged lines")
                .isEmpty();
    }

    private static DictBuilder info() {
        return new DictBuilder()
                .put("name", HOSTILE)
                .put("piece length", 16_384)
                .put("pieces", new byte[20])
                .put("source", HOSTILE);
    }

    private static byte[] torrent(DictBuilder info) {
        ListBuilder urls = new ListBuilder();
        Stream.of(HOSTILE, "http://h/" + HOSTILE, "http://127.0.0.1:1/announce").forEach(urls::add);
        return new DictBuilder()
                .put("announce", "http://h/" + HOSTILE)
                .put("announce-list", new ListBuilder().add(urls))
                .put("comment", HOSTILE)
                .put("created by", HOSTILE)
                .put("url-list", urls)
                .put(
                        "nodes",
                        new ListBuilder().add(new ListBuilder().add(HOSTILE).add(1)))
                .put("info", info)
                .encode();
    }
}
