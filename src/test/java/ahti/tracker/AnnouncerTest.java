package ahti.tracker;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.bencode.DictBuilder;
import ahti.config.AnnounceTo;
import ahti.net.Datagrams;
import ahti.net.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnnouncerTest {
    private static final Announcer.Tally LATER = new Announcer.Tally(5, 900, 100);
    private static final Announcer.Tally DONE = new Announcer.Tally(5, 1_000, 0);
    private static final Datagrams NO_DATAGRAMS = (local, receiver) -> {
        throw new AssertionError("a socket was opened");
    };
    private static final Resolver NO_NAMES = host -> CompletableFuture.completedFuture(
            host.equals("127.0.0.1")
                    ? new Resolver.Found(List.of(InetAddress.getLoopbackAddress()))
                    : new Resolver.Unknown("no names here"));

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private ScriptedHttp http;
    private TestProbe<Announcer.Event> owner;

    @BeforeEach
    void makeProbes() {
        http = new ScriptedHttp(kit.probe());
        owner = kit.probe();
    }

    @Test
    void announcesAtOnceAndAgainWhenTheIntervalElapses() {
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");

        ScriptedHttp.Asked started = http.next();
        assertThat(started.event()).isEqualTo("started");
        assertThat(started.parameter("left")).isEqualTo("1000");
        started.answer(ofMinutes(30));
        Duration next = announced("http://a/x");
        assertThat(next).isBetween(ofMinutes(30), ofMinutes(32));

        announcer.tell(new Announcer.Progress(LATER));
        kit.pass(next.minusMillis(1));
        http.asked().expectNoMessage();
        kit.pass(Duration.ofMillis(1));
        ScriptedHttp.Asked regular = http.next();
        assertThat(regular.event()).isEmpty();
        assertThat(regular.parameter("left")).isEqualTo("100");
    }

    @Test
    void passesOnWhatTheTrackerSays() {
        announcer("http://a/x");

        http.next()
                .answer(new DictBuilder()
                        .put("interval", 600)
                        .put("complete", 3)
                        .put("incomplete", 4)
                        .put("warning message", "old client")
                        .put("external ip", new byte[] {1, 2, 3, 4})
                        .put("peers", new byte[] {10, 0, 0, 1, 0, 80}));

        Announcer.Announced announced = owner.expectMessageClass(Announcer.Announced.class);
        assertThat(announced.seeders()).isEqualTo(OptionalInt.of(3));
        assertThat(announced.leechers()).isEqualTo(OptionalInt.of(4));
        assertThat(announced.warning()).isEqualTo(Optional.of("old client"));
        owner.expectMessage(new Announcer.PeersFound("http://a/x", List.of(new InetSocketAddress("10.0.0.1", 80))));
        owner.expectMessage(new Announcer.SeenAs("http://a/x", new InetSocketAddress("1.2.3.4", Announces.PORT)));
    }

    @Test
    void aTrackerOfTheInternetNamesNobodyInPrivateNetworks() {
        announcer("http://a/announce");

        ScriptedHttp.Asked asked = http.next();
        asked.answerFromAfar(new DictBuilder()
                .put("interval", 600)
                .put("peers", new byte[] {10, 0, 0, 1, 0, 80, 127, 0, 0, 1, 0, 80, 5, 6, 7, 8, 0, 80})
                .put("peers6", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80}));

        announced("http://a/announce");
        owner.expectMessage(
                new Announcer.PeersFound("http://a/announce", List.of(new InetSocketAddress("5.6.7.8", 80))));
        assertThat(asked.fitsNeighbours()).isTrue();
    }

    @Test
    void aUrlThatIsNoTrackersIsNotAskedOfNeighbours() {
        announcer("http://a/reboot");

        assertThat(http.next().fitsNeighbours()).isFalse();
    }

    @Test
    void announcesToOneOfEachTierWhenToldToAndOthersStandInForThoseThatFail() {
        ActorRef<Announcer.Command> announcer = announcer(AnnounceTo.TIERS, "http://a/x http://b/x", "http://c/x");

        ScriptedHttp.Asked one = http.next();
        ScriptedHttp.Asked other = http.next();
        assertThat(List.of(one.host(), other.host())).doesNotHaveDuplicates().contains("c");
        ScriptedHttp.Asked ofTheFirstTier = one.host().equals("c") ? other : one;
        ScriptedHttp.Asked ofTheSecond = one.host().equals("c") ? one : other;
        http.asked().expectNoMessage();
        ofTheSecond.answer(ofMinutes(30));
        announced("http://c/x");
        ofTheFirstTier.fail();
        owner.expectMessageClass(Announcer.Failing.class);
        ScriptedHttp.Asked standIn = http.next();
        assertThat(standIn.host()).isIn("a", "b").isNotEqualTo(ofTheFirstTier.host());
        standIn.answer(ofMinutes(30));
        announced("http://" + standIn.host() + "/x");

        announcer.tell(new Announcer.Completed(DONE));
        assertThat(List.of(http.next().event(), http.next().event())).containsOnly("completed");
    }

    @Test
    void announcesToAllTrackersWhenToldToThreeOfThemAtTheSameTime() {
        announcer(AnnounceTo.ALL, "http://a/x http://b/x", "http://c/x http://d/x");

        List<ScriptedHttp.Asked> asked = List.of(http.next(), http.next(), http.next());
        http.asked().expectNoMessage();
        assertThat(asked).extracting(ScriptedHttp.Asked::host).containsExactlyInAnyOrder("a", "b", "c");
        asked.stream().filter(each -> each.host().equals("a")).forEach(ScriptedHttp.Asked::fail);

        assertThat(http.next().host()).isEqualTo("d");
    }

    @Test
    void echoesTheTrackerId() {
        announcer("http://a/x");
        http.next().answer(new DictBuilder().put("interval", 600).put("tracker id", new byte[] {(byte) 0xff, 'i'}));

        kit.pass(announced("http://a/x"));

        assertThat(http.next().parameter("trackerid")).isEqualTo("%FFi");
    }

    @Test
    void tellsATrackerThatKnewUsIncompleteThatWeAreComplete() {
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");
        http.next().answer(ofMinutes(30));
        announced("http://a/x");

        announcer.tell(new Announcer.Completed(DONE));

        ScriptedHttp.Asked completed = http.next();
        assertThat(completed.event()).isEqualTo("completed");
        assertThat(completed.parameter("left")).isEqualTo("0");
        completed.answer(ofMinutes(30));
        kit.pass(announced("http://a/x"));
        assertThat(http.next().event()).isEmpty();
    }

    @Test
    void tellsCompletedOnceStartedHasBeenHeard() {
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");
        ScriptedHttp.Asked started = http.next();
        announcer.tell(new Announcer.Completed(DONE));
        http.asked().expectNoMessage();

        started.answer(ofMinutes(30));

        assertThat(http.next().event()).isEqualTo("completed");
    }

    @Test
    void backsOffWhileATrackerFailsAndRecovers() {
        announcer("http://a/x");

        http.next().fail();
        Duration first = failing("http://a/x", "no such host");
        assertThat(first).isBetween(ofSeconds(15), ofSeconds(16));
        kit.pass(first.minusMillis(1));
        http.asked().expectNoMessage();
        kit.pass(Duration.ofMillis(1));
        http.next().answer(new DictBuilder().put("failure reason", "go away"));
        Duration second = failing("http://a/x", "go away");
        assertThat(second).isBetween(ofSeconds(30), ofSeconds(32));
        kit.pass(second);
        ScriptedHttp.Asked third = http.next();
        assertThat(third.event()).isEqualTo("started");
        third.answer(ofMinutes(30));

        announced("http://a/x");
    }

    @Test
    void fallsThroughTheTiersAtOnceAndReturnsWhenTheFirstRecovers() {
        announcer("http://a/x", "http://b/x");

        http.next().fail();
        Duration retry = failing("http://a/x", "no such host");
        ScriptedHttp.Asked second = http.next();
        assertThat(second.host()).isEqualTo("b");
        second.answer(ofMinutes(30));
        announced("http://b/x");

        kit.pass(retry);
        ScriptedHttp.Asked again = http.next();
        assertThat(again.host()).isEqualTo("a");
        again.answer(ofMinutes(60));
        announced("http://a/x");
        kit.pass(ofMinutes(40));
        http.asked().expectNoMessage();
    }

    @Test
    void letsOnlyOneTrackerAnnounceAtATime() {
        announcer("http://a/x http://b/x", "http://c/x");

        ScriptedHttp.Asked first = http.next();
        http.asked().expectNoMessage();
        first.answer(ofMinutes(30));

        announced("http://" + first.host() + "/x");
        http.asked().expectNoMessage();
    }

    @Test
    void asksForPeersAgainNoSoonerThanTheMinInterval() {
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");
        http.next().answer(new DictBuilder().put("interval", 1800).put("min interval", 120));
        announced("http://a/x");

        announcer.tell(Announcer.NeedPeers.INSTANCE);
        kit.pass(ofSeconds(119));
        http.asked().expectNoMessage();
        kit.pass(ofSeconds(1));
        http.next().answer(new DictBuilder().put("interval", 1800).put("min interval", 120));
        announced("http://a/x");

        kit.pass(ofSeconds(500));
        http.asked().expectNoMessage();
        announcer.tell(Announcer.NeedPeers.INSTANCE);
        assertThat(http.next().event()).isEmpty();
    }

    @Test
    void saysGoodbyeToEveryTrackerThatKnowsUs() {
        TestProbe<Announcer.Stopped> stopped = kit.probe();
        ActorRef<Announcer.Command> announcer = announcer("http://a/x", "http://b/x", "http://c/x");
        http.next().answer(ofMinutes(10));
        Duration next = announced("http://a/x");
        kit.pass(next);
        http.next().fail();
        failing("http://a/x", "no such host");
        http.next().answer(ofMinutes(10));
        announced("http://b/x");

        announcer.tell(new Announcer.Stop(LATER, stopped.ref()));
        ScriptedHttp.Asked one = http.next();
        ScriptedHttp.Asked other = http.next();

        assertThat(List.of(one.host(), other.host())).containsExactlyInAnyOrder("a", "b");
        assertThat(List.of(one.event(), other.event())).containsOnly("stopped");
        assertThat(one.parameter("numwant")).isEqualTo("0");
        assertThat(one.parameter("left")).isEqualTo("100");
        one.answer(ofMinutes(10));
        stopped.expectNoMessage();
        other.fail();
        stopped.expectMessage(Announcer.Stopped.INSTANCE);
        stopped.expectTerminated(announcer);
    }

    @Test
    void waitsForGoodbyesNoLongerThanTheCap() {
        TestProbe<Announcer.Stopped> stopped = kit.probe();
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");
        http.next().answer(ofMinutes(10));
        announced("http://a/x");

        announcer.tell(new Announcer.Stop(LATER, stopped.ref()));
        http.next();
        announcer.tell(Announcer.NeedPeers.INSTANCE);
        announcer.tell(new Announcer.Stop(LATER, stopped.ref()));
        kit.pass(ofSeconds(2));
        stopped.expectNoMessage();
        kit.pass(ofSeconds(1));

        stopped.expectMessage(Announcer.Stopped.INSTANCE);
        stopped.expectMessage(Announcer.Stopped.INSTANCE);
    }

    @Test
    void leavesAtOnceWhenNobodyKnowsUs() {
        TestProbe<Announcer.Stopped> stopped = kit.probe();
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");
        ScriptedHttp.Asked started = http.next();

        announcer.tell(new Announcer.Stop(LATER, stopped.ref()));

        stopped.expectMessage(Announcer.Stopped.INSTANCE);
        started.fail();
        stopped.expectTerminated(announcer);
    }

    @Test
    void abandonsAnAnnounceInFlightToSayGoodbye() {
        TestProbe<Announcer.Stopped> stopped = kit.probe();
        ActorRef<Announcer.Command> announcer = announcer("http://a/x");
        http.next().answer(ofMinutes(10));
        kit.pass(announced("http://a/x"));
        ScriptedHttp.Asked regular = http.next();

        announcer.tell(new Announcer.Stop(LATER, stopped.ref()));
        ScriptedHttp.Asked goodbye = http.next();
        regular.answer(ofMinutes(10));
        stopped.expectNoMessage();
        goodbye.answer(ofMinutes(10));

        stopped.expectMessage(Announcer.Stopped.INSTANCE);
    }

    @Test
    void saysWhichTrackersItCannotReach() {
        announcer("wss://w/ http://a/x");

        owner.expectMessage(
                new Announcer.Failing("wss://w/", "trackers over wss are not supported", Duration.ofDays(1)));
        assertThat(http.next().host()).isEqualTo("a");
    }

    @Test
    void isContentWithoutTrackers() {
        TestProbe<Announcer.Stopped> stopped = kit.probe();
        ActorRef<Announcer.Command> announcer = announcer();
        announcer.tell(Announcer.NeedPeers.INSTANCE);
        announcer.tell(new Announcer.Completed(DONE));

        announcer.tell(new Announcer.Stop(DONE, stopped.ref()));

        stopped.expectMessage(Announcer.Stopped.INSTANCE);
    }

    @Test
    void goesOnWithTheNextTrackerWhenOneOfOurActorsBreaks() {
        announcer("udp://127.0.0.1:1", "http://a/x");

        assertThat(failing("udp://127.0.0.1:1", "a fault in Ahti, see the log")).isEqualTo(ofMinutes(30));
        assertThat(http.next().host()).isEqualTo("a");
    }

    private ActorRef<Announcer.Command> announcer(String... tiers) {
        return announcer(AnnounceTo.FIRST, tiers);
    }

    private ActorRef<Announcer.Command> announcer(AnnounceTo announceTo, String... tiers) {
        AnnouncerSettings settings = Announces.settings(
                Stream.of(tiers).map(tier -> List.of(tier.split(" ", -1))).toList(),
                announceTo,
                Announces.ways(http, NO_DATAGRAMS, NO_NAMES));
        return kit.spawn(Announcer.create(settings, Announces.ZEROS, owner.ref()));
    }

    private Duration announced(String url) {
        Announcer.Announced event = owner.expectMessageClass(Announcer.Announced.class);
        assertThat(event.url()).isEqualTo(url);
        return event.next();
    }

    private Duration failing(String url, String reason) {
        Announcer.Failing event = owner.expectMessageClass(Announcer.Failing.class);
        assertThat(event.url()).isEqualTo(url);
        assertThat(event.reason()).isEqualTo(reason);
        return event.retryIn();
    }
}
