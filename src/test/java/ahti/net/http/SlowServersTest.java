package ahti.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.Configuration;
import ahti.config.NetConfig;
import ahti.core.InfoHash;
import ahti.net.HttpFetch;
import ahti.net.LocalAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that promise an answer and never finish it, and all the others. */
@Timeout(60)
class SlowServersTest {
    private static final int MOST = 4;
    private static final int OTHERS = 6;
    private static final HttpFetch.Bounds LONG = new HttpFetch.Bounds(Duration.ofMinutes(10), 1_000, 3);
    private static final String NEVER_ALL = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nd8";
    private static final String ALL = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nde";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RawServer> slow = new ArrayList<>();
    private RawServer quick;
    private HttpOverSockets client;

    @BeforeEach
    void begin() throws Exception {
        for (int i = 0; i < MOST; i++) {
            InetAddress own = InetAddress.getByName("127.0.0." + (10 + i));
            slow.add(new RawServer(own, ServerSocketFactory.getDefault()));
        }
        quick = new RawServer();
        client = new HttpOverSockets(
                threads,
                () -> {},
                LocalAddresses.ANY,
                config(),
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new Fences(address -> false, address -> false),
                Duration.ofMillis(50));
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        for (RawServer server : slow) {
            server.close();
        }
        quick.close();
        threads.shutdownNow();
    }

    private static NetConfig config() {
        return Configuration.load(Optional.empty(), false, List.of("ahti.net.max-fetches=" + MOST), Map.of())
                .ahti()
                .net();
    }

    /** One crowd leaves room from the beginning; two have to make room for each that comes. */
    @ParameterizedTest
    @CsvSource({"1, 100", "100, 1", "1, 1", "2, 100", "100, 2", "2, 2"})
    void theServersOfOneKeepNobodyElseWaiting(int torrents, int hosts) throws Exception {
        List<CompletableFuture<HttpFetch.Reply>> held = new ArrayList<>();
        for (int i = 0; i < 6 * MOST; i++) {
            RawServer server = slow.get(i % Math.min(hosts, MOST));
            server.answers(NEVER_ALL);
            held.add(ask(server.uri("/a"), i % torrents));
        }

        for (int torrent = 0; torrent < OTHERS; torrent++) {
            quick.answers(ALL);
            assertThat(ask(quick.uri("/a"), 100 + torrent).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(HttpFetch.Answer.class);
        }

        boolean isOneCrowd = torrents == 1 || hosts == 1;
        assertThat(held.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .as("those that made room")
                .hasSizeLessThanOrEqualTo(isOneCrowd ? 0 : OTHERS)
                .allSatisfy(
                        reply -> assertThat(((HttpFetch.Failed) reply).reason()).startsWith("slow, and made room"));
    }

    @Test
    void afterTheEndWhoeverWaitedHearsIt() throws Exception {
        List<CompletableFuture<HttpFetch.Reply>> asked = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            asked.add(ask(slow.get(0).uri("/a"), 1));
        }

        threads.shutdownNow();
        client.close();

        for (CompletableFuture<HttpFetch.Reply> reply : asked) {
            assertThat(reply.get(30, TimeUnit.SECONDS)).isInstanceOf(HttpFetch.Failed.class);
        }
        assertThat(ask(quick.uri("/a"), 2).get(30, TimeUnit.SECONDS)).isInstanceOf(HttpFetch.Failed.class);
    }

    private CompletableFuture<HttpFetch.Reply> ask(URI uri, int torrent) {
        byte[] hash = new byte[InfoHash.WIRE_LENGTH];
        hash[0] = (byte) torrent;
        return client.get(
                        new HttpFetch.Request(
                                uri,
                                Optional.empty(),
                                Optional.empty(),
                                HttpFetch.Kind.ANYTHING,
                                Optional.of(InfoHash.v1(hash))),
                        LONG)
                .toCompletableFuture();
    }
}
