package ahti.tracker;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.bencode.DictBuilder;
import ahti.config.AnnounceTo;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.IpFamily;
import ahti.net.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tracker with addresses of both families is told over both, and is one tracker all the same (BEP 7). */
class OtherFamilyTest {
    private static final String URL = "http://both.test/announce";
    private static final Announcer.Tally DONE = new Announcer.Tally(0, 1_000, 0);
    private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.1", 80);
    private static final byte[] PEER_BYTES = {10, 0, 0, 1, 0, 80};

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private record Asked(HttpFetch.Request request, CompletableFuture<HttpFetch.Reply> reply) {
        String parameter(String name) {
            return ScriptedHttp.parameter(request.uri(), name);
        }

        void answer(DictBuilder body) {
            reply.complete(new HttpFetch.Answer(200, ByteString.fromArray(body.encode())));
        }

        void answer() {
            answer(new DictBuilder().put("interval", 1800).put("complete", 1));
        }

        void fail() {
            reply.complete(new HttpFetch.Failed("network unreachable"));
        }
    }

    private TestProbe<Asked> first;
    private TestProbe<Asked> other;
    private TestProbe<Announcer.Event> owner;
    private List<InetAddress> addresses;
    private final HttpFetch http = (request, bounds) -> {
        CompletableFuture<HttpFetch.Reply> reply = new CompletableFuture<>();
        (request.family().isPresent() ? other : first).ref().tell(new Asked(request, reply));
        return reply;
    };

    @BeforeEach
    void begin() throws UnknownHostException {
        first = kit.probe();
        other = kit.probe();
        owner = kit.probe();
        addresses = List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
    }

    private ActorRef<Announcer.Command> announcer() {
        Resolver resolver = host -> CompletableFuture.completedFuture(
                host.equals("both.test") ? new Resolver.Found(addresses) : new Resolver.Unknown(host));
        Datagrams none = (local, receiver) -> {
            throw new AssertionError("a socket was opened");
        };
        return kit.spawn(Announcer.create(
                Announces.settings(List.of(List.of(URL)), AnnounceTo.FIRST, Announces.ways(http, none, resolver)),
                Announces.ZEROS,
                owner.ref()));
    }

    @Test
    void bothFamiliesHearTheSameWithTheSameKey() {
        announcer();

        Asked one = first.receiveMessage();
        Asked two = other.receiveMessage();

        assertThat(two.request().family()).contains(IpFamily.IPV6);
        assertThat(two.request().uri()).isEqualTo(one.request().uri());
        assertThat(one.parameter("event")).isEqualTo("started");
        assertThat(one.parameter("key")).isEqualTo("0BADCAFE");
    }

    @Test
    void theOtherFamilyIsThatWhichDoesNotComeFirst() {
        addresses = List.of(addresses.get(1), addresses.get(0), addresses.get(1));
        announcer();

        assertThat(other.receiveMessage().request().family()).contains(IpFamily.IPV4);
    }

    @Test
    void peersOfTheOtherFamilyAreHandedOnAndNothingElseIsSaid() {
        announcer();
        first.receiveMessage().answer();
        owner.expectMessageClass(Announcer.Announced.class);

        other.receiveMessage()
                .answer(new DictBuilder()
                        .put("interval", 60)
                        .put("complete", 99)
                        .put("external ip", new byte[] {1, 2, 3, 4})
                        .put("peers", PEER_BYTES));

        owner.expectMessage(new Announcer.PeersFound(URL, List.of(PEER)));
        owner.expectMessage(new Announcer.SeenAs(URL, new InetSocketAddress("1.2.3.4", Announces.PORT)));
        owner.expectNoMessage();
        // Its interval does not count either.
        kit.pass(ofMinutes(29));
        first.expectNoMessage();
        other.expectNoMessage();
        kit.pass(ofMinutes(3));
        assertThat(first.receiveMessage().parameter("event")).isEmpty();
        assertThat(other.receiveMessage().parameter("event")).isEmpty();
    }

    @Test
    void itsFailureIsNoFailureOfTheTracker() {
        announcer();
        first.receiveMessage().answer();
        owner.expectMessageClass(Announcer.Announced.class);

        other.receiveMessage().fail();

        owner.expectNoMessage();
        kit.pass(ofMinutes(32));
        first.receiveMessage();
        assertThat(other.receiveMessage().parameter("event")).isEqualTo("started");
    }

    @Test
    void afterFailuresItSitsOutSomeAnnounces() {
        announcer();
        for (int i = 0; i < 10; i++) {
            first.receiveMessage().answer(new DictBuilder().put("interval", 70));
            Duration next = owner.expectMessageClass(Announcer.Announced.class).next();
            // It rests 15 s, then twice as long each time.
            if (i < 4 || i == 5 || i == 9) {
                other.receiveMessage().fail();
                // Nor does anybody hear of it; and it is heard before time passes.
                owner.expectNoMessage();
            } else {
                other.expectNoMessage();
            }
            kit.pass(next);
        }
    }

    @Test
    void completedAndStoppedAreSaidOverBoth() {
        ActorRef<Announcer.Command> announcer = announcer();
        first.receiveMessage().answer();
        other.receiveMessage().answer();
        owner.expectMessageClass(Announcer.Announced.class);

        announcer.tell(new Announcer.Completed(DONE));
        Asked one = first.receiveMessage();
        Asked two = other.receiveMessage();
        assertThat(one.parameter("event")).isEqualTo("completed");
        assertThat(two.parameter("event")).isEqualTo("completed");
        one.answer();
        two.answer();
        owner.expectMessageClass(Announcer.Announced.class);

        TestProbe<Announcer.Stopped> stopped = kit.probe();
        announcer.tell(new Announcer.Stop(DONE, stopped.ref()));
        Asked bye = first.receiveMessage();
        assertThat(bye.parameter("event")).isEqualTo("stopped");
        bye.answer();
        stopped.expectNoMessage();
        other.receiveMessage().answer();
        stopped.expectMessage(Announcer.Stopped.INSTANCE);
    }

    @Test
    void whereTheOtherFamilyNeverAnsweredThereIsNobodyToSayGoodbyeTo() {
        ActorRef<Announcer.Command> announcer = announcer();
        first.receiveMessage().answer();
        other.receiveMessage().fail();
        owner.expectMessageClass(Announcer.Announced.class);
        kit.pass(ofSeconds(1));

        TestProbe<Announcer.Stopped> stopped = kit.probe();
        announcer.tell(new Announcer.Stop(DONE, stopped.ref()));
        first.receiveMessage().answer();

        stopped.expectMessage(Announcer.Stopped.INSTANCE);
        other.expectNoMessage();
    }

    @Test
    void aTrackerOfOneFamilyIsAskedOnce() {
        addresses = addresses.subList(0, 1);
        announcer();
        first.receiveMessage().answer();
        owner.expectMessageClass(Announcer.Announced.class);

        other.expectNoMessage();
    }
}
