package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ahti play} with the real engine, over files that are here already; the player is a test. */
class PlayTest {
    @TempDir
    Path cwd;

    private final byte[] film = new byte[300_000];
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private World world;

    private interface Player {
        int play(URI url) throws IOException, InterruptedException;
    }

    @BeforeEach
    void download() throws IOException {
        new Random(1).nextBytes(film);
        Files.createDirectories(cwd.resolve("here/show"));
        Files.write(cwd.resolve("here/show/film.mkv"), film);
        Files.write(cwd.resolve("here/show/notes.txt"), new byte[] {1, 2, 3, 4, 5});
        assertThat(new World(cwd).run("create", "here/show", "-o", "show.torrent"))
                .isZero();
        world = new World(cwd).engines((system, config) -> Engine.create(EngineSettings.real(system, config)));
    }

    private int play(Player player, String... more) {
        world.processes((line, variables) -> {
            commands.add(line);
            try {
                return player.play(URI.create(variables.get("AHTI_URL")));
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
        });
        String[] args = {"play", "show.torrent", "-d", "here", "-p", "0", "--bind", "127.0.0.1", "--no-trackers"};
        return world.run(java.util.stream.Stream.concat(Arrays.stream(args), Arrays.stream(more))
                .toArray(String[]::new));
    }

    private static HttpResponse<byte[]> get(URI url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void servesTheLargestFileToAPlayerAndEndsWithIt() {
        int code = play(
                url -> {
                    assertThat(url.getPath()).isEqualTo("/1/film.mkv");
                    assertThat(get(url).body()).isEqualTo(film);
                    HttpResponse<byte[]> part = get(url, "Range", "bytes=100-199");
                    assertThat(part.statusCode()).isEqualTo(206);
                    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100-199/300000");
                    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(film, 100, 200));
                    return 0;
                },
                "--",
                "mpv",
                "--title=it's");

        assertThat(code).isZero();
        assertThat(world.out()).isEqualTo(url() + "\n");
        assertThat(commands).containsExactly("exec 'mpv' '--title=it'\\''s' '" + url() + "'");
    }

    private String url() {
        return world.out().strip();
    }

    @Test
    void saysHowLongAFileIsWithoutSendingIt() {
        assertThat(play(
                        url -> {
                            HttpResponse<byte[]> head = HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(url)
                                                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofByteArray());
                            assertThat(head.statusCode()).isEqualTo(200);
                            assertThat(head.headers().firstValue("Content-Length"))
                                    .contains("300000");
                            assertThat(get(url.resolve("/9/x")).statusCode()).isEqualTo(404);
                            return 0;
                        },
                        "--",
                        "mpv"))
                .isZero();
    }

    @Test
    void servesManyAtOnce() {
        HttpClient client = HttpClient.newHttpClient();
        assertThat(play(
                        url -> {
                            List<CompletableFuture<HttpResponse<byte[]>>> all = IntStream.range(0, 20)
                                    .mapToObj(i -> client.sendAsync(
                                            HttpRequest.newBuilder(url).build(),
                                            HttpResponse.BodyHandlers.ofByteArray()))
                                    .toList();
                            for (CompletableFuture<HttpResponse<byte[]>> one : all) {
                                assertThat(one.join().body()).isEqualTo(film);
                            }
                            return 0;
                        },
                        "--",
                        "mpv"))
                .isZero();
    }

    @Test
    void tellsWhenThePlayerFails() {
        assertThat(play(url -> 4, "--", "mpv")).isZero();
        assertThat(world.err()).contains("the player ended with 4");
        assertThat(play(url -> 127, "--", "nosuch")).isEqualTo(3);
        assertThat(world.err()).contains("cannot run 'nosuch'");
    }

    @Test
    void servesUntilItIsStoppedWhenThereIsNoPlayer() throws Exception {
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> play(url -> 1, "2"), task -> new Thread(task, "ahti").start());
        while (world.out().isBlank()) {
            Thread.onSpinWait();
        }

        assertThat(get(URI.create(url())).body()).containsExactly(1, 2, 3, 4, 5);
        world.signal("INT");

        assertThat(code.join()).isZero();
        assertThat(commands).isEmpty();
    }

    @Test
    void saysWhatItCannotDo() {
        assertThat(play(url -> 0, "no such")).isEqualTo(3);
        assertThat(play(url -> 0, "--http-port", "70000")).isEqualTo(28);
    }
}
