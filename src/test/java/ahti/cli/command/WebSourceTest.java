package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A .torrent file on a web server. */
@Timeout(60)
class WebSourceTest {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private HttpServer server;

    @TempDir
    Path cwd;

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = files.get(path);
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().add("Location", url("/it.torrent"));
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/broken")) {
                exchange.sendResponseHeaders(500, -1);
            } else if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        Files.writeString(cwd.resolve("it"), "hello");
        assertThat(new World(cwd).run("create", "it")).isZero();
        files.put("/it.torrent", Files.readAllBytes(cwd.resolve("it.torrent")));
        files.put("/page", "<html>not found</html>".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/it.torrent", "/moved"})
    void isDescribedAsAnyOther(String path) {
        World here = new World(cwd);
        World there = new World(cwd);

        assertThat(here.run("info", "it.torrent")).isZero();
        assertThat(there.run("info", url(path))).isZero();

        assertThat(there.out()).isEqualTo(here.out());
        assertThat(there.err()).isEqualTo("fetching " + url(path) + "\n");
    }

    @Test
    void isSavedWhereTheUserSays() throws IOException {
        assertThat(new World(cwd).run("info", url("/it.torrent"), "-o", "saved.torrent", "-q"))
                .isZero();

        assertThat(cwd.resolve("saved.torrent")).hasBinaryContent(files.get("/it.torrent"));
    }

    /** What it names is here already. */
    @Test
    void isDownloaded() {
        World world = new World(cwd).engines((system, config) -> Engine.create(EngineSettings.real(system, config)));
        String[] alone = {"--no-trackers", "--no-dht", "--no-lpd", "--bind", "127.0.0.1", "-p", "0", "--state", "none"};

        assertThat(world.run(Stream.concat(Stream.of("get", url("/it.torrent")), Stream.of(alone))
                        .toArray(String[]::new)))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "info, /nothing, 3, the web server has no such file",
        "get, /broken, 6, the web server answers with 500",
        "get, /page, 25, ",
        "scrape, /nothing, 3, the web server has no such file"
    })
    void thatCannotBeHadIsAnError(String command, String path, int code, String sentence) {
        World world = new World(cwd);

        assertThat(world.run(command, url(path))).isEqualTo(code);

        assertThat(world.out()).isEmpty();
        assertThat(world.err()).contains("ahti: " + url(path) + ": ").contains(sentence == null ? "" : sentence);
    }

    /** No label of a name is so long: nobody is asked for it. */
    @Test
    void whoseServerHasNoAddressEndsWith19() {
        String nowhere = "http://" + "x".repeat(70) + ".invalid/it.torrent";
        World world = new World(cwd);

        assertThat(world.run("get", nowhere)).isEqualTo(19);

        assertThat(world.err()).contains("no such host");
    }

    @Test
    void thatIsTooLargeIsNotReadToItsEnd() {
        files.put("/large", new byte[2 << 20]);
        World world = new World(cwd);

        assertThat(world.run("info", url("/large"), "--set", "limits.torrent-file=1M"))
                .isEqualTo(6);
        assertThat(world.err()).contains("/large: ").contains("1048576");
    }

    @Test
    void thatNobodyServesIsAnError() {
        server.stop(0);
        World world = new World(cwd);

        assertThat(world.run("info", url("/it.torrent"))).isEqualTo(6);
    }

    @Test
    void isNothingForACommandWithoutNetworks() {
        World world = new World(cwd);

        assertThat(world.run("verify", url("/it.torrent"))).isEqualTo(3);
        assertThat(world.err()).contains("'ahti info URL -o FILE.torrent' makes one");
    }

    @Test
    void thatIsNoUrlIsABadOption() {
        World world = new World(cwd);

        assertThat(world.run("info", "http://x y/")).isEqualTo(28);
        assertThat(world.err()).contains("'http://x y/' is no URL");
    }
}
