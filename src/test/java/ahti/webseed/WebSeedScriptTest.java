package ahti.webseed;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.PieceLayout;
import ahti.metainfo.FileEntry;
import ahti.net.HttpFetch;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.net.FileServer;
import ahti.testkit.net.WebServer;
import ahti.testkit.script.EngineUnderTest;
import ahti.testkit.script.KnownTorrent;
import ahti.testkit.script.ScriptedPeer;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.why.WaitReason;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Web seeds of the real engine under virtual time. */
@Timeout(60)
class WebSeedScriptTest {
    private static final String URL = "http://mirror/known";

    private final List<HttpFetch.Request> requests = new ArrayList<>();
    private final KnownTorrent known = KnownTorrent.ofPieces(20);
    private EngineUnderTest engine;

    @AfterEach
    void end() {
        engine.close();
    }

    @Test
    void aTorrentCompletesFromAWebSeedAlone() {
        begin(of(known, URL), server(known));
        engine.passes(Duration.ofSeconds(5));

        TorrentStatus status = engine.status();
        assertThat(status.state()).isEqualTo(TorrentState.SEEDING);
        assertThat(status.downloaded()).isEqualTo(known.layout().totalLength());
        assertThat(status.wasted()).isZero();
        assertThat(status.contributors()).isEqualTo(1);
        assertThat(status.peers().connected())
                .as("web seeds at work when all is here")
                .isZero();
        assertThat(requests).as("runs of pieces, asked for together").hasSizeLessThan(5);
    }

    @Test
    void severalFilesAreAskedForOneByOneAndPaddingNotAtAll() {
        SimulatedTorrent album = SimulatedTorrent.piecesOf(32_768)
                .padded()
                .file("one", 50_000)
                .file("sub dir/two", 100)
                .file("empty", 0)
                .file("three", 70_000)
                .build();
        KnownTorrent torrent = new KnownTorrent(
                album.metainfo(), (piece, offset, length) -> album.piece(piece).slice(offset, offset + length));
        begin(of(torrent, "http://mirror"), server(torrent));
        engine.passes(Duration.ofSeconds(5));

        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
        assertThat(requests)
                .extracting(request -> request.uri().getPath().replaceAll(".*/", ""))
                .containsOnly("one", "two", "three");
    }

    @Test
    void aWebSeedAndAPeerShareTheWork() {
        WebServer files = server(known);
        engine = EngineUnderTest.leeching(of(known, URL), "web-seed.request=32K", "web-seed.requests=1");
        engine.network()
                .serve(
                        "mirror",
                        (client, request, asker) -> engine.time()
                                .after(Duration.ofSeconds(2), () -> asker.accept(files.answer(client, request))));
        engine.starts();
        ScriptedPeer peer = engine.peer("alice").connects().sendsHandshake();
        peer.expectsHandshake();
        peer.sendsBitfield().ignores(Have.class);
        peer.expects(Signal.INTERESTED).unchokes();

        assertThat(peer.expectsRequests(1)).hasSize(1);

        engine.passes(Duration.ofMinutes(5));
        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
    }

    @Test
    void aSlowWebSeedIsAskedForLittleAtATimeAndNeverTimesOut() {
        int perSecond = 5 * 1024;
        WebServer files = server(known);
        engine = EngineUnderTest.leeching(of(known, URL));
        engine.network().serve("mirror", (client, request, asker) -> {
            HttpFetch.Answer answer = (HttpFetch.Answer) files.answer(client, request);
            Duration takes = Duration.ofMillis(answer.body().size() * 1000L / perSecond);
            var unused = engine.time().after(takes, () -> asker.accept(answer));
        });
        engine.starts();
        // Two at a time: twice the rate.
        long seconds = known.layout().totalLength() / (2L * perSecond);
        for (int second = 0; second < seconds; second++) {
            engine.passes(Duration.ofSeconds(1));
            assertThat(engine.status().waiting()).isNotInstanceOf(WaitReason.WebSeedsRest.class);
        }
        engine.passes(Duration.ofSeconds(15));

        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
        assertThat(engine.status().wasted()).isZero();
    }

    @Test
    void aLimitHoldsForWebSeedsToo() {
        KnownTorrent large = KnownTorrent.ofPieces(128);
        engine = EngineUnderTest.leeching(of(large, URL), "rates.down=100K");
        serve(server(large));
        engine.starts();
        // 4 MiB at 100 KiB/s.
        engine.passes(Duration.ofSeconds(20));
        assertThat(engine.status().downloaded()).isBetween(1945 * 1024L, 2155 * 1024L);
        engine.passes(Duration.ofSeconds(19));
        assertThat(engine.status().state()).isEqualTo(TorrentState.DOWNLOADING);
        engine.passes(Duration.ofSeconds(4));

        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
    }

    @Test
    void whoLiesIsDiscardedAndAnotherTakesItsPlace() {
        FileServer liar = new FileServer().file("/known", ByteString.fromArray(new byte[20 * 32_768]));
        KnownTorrent both = of(known, "http://liar/known", URL);
        engine = EngineUnderTest.leeching(both, "web-seed.max-seeds=1");
        engine.network().serve("liar", liar);
        serve(server(known));
        engine.starts().passes(Duration.ofMinutes(1));

        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
        assertThat(dropped()).containsExactly("web seed http://liar/known: sent corrupt data");
    }

    @Test
    void whoIsBusyIsLeftAloneForAsLongAsItSays() {
        WebServer good = server(known);
        begin(
                of(known, URL),
                (client, request) -> engine.now().compareTo(Duration.ofSeconds(20)) < 0
                        ? new HttpFetch.Answer(
                                503,
                                ByteString.emptyByteString(),
                                Optional.empty(),
                                Optional.of(Duration.ofSeconds(25)))
                        : good.answer(client, request));
        engine.passes(Duration.ofSeconds(5));

        assertThat(engine.status().waiting()).contains(new WaitReason.WebSeedsRest(1, "it answers 503"));
        int asked = requests.size();
        engine.passes(Duration.ofSeconds(19));
        assertThat(requests).as("asked before it may be").hasSize(asked);
        engine.passes(Duration.ofSeconds(10));
        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
    }

    /** Hours without a network: it failed so often that it would rest for half an hour. */
    @Test
    void oneThatWasOfUseIsTriedEveryMinuteWhileItCannotBeReached() {
        WebServer good = server(known);
        Duration back = Duration.ofHours(3);
        begin(
                of(known, URL),
                (client, request) -> requests.size() < 5 || engine.now().compareTo(back) >= 0
                        ? good.answer(client, request)
                        : new HttpFetch.Failed("cannot connect"),
                "web-seed.request=16K");
        engine.passes(back.minus(engine.now()));
        assertThat(engine.status().state()).isEqualTo(TorrentState.DOWNLOADING);
        assertThat(requests).hasSizeLessThan(5 + 2 * 190);
        engine.passes(Duration.ofMinutes(1).plusSeconds(5));

        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
    }

    @Test
    void aFileThatIsNotThereEndsIt() {
        begin(of(known, URL), new FileServer());
        engine.passes(Duration.ofSeconds(5));

        assertThat(engine.status().waiting()).contains(new WaitReason.WebSeedsLost(1, "it answers 404"));
        assertThat(dropped()).containsExactly("web seed http://mirror/known: it answers 404");
        int asked = requests.size();
        engine.passes(Duration.ofHours(2));
        assertThat(requests).hasSize(asked);
    }

    @Test
    void itRestsThroughPausesAndGoesOnAfterwards() {
        begin(of(known, URL), server(known), "web-seed.request=16K", "web-seed.requests=1");
        engine.passes(Duration.ofMillis(500)).pauses().passes(Duration.ofSeconds(5));
        int asked = requests.size();
        engine.passes(Duration.ofMinutes(1));
        assertThat(requests).hasSize(asked);

        engine.resumes().passes(Duration.ofMinutes(1));
        assertThat(engine.status().state()).isEqualTo(TorrentState.SEEDING);
    }

    private void begin(KnownTorrent torrent, WebServer server, String... settings) {
        engine = EngineUnderTest.leeching(torrent, settings);
        serve(server);
        engine.starts();
    }

    private void serve(WebServer server) {
        engine.network().serve("mirror", (client, request) -> {
            requests.add(request);
            return server.answer(client, request);
        });
    }

    private List<String> dropped() {
        return engine.events().stream()
                .filter(TorrentEvent.PeerDropped.class::isInstance)
                .map(TorrentEvent.PeerDropped.class::cast)
                .map(event -> event.address() + ": " + event.reason())
                .toList();
    }

    private static KnownTorrent of(KnownTorrent torrent, String... urls) {
        return new KnownTorrent(torrent.metainfo().withWebSeeds(Stream.of(urls).toList()), torrent.content());
    }

    private static WebServer server(KnownTorrent torrent) {
        ByteString all = ByteString.emptyByteString();
        PieceLayout layout = torrent.layout();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            all = all.concat(torrent.content().block(piece, 0, layout.length(piece)));
        }
        FileServer server = new FileServer();
        for (int file = 0; file < torrent.metainfo().files().size(); file++) {
            FileEntry entry = torrent.metainfo().files().get(file);
            String path = new SeedUrl("http://mirror/", torrent.metainfo())
                    .of(file)
                    .orElseThrow()
                    .getRawPath();
            server.file(path, all.slice((int) entry.offset(), (int) entry.end()));
        }
        return server;
    }
}
