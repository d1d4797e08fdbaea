package ahti.testkit.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.config.AnnounceTo;
import ahti.config.Configuration;
import ahti.config.TrackerConfig;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.core.PeerId;
import ahti.net.HttpFetch;
import ahti.net.LocalAddresses;
import ahti.net.ResolverOfTheSystem;
import ahti.net.UdpDatagrams;
import ahti.net.http.HttpOverSockets;
import ahti.tracker.Announcer;
import ahti.tracker.AnnouncerSettings;
import ahti.tracker.Scraper;
import ahti.tracker.TrackerWays;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own small tracker, asked by our own announcer through real sockets. */
class TrackerServerTest {
    private static final InfoHash HASH = InfoHash.parse("00112233445566778899aabbccddeeff01234567");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final TrackerConfig CONFIG = new TrackerConfig(
            50,
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Duration.ofSeconds(3),
            5,
            Duration.ofMinutes(5),
            Duration.ofSeconds(15),
            2,
            AnnounceTo.FIRST,
            5,
            false);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private final HttpOverSockets http = HttpOverSockets.onDaemonThreads(
            LocalAddresses.ANY,
            Configuration.load(Optional.empty(), false, List.of(), Map.of())
                    .ahti()
                    .net());
    private final AtomicLong nanos = new AtomicLong();
    private TrackerServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = TrackerServer.start(TrackerServer.Settings.DEFAULT, nanos::get);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void introducesTwoPeersToEachOther(boolean udp) {
        TestProbe<Announcer.Event> seed = kit.probe();
        TestProbe<Announcer.Event> leech = kit.probe();
        TestProbe<Announcer.Stopped> stopped = kit.probe();

        ActorRef<Announcer.Command> first = announcer(7001, 0, udp, seed);
        assertThat(seed.expectMessageClass(Announcer.Announced.class).seeders()).hasValue(1);
        announcer(7002, 100, udp, leech);

        Announcer.Announced announced = leech.expectMessageClass(Announcer.Announced.class);
        assertThat(announced.seeders()).hasValue(1);
        assertThat(announced.leechers()).hasValue(1);
        assertThat(announced.next()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(63));
        assertThat(leech.expectMessageClass(Announcer.PeersFound.class).peers())
                .containsExactly(new InetSocketAddress(HERE, 7001));

        first.tell(new Announcer.Stop(new Announcer.Tally(0, 0, 0), stopped.ref()));
        stopped.expectMessage(Announcer.Stopped.INSTANCE);
        assertThat(scrape()).contains("8:completei0e").contains("10:incompletei1e");
        assertThat(server.announces()).isEqualTo(3);
    }

    @Test
    void overIpv6() throws IOException {
        InetAddress six = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        try (TrackerServer other = TrackerServer.start(
                TrackerServer.Settings.DEFAULT.withBind(new InetSocketAddress(six, 0)), nanos::get)) {
            assertThat(other.url()).startsWith("http://[0:0:0:0:0:0:0:1]:");
            for (String url : List.of(other.url(), other.udpUrl())) {
                TestProbe<Announcer.Event> seed = kit.probe();
                TestProbe<Announcer.Event> leech = kit.probe();
                announcer(7001, 0, url, seed);
                seed.expectMessageClass(Announcer.Announced.class);
                announcer(7002, 100, url, leech);
                leech.expectMessageClass(Announcer.Announced.class);
                assertThat(leech.expectMessageClass(Announcer.PeersFound.class).peers())
                        .contains(new InetSocketAddress(six, 7001));
            }
        }
    }

    @Test
    void tellsWhoeverScrapesHowLargeTheSwarmIs() {
        announce(1, 7001, "&left=0&event=completed");
        announce(2, 7002, "&left=5");
        TestProbe<Scraper.Event> asker = kit.probe();
        List<String> urls = List.of(server.url(), server.udpUrl());

        kit.spawn(Scraper.create(List.of(urls), HASH, ways(), new Random(1), asker.ref()));

        OptionalInt one = OptionalInt.of(1);
        assertThat(List.of(asker.receiveMessage(), asker.receiveMessage()))
                .containsExactlyInAnyOrder(
                        new Scraper.Scraped(urls.get(0), one, one, one),
                        new Scraper.Scraped(urls.get(1), one, one, one));
        asker.expectMessage(Scraper.Done.INSTANCE);
    }

    @Test
    void forgetsPeersThatStayAway() {
        TestProbe<Announcer.Event> seed = kit.probe();
        announcer(7001, 0, false, seed);
        seed.expectMessageClass(Announcer.Announced.class);
        assertThat(scrape()).contains("8:completei1e");

        nanos.addAndGet(Duration.ofSeconds(121).toNanos());

        assertThat(scrape()).contains("8:completei0e");
    }

    @Test
    void listsPeersForClientsThatWantNoCompactAnswer() {
        announce(1, 7001, "&left=0&compact=0");

        assertThat(announce(2, 7002, "&left=5&compact=0"))
                .contains("5:peersld2:ip9:127.0.0.17:peer id20:-XX0000-00000000000" + "14:porti7001eee");
        assertThat(announce(3, 7003, "&left=5&numwant=1&compact=1")).contains("5:peers6:");
        assertThat(announce(3, 7003, "&left=5&numwant=0&compact=1")).contains("5:peers0:");
    }

    @Test
    void countsDownloads() {
        announce(1, 7001, "&left=0&event=completed");

        assertThat(scrape()).contains("10:downloadedi1e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "?info_hash=x", "?port=x", "?port=70000", "?info_hash=%25zz", "?port=1&info_hash=%250"})
    void saysWhatIsWrongWithAnAnnounce(String query) {
        assertThat(fetch(server.url() + query)).startsWith("d14:failure reason");
    }

    @Test
    void answersNothingToWhatIsNoPacketOfAClient() {
        UdpDesk udp = new UdpDesk(swarms(1, 1), nanos::get);
        InetSocketAddress from = new InetSocketAddress(HERE, 1);

        assertThat(udp.answer(ByteBuffer.allocate(15), from)).isEmpty();
        assertThat(udp.answer(ByteBuffer.allocate(16), from)).isEmpty();
        byte[] announce = new byte[98];
        announce[11] = 1;
        assertThat(new String(udp.answer(ByteBuffer.wrap(announce), from).orElseThrow(), StandardCharsets.US_ASCII))
                .endsWith("connect first");
    }

    @Test
    void refusesMoreSwarmsAndPeersThanItsTablesHold() {
        TrackerSwarms swarms = swarms(1, 2);
        for (int i = 0; i < 5; i++) {
            assertThat(swarms.announce(like(HASH, i), 9)).isPresent();
        }

        assertThat(swarms.counts(HASH).leechers()).isEqualTo(2);
        assertThat(swarms.announce(like(InfoHash.v1(new byte[20]), 1), 9)).isEmpty();
    }

    private TrackerSwarms swarms(int most, int peers) {
        return new TrackerSwarms(
                new TrackerSwarms.Bounds(Duration.ofMinutes(1), most, peers), nanos::get, TrackerSwarms.LATEST_FIRST);
    }

    private static HeardAnnounce like(InfoHash hash, int i) {
        return new HeardAnnounce(
                hash, PeerId.random(new Random(i)), new InetSocketAddress(HERE, 7_000 + i), 0, 0, 1, "", 9, true);
    }

    private ActorRef<Announcer.Command> announcer(int port, long left, boolean udp, TestProbe<Announcer.Event> owner) {
        return announcer(port, left, udp ? server.udpUrl() : server.url(), owner);
    }

    private ActorRef<Announcer.Command> announcer(int port, long left, String url, TestProbe<Announcer.Event> owner) {
        AnnouncerSettings settings = new AnnouncerSettings(
                List.of(List.of(url)),
                HASH,
                PeerId.random(new Random(port)),
                port,
                port,
                new Announcer.Tally(0, 0, left),
                AnnounceTo.FIRST,
                ways());
        return kit.spawn(Announcer.create(settings, new Random(port), owner.ref()));
    }

    private TrackerWays ways() {
        return new TrackerWays(
                CONFIG,
                Limits.DEFAULT,
                http,
                new UdpDatagrams(kit.system(), LocalAddresses.ANY, 256),
                ResolverOfTheSystem.onDaemonThreads(LocalAddresses.ANY));
    }

    private String announce(int peer, int port, String more) {
        return fetch(server.url() + "?info_hash=%00%11%223DUfw%88%99%AA%BB%CC%DD%EE%FF%01%23Eg"
                + "&peer_id=-XX0000-00000000000" + peer + "&port=" + port + more);
    }

    private String scrape() {
        return fetch(server.url().replace("announce", "scrape")
                + "?info_hash=%00%11%223DUfw%88%99%AA%BB%CC%DD%EE%FF%01%23Eg");
    }

    private String fetch(String url) {
        try {
            HttpFetch.Reply reply = http.get(URI.create(url), new HttpFetch.Bounds(Duration.ofSeconds(10), 10_000, 0))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            return new String(((HttpFetch.Answer) reply).body().toArrayUnsafe(), StandardCharsets.ISO_8859_1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
