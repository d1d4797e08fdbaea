package ahti.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.Configuration;
import ahti.config.NetConfig;
import ahti.net.HttpFetch;
import ahti.net.LocalAddresses;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpOverSocketsTest {
    private static final HttpFetch.Bounds BOUNDS = new HttpFetch.Bounds(Duration.ofSeconds(10), 1_000, 3);

    private static ExecutorService threads;
    private static HttpOverSockets fetch;

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeAll
    static void makeClient() {
        threads = Executors.newCachedThreadPool();
        fetch = HttpOverSockets.onDaemonThreads(LocalAddresses.ANY, config());
    }

    @AfterAll
    static void endThreads() {
        fetch.close();
        threads.shutdownNow();
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void fetchesABodyAndSaysWhoAsks() throws Exception {
        serve(exchange -> {
            String agent = exchange.getRequestHeaders().getFirst("User-Agent");
            send(
                    exchange,
                    404,
                    (agent + " " + exchange.getRequestURI().getRawQuery()).getBytes(StandardCharsets.UTF_8));
        });

        assertThat(get("/x?info_hash=%00%FFa", BOUNDS))
                .isEqualTo(new HttpFetch.Answer(404, ByteString.fromString("Ahti/0.1 info_hash=%00%FFa")));
    }

    @Test
    void inflatesGzip() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            send(exchange, 200, gzip("d8:intervali60ee".getBytes(StandardCharsets.UTF_8)));
        });

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Answer(200, ByteString.fromString("d8:intervali60ee")));
    }

    @Test
    void stopsAGzipBombAtTheBound() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            send(exchange, 200, gzip(new byte[100_000]));
        });

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Failed("a body of more than 1000 bytes", true));
    }

    @Test
    void reportsBrokenGzipAndUnknownEncodings() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders()
                    .set("Content-Encoding", exchange.getRequestURI().getQuery());
            send(exchange, 200, new byte[] {1, 2, 3});
        });

        assertThat(get("/x?gzip", BOUNDS)).isInstanceOf(HttpFetch.Failed.class);
        assertThat(get("/x?br", BOUNDS)).isEqualTo(new HttpFetch.Failed("encoded as br", true));
    }

    @Test
    void hangsUpOnAnEndlessBody() throws Exception {
        CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(new byte[1_000]);
                    out.flush();
                }
            } catch (IOException e) {
                hungUp.complete(true);
            }
        });

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Failed("a body of more than 1000 bytes", true));
        assertThat(hungUp.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesABodyOfExactlyTheBound() throws Exception {
        serve(exchange -> send(exchange, 200, new byte[1_000]));

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Answer(200, ByteString.fromArray(new byte[1_000])));
    }

    @Test
    void cutsOffAServerThatDrips() throws Exception {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1_000 && !over.await(20, TimeUnit.MILLISECONDS); i++) {
                    out.write('d');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(get("/x", new HttpFetch.Bounds(Duration.ofMillis(300), 1_000, 3)))
                .isEqualTo(new HttpFetch.Failed("no complete answer within 300 ms"));
    }

    @Test
    void cutsOffAServerThatIsSilent() throws Exception {
        serve(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(get("/x", new HttpFetch.Bounds(Duration.ofMillis(200), 1_000, 3)))
                .isEqualTo(new HttpFetch.Failed("no complete answer within 200 ms"));
    }

    @Test
    void followsRedirects() throws Exception {
        serve(exchange -> {
            int hop = Integer.parseInt(exchange.getRequestURI().getQuery());
            if (hop < 3) {
                redirect(exchange, "?" + (hop + 1));
            } else {
                send(exchange, 200, new byte[] {'x'});
            }
        });

        assertThat(get("/x?0", BOUNDS)).isEqualTo(new HttpFetch.Answer(200, ByteString.fromString("x")));
    }

    @Test
    void leavesARedirectLoop() throws Exception {
        serve(exchange -> redirect(exchange, "/x"));

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Failed("more than 3 redirects", true));
    }

    @Test
    void followsNoRedirectToAnotherScheme() throws Exception {
        serve(exchange -> redirect(exchange, "file:///etc/passwd"));

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Failed("neither http nor https but file", true));
    }

    @Test
    void reportsARedirectToNowhere() throws Exception {
        serve(exchange -> redirect(exchange, "http://[broken"));

        assertThat(get("/x", BOUNDS)).isEqualTo(new HttpFetch.Failed("redirected to no URL: http://[broken", true));
    }

    @Test
    void reportsAPortWhereNobodyListens() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);

        HttpFetch.Reply reply = await(fetch.get(URI.create("http://127.0.0.1:" + port + "/x"), BOUNDS));

        assertThat(((HttpFetch.Failed) reply).reason()).startsWith("cannot connect");
    }

    @Test
    void reportsAUrlWithoutAHost() throws Exception {
        HttpFetch.Reply reply = await(fetch.get(URI.create("http:///x"), BOUNDS));

        assertThat(((HttpFetch.Failed) reply).reason()).startsWith("no URL that can be asked");
    }

    @Test
    void endsItsThreadsWhenClosed() throws Exception {
        serve(exchange -> send(exchange, 200, new byte[1]));
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        HttpOverSockets own = HttpOverSockets.onDaemonThreads(LocalAddresses.ANY, config());
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
        await(own.get(uri, BOUNDS));
        List<Thread> ours = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !others.contains(thread))
                .filter(thread -> thread.getName().startsWith("ahti-http"))
                .toList();
        assertThat(ours).isNotEmpty();

        own.close();

        for (Thread thread : ours) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        assertThat(await(own.get(uri, BOUNDS))).isEqualTo(new HttpFetch.Failed("not asked: the engine has stopped"));
    }

    static NetConfig config() {
        return Configuration.load(Optional.empty(), false, List.of(), Map.of())
                .ahti()
                .net();
    }

    private HttpFetch.Reply get(String path, HttpFetch.Bounds bounds) throws Exception {
        return await(
                fetch.get(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path), bounds));
    }

    private static HttpFetch.Reply await(CompletionStage<HttpFetch.Reply> reply) throws Exception {
        return reply.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void serve(HttpHandler handler) {
        server.createContext("/x", handler);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        send(exchange, 302, new byte[] {'-'});
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            in.readAllBytes();
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
