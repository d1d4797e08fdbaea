package ahti.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.net.HttpFetch;
import ahti.net.LocalAddresses;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpPartsTest {
    private static final HttpFetch.Bounds BOUNDS = new HttpFetch.Bounds(Duration.ofSeconds(10), 1_000, 3);
    private static final Optional<HttpFetch.Range> SOME = Optional.of(new HttpFetch.Range(2, 4));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private RawServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void whoFallsSilentIsGivenUpLongBeforeTheAnswerHasToBeThere() throws Exception {
        server.answers("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-4/10\r\nContent-Length: 3\r\n\r\na");
        HttpFetch.Bounds impatient = new HttpFetch.Bounds(Duration.ofHours(1), Duration.ofMillis(100), 1_000, 3);

        HttpFetch.Reply reply = client().get(new HttpFetch.Request(server.uri("/f"), SOME), impatient)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(reply).isEqualTo(new HttpFetch.Failed("nothing came for 100 ms"));
    }

    @Test
    void asksForARangeAndSaysWhichOneCame() throws Exception {
        server.answers("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-4/10\r\nContent-Length: 3\r\n\r\nabc");

        assertThat(part(client(), server.uri("/f")))
                .isEqualTo(new HttpFetch.Answer(
                        206,
                        ByteString.fromString("abc"),
                        Optional.of(new HttpFetch.Part(new HttpFetch.Range(2, 4), OptionalLong.of(10))),
                        Optional.empty()));
        assertThat(server.requests().get(0))
                .contains("GET /f HTTP/1.1", "Range: bytes=2-4", "Host: 127.0.0.1:" + server.port());
    }

    @Test
    void keepsTheConnectionForTheNextRange() throws Exception {
        String ok = "HTTP/1.1 206 x\r\nContent-Range: bytes 2-4/10\r\nContent-Length: 3\r\n\r\nabc";
        server.answers(ok, ok, "HTTP/1.1 206 x\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", ok);
        HttpOverSockets client = client();
        for (int i = 0; i < 4; i++) {
            part(client, server.uri("/f"));
        }

        assertThat(server.requests()).hasSize(4);
        assertThat(server.clients()).hasSize(2);
    }

    @Test
    void dialsAgainWhenTheServerHasClosedAKeptConnection() throws Exception {
        String ok = "HTTP/1.1 206 x\r\nContent-Range: bytes 2-4/10\r\nContent-Length: 3\r\n\r\nabc";
        server.answers(ok, RawServer.HANG_UP, ok);
        HttpOverSockets client = client();
        part(client, server.uri("/f"));

        assertThat(((HttpFetch.Answer) part(client, server.uri("/f"))).status()).isEqualTo(206);
        assertThat(server.clients()).hasSize(2);
    }

    @Test
    void saysWhenToAskAgain() throws Exception {
        server.answers("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");

        assertThat(((HttpFetch.Answer) part(client(), server.uri("/f"))).retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Content-Length: 2~~ab|ab",
                "HTTP/1.0 200 OK~~until the end|until the end",
                "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 1~~x|x",
                "HTTP/1.1 200~Transfer-Encoding: chunked~~3;q=1~abc~A~0123456789~0~T: 1~~|abc0123456789",
                "HTTP/1.1 204 No~Content-Length: 5~~|''",
            })
    void readsBodiesOfEveryShape(String answer, String body) throws Exception {
        server.answers(answer.replace("~", "\r\n"));
        server.closesAfterEach(answer.startsWith("HTTP/1.0"));

        HttpFetch.Reply reply = await(client(), new HttpFetch.Request(server.uri("/"), Optional.empty()));

        assertThat(((HttpFetch.Answer) reply).body().utf8String()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSH-2.0-OpenSSH~|it does not speak HTTP/1.1",
                "HTTP/1.1 200 OK~Content-Length: -1~~|a body of no length: -1",
                "HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~|a body of no length: 99999999999999999999",
                "HTTP/1.1 200 OK~Content-Length: 1001~~|a body of more than 1000 bytes",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~|a body in an unknown transfer coding",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~xyz~|a chunk of no size",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~FFFFFFFFFFFFFFFF~|a body of more than 1000 bytes",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~ab|a chunk of another size than it says",
            })
    void namesWhatIsWrong(String answer, String reason) throws Exception {
        server.answers(answer.replace("~", "\r\n"));

        assertThat(((HttpFetch.Failed) await(client(), new HttpFetch.Request(server.uri("/"), Optional.empty())))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void stopsAHeaderWithoutEnd() throws Exception {
        server.answers("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000));

        assertThat(part(client(), server.uri("/")))
                .isEqualTo(new HttpFetch.Failed("more than 65536 bytes of header", true));
    }

    @Test
    void noServerOfTheInternetRedirectsToUs() throws Exception {
        InetAddress ours = InetAddress.getByName("127.0.0.9");
        try (RawServer secret = new RawServer(ours, ServerSocketFactory.getDefault())) {
            String redirect = "HTTP/1.1 302 Found\r\nLocation: " + secret.uri("/admin") + "\r\n\r\n";
            server.answers(redirect, redirect);
            secret.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");

            assertThat(part(client(ours::equals, trusting()), server.uri("/")))
                    .isEqualTo(new HttpFetch.Failed(
                            "redirected from the Internet to the private address 127.0.0.9", true));
            assertThat(secret.clients()).isEmpty();

            assertThat(part(client(address -> true, trusting()), server.uri("/")))
                    .as("a program of this machine may redirect to another")
                    .isEqualTo(new HttpFetch.Answer(200, ByteString.fromString("hi")));
        }
    }

    @Test
    void noTrackerOfThisMachineRedirectsToWhatIsNone() throws Exception {
        HttpFetch.Request announce = new HttpFetch.Request(
                server.uri("/announce"), Optional.empty(), Optional.empty(), HttpFetch.Kind.ANNOUNCE, Optional.empty());
        try (RawServer device = new RawServer(InetAddress.getByName("127.0.0.9"), ServerSocketFactory.getDefault())) {
            server.answers(
                    "HTTP/1.1 302 Found\r\nLocation: " + device.uri("/admin") + "\r\n\r\n",
                    "HTTP/1.1 302 Found\r\nLocation: " + device.uri("/announce") + "\r\n\r\n");
            device.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            HttpOverSockets client = client(InetAddress::isLoopbackAddress, trusting());

            assertThat(reason(await(client, announce)))
                    .startsWith("not asked: it leads to the private address 127.0.0.9");
            assertThat(device.clients()).isEmpty();

            assertThat(await(client, announce))
                    .as("to another tracker it may")
                    .isEqualTo(new HttpFetch.Answer(200, ByteString.fromString("hi")));
        }
    }

    @Test
    void asksNoNeighbourForWhatAStrangerChoseAndDoesNotFitOne() throws Exception {
        HttpFetch.Request order = new HttpFetch.Request(
                server.uri("/reboot?now"), Optional.empty(), Optional.empty(), HttpFetch.Kind.FILE, Optional.empty());

        HttpFetch.Reply reply = await(client(InetAddress::isLoopbackAddress, trusting()), order);

        assertThat(reply)
                .isEqualTo(new HttpFetch.Failed(
                        "not asked: it leads to the private address 127.0.0.1 and looks like no announce and no file"
                                + " (ahti.net.private-urls)",
                        true));
        assertThat(server.clients()).isEmpty();
    }

    @Test
    void speaksTlsOnlyWithWhomTheUrlNames() throws Exception {
        SSLContext context = context();
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        try (RawServer secure = new RawServer(InetAddress.getLoopbackAddress(), context.getServerSocketFactory())) {
            secure.answers(ok, ok);
            HttpOverSockets trusting = client(address -> false, context.getSocketFactory());

            assertThat(part(trusting, URI.create("https://127.0.0.1:" + secure.port() + "/")))
                    .isEqualTo(new HttpFetch.Answer(200, ByteString.fromString("hi")));
            assertThat(reason(part(client(), URI.create("https://127.0.0.1:" + secure.port() + "/"))))
                    .as("whom nobody vouches for")
                    .startsWith("TLS failed");
        }
        try (RawServer other = new RawServer(InetAddress.getByName("127.0.0.3"), context.getServerSocketFactory())) {
            assertThat(reason(part(
                            client(address -> false, context.getSocketFactory()),
                            URI.create("https://127.0.0.3:" + other.port() + "/"))))
                    .as("a certificate of another")
                    .startsWith("TLS failed");
        }
    }

    @Test
    void aFaultOfOursEndsTheFetchAtOnceAndIsSaid() {
        HttpOverSockets faulty = new HttpOverSockets(
                threads,
                () -> {},
                LocalAddresses.ANY,
                HttpOverSocketsTest.config(),
                () -> {
                    throw new IllegalStateException("a bug");
                },
                new Fences(address -> false, address -> false),
                Duration.ofSeconds(2));

        assertThatThrownBy(() -> part(faulty, URI.create("https://127.0.0.1:" + server.port() + "/")))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void dialsFromTheBoundAddressAndNoOtherFamily() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        server.answers(ok);
        InetAddress own = InetAddress.getByName("127.0.0.2");
        HttpOverSockets bound =
                HttpOverSockets.onDaemonThreads(new LocalAddresses(List.of(own)), HttpOverSocketsTest.config());

        assertThat(part(bound, server.uri("/"))).isInstanceOf(HttpFetch.Answer.class);
        assertThat(server.clients()).containsExactly(own);
        assertThat(reason(part(bound, URI.create("http://[::1]:" + server.port() + "/"))))
                .startsWith("no address of ::1");
        bound.close();
    }

    private static String reason(HttpFetch.Reply reply) {
        return ((HttpFetch.Failed) reply).reason();
    }

    private HttpOverSockets client() {
        return client(address -> false, trusting());
    }

    private static SSLSocketFactory trusting() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private HttpOverSockets client(Predicate<InetAddress> isPrivate, SSLSocketFactory tls) {
        return new HttpOverSockets(
                threads,
                () -> {},
                LocalAddresses.ANY,
                HttpOverSocketsTest.config(),
                () -> tls,
                new Fences(isPrivate, isPrivate),
                Duration.ofSeconds(2));
    }

    private static HttpFetch.Reply part(HttpOverSockets client, URI uri) throws Exception {
        return await(client, new HttpFetch.Request(uri, SOME));
    }

    private static HttpFetch.Reply await(HttpOverSockets client, HttpFetch.Request request) throws Exception {
        return client.get(request, BOUNDS).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Of a certificate for localhost and 127.0.0.1 that vouches for itself. */
    private static SSLContext context() throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = HttpPartsTest.class.getResourceAsStream("localhost.p12")) {
            store.load(in, password);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", store.getCertificate("a"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
