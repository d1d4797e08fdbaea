package ahti.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.engine.AddOptions;
import ahti.engine.Ahti;
import ahti.engine.Download;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.TorrentRef;
import ahti.engine.TorrentSource;
import ahti.metainfo.TorrentCreation;
import ahti.testkit.tracker.TrackerServer;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.FlowAdapters;

/** README's examples do what it says, and README shows them as they are. */
@Timeout(90)
class ExamplesTest {
    private static final Map<String, String> ON_LOOPBACK =
            Map.of("ahti.net.ports", "0", "ahti.net.bind.0", "127.0.0.1");
    private static final int PIECE = 32_768;

    @TempDir
    Path directory;

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", 10 * PIECE));
    private TrackerServer tracker;
    private final ActorSystem<Void> reader = ActorSystem.create(Behaviors.empty(), "reader");
    private Ahti seed;
    private Path torrent;

    @BeforeEach
    void seed() throws Exception {
        ON_LOOPBACK.forEach(System::setProperty);
        ConfigFactory.invalidateCaches();
        tracker = TrackerServer.start();
        torrent = Files.write(directory.resolve("sample.torrent"), torrent());
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.write(full.resolve("sample"), sample.content());
        seed = Ahti.start();
        Download shared = seed.add(TorrentSource.file(torrent), AddOptions.to(full))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        while (tracker.announces() == 0) {
            Thread.onSpinWait();
        }
        assertThat(shared.name()).isEqualTo("sample");
    }

    @AfterEach
    void end() throws Exception {
        reader.terminate();
        seed.close();
        tracker.close();
        ON_LOOPBACK.keySet().forEach(System::clearProperty);
        ConfigFactory.invalidateCaches();
    }

    @Test
    void threeLinesOfPlainJavaDownload() {
        PlainJava.download(torrent, directory.resolve("plain"));

        assertThat(directory.resolve("plain/sample")).hasBinaryContent(sample.content());
    }

    @Test
    void anActorSystemSpawnsAnEngineAndWatchesIt() throws Exception {
        BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
        BlockingQueue<TorrentStatus> statuses = new LinkedBlockingQueue<>();
        ActorSystem<Engine.AddReply> system = ActorSystem.create(
                YourActorSystem.downloads(torrent, directory.resolve("actors"), events::add, statuses::add), "yours");
        try {
            EngineEvent event;
            do {
                event = events.poll(30, TimeUnit.SECONDS);
            } while (!(event instanceof EngineEvent.Happened happened
                    && happened.event() instanceof TorrentEvent.Finished));
            TorrentStatus status;
            do {
                status = statuses.poll(30, TimeUnit.SECONDS);
            } while (status.state() != TorrentState.SEEDING);
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }

        assertThat(directory.resolve("actors/sample")).hasBinaryContent(sample.content());
    }

    @Test
    void anHttpServerStreamsAFileThatIsFetchedOnDemand() throws Exception {
        ActorSystem<Engine.Command> system = ActorSystem.create(Engine.create(), "http");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            Engine.AddReply reply = AskPattern.<Engine.Command, Engine.AddReply>ask(
                            system,
                            replyTo -> new Engine.Add(
                                    TorrentSource.file(torrent),
                                    AddOptions.to(directory.resolve("http")).fetchedOnDemand(),
                                    replyTo),
                            Duration.ofSeconds(30),
                            system.scheduler())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            TorrentRef added = ((Engine.Added) reply).torrent();
            server.createContext("/sample", YourHttpServer.streaming(system, added, 0, sample.content().length));
            server.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sample");

            byte[] body = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();

            assertThat(body).isEqualTo(sample.content());
        } finally {
            server.stop(0);
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aPlainDownloadIsReadWhileItComes() throws Exception {
        try (Ahti ahti = Ahti.start()) {
            Download download = ahti.add(TorrentSource.file(torrent), AddOptions.to(directory.resolve("read")))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            CompletableFuture<byte[]> read = Source.<ByteBuffer>fromPublisher(
                            FlowAdapters.toPublisher(download.read(0, PIECE, 3 * PIECE)))
                    .map(ByteString::fromByteBuffer)
                    .runFold(ByteString.emptyByteString(), ByteString::concat, reader)
                    .thenApplyAsync(ByteString::toArray, Runnable::run)
                    .toCompletableFuture();

            assertThat(read.get(30, TimeUnit.SECONDS))
                    .isEqualTo(Arrays.copyOfRange(sample.content(), PIECE, 3 * PIECE));
        }
    }

    @Test
    void theReadmeShowsThemAsTheyAre() throws IOException {
        List<String> shown = blocks(Files.readString(Path.of("README.md")), "```java\n(.*?)```");
        List<String> written = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java/ahti/examples"))) {
            for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
                blocks(Files.readString(source), "// README: (?!end)\\w+\n(.*?)\n *// README: end")
                        .forEach(block -> written.add(block.stripIndent().strip()));
            }
        }

        assertThat(shown).hasSizeGreaterThanOrEqualTo(4);
        assertThat(shown).map(String::strip).containsExactlyInAnyOrderElementsOf(written);
    }

    private static List<String> blocks(String text, String pattern) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private byte[] torrent() {
        return new TorrentCreation(
                        "sample",
                        new TorrentCreation.SingleFile(10 * PIECE),
                        PIECE,
                        sample.metainfo().hashes(),
                        List.of(List.of(tracker.url())),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .encode();
    }
}
