package ahti.tracker;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.net.Datagrams;
import ahti.net.IpFamily;
import ahti.net.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UdpLineTest {
    private static final InetSocketAddress FIRST = new InetSocketAddress("10.0.0.1", 80);
    private static final InetSocketAddress SECOND = new InetSocketAddress("2001:db8::1", 80);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("10.0.0.1", 81);
    private static final String ID = "1122334455667788";
    private static final String PEER = "0a0000011ae1";

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private ScriptedDatagrams udp;
    private TestProbe<Line.Answered> answers;
    private ActorRef<Line.Command> line;
    private int number;

    @BeforeEach
    void makeProbes() {
        udp = new ScriptedDatagrams(kit.probe());
        answers = kit.probe();
    }

    @Test
    void connectsAnnouncesAndReportsThePeers() {
        line(found(FIRST));
        announce();

        ScriptedDatagrams.Opened socket = udp.opened();
        ScriptedDatagrams.Sent connect = udp.sent();
        assertThat(connect.to()).isEqualTo(FIRST);
        assertThat(connect.action()).isZero();
        socket.hears(FIRST, "00000000" + connect.transaction() + ID);
        ScriptedDatagrams.Sent announce = udp.sent();
        assertThat(announce.action()).isEqualTo(1);
        assertThat(announce.connection()).isEqualTo(ID);
        assertThat(announce.transaction()).isNotEqualTo(connect.transaction());
        socket.hears(FIRST, announced(announce));

        Outcome.Answer answer = (Outcome.Answer) answers.receiveMessage().outcome();
        assertThat(answer.interval()).contains(Duration.ofMinutes(30));
        assertThat(answer.peers()).containsExactly(new InetSocketAddress("10.0.0.1", 6881));
        assertThat(answer.leechers()).hasValue(3);
        assertThat(answer.seeders()).hasValue(7);
    }

    @Test
    void aTrackerOfTheInternetNamesNobodyInPrivateNetworks() {
        InetSocketAddress far = new InetSocketAddress("1.2.3.4", 80);
        line(found(far));
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        socket.hears(far, "00000000" + udp.sent().transaction() + ID);
        socket.hears(far, announced(udp.sent()) + "7f0000011ae1" + "c0a801011ae1" + "050607081ae1");

        Outcome.Answer answer = (Outcome.Answer) answers.receiveMessage().outcome();
        assertThat(answer.peers()).containsExactly(new InetSocketAddress("5.6.7.8", 6881));
    }

    @Test
    void sendsAgainAfterFifteenSecondsAndGivesUpAfterThirtyMore() {
        line(found(FIRST));
        announce();
        udp.opened();
        String transaction = udp.sent().transaction();

        kit.pass(ofSeconds(14));
        udp.nothing();
        kit.pass(ofSeconds(1));
        assertThat(udp.sent().transaction()).isEqualTo(transaction);
        kit.pass(ofSeconds(29));
        udp.nothing();
        answers.expectNoMessage(Duration.ZERO);
        kit.pass(ofSeconds(1));

        answers.expectMessage(new Line.Answered(1, new Outcome.Failure("no answer over UDP after 2 attempts")));
        udp.closed();
    }

    @Test
    void survivesALostAnnounce() {
        line(found(FIRST));
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        socket.hears(FIRST, "00000000" + udp.sent().transaction() + ID);
        udp.sent();

        kit.pass(ofSeconds(15));
        ScriptedDatagrams.Sent again = udp.sent();
        assertThat(again.action()).isZero();
        socket.hears(FIRST, "00000000" + again.transaction() + "8877665544332211");
        ScriptedDatagrams.Sent announce = udp.sent();
        assertThat(announce.connection()).isEqualTo("8877665544332211");
        socket.hears(FIRST, announced(announce));

        assertThat(answers.receiveMessage().outcome()).isInstanceOf(Outcome.Answer.class);
    }

    @Test
    void alternatesBetweenTheAddressesOfATracker() {
        line(found(FIRST, SECOND));
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        assertThat(udp.sent().to()).isEqualTo(FIRST);
        kit.pass(ofSeconds(15));
        ScriptedDatagrams.Sent connect = udp.sent();
        assertThat(connect.to()).isEqualTo(SECOND);

        socket.hears(SECOND, "00000000" + connect.transaction() + ID);
        ScriptedDatagrams.Sent announce = udp.sent();
        assertThat(announce.to()).isEqualTo(SECOND);
        socket.hears(
                SECOND,
                "00000001" + announce.transaction() + "00000000".repeat(3) + "20010db8" + "00".repeat(12) + "0050");

        assertThat(((Outcome.Answer) answers.receiveMessage().outcome()).peers())
                .containsExactly(new InetSocketAddress("2001:db8::", 80));
    }

    @Test
    void asksOnlyOverTheFamilyItIsTold() throws UnknownHostException {
        InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 80);
        line(found(FIRST, six), Optional.of(IpFamily.IPV6));

        announce();

        udp.opened();
        assertThat(udp.sent().to()).isEqualTo(six);
    }

    @Test
    void failsWhereThereIsNoAddressOfThatFamily() {
        line(found(FIRST), Optional.of(IpFamily.IPV6));

        announce();

        assertThat(answers.receiveMessage().outcome()).isEqualTo(new Outcome.Failure("no address of that family"));
        udp.nothing();
    }

    @Test
    void ignoresWhatDoesNotMatchByAddressAndTransaction() {
        line(found(FIRST));
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        ScriptedDatagrams.Sent connect = udp.sent();

        socket.hears(STRANGER, "00000000" + connect.transaction() + ID);
        socket.hears(FIRST, "00000000" + "00000000" + ID);
        socket.hears(FIRST, "00000000" + connect.transaction());
        socket.hears(FIRST, "00000001" + connect.transaction() + "00000000".repeat(3));
        socket.hears(STRANGER, "00000003" + connect.transaction() + "6e6f");
        socket.hears(FIRST, "00000003" + "00000000" + "6e6f");
        socket.hears(FIRST, "");
        udp.nothing();
        answers.expectNoMessage(Duration.ZERO);

        socket.hears(FIRST, "00000003" + connect.transaction() + "6e6f");
        answers.expectMessage(new Line.Answered(1, new Outcome.Failure("no")));
        assertThat(udp.taken()).as("what was ignored makes room, too").hasValueGreaterThanOrEqualTo(7);
    }

    @Test
    void usesAConnectionIdForAMinuteAndThenClosesTheSocket() {
        line(found(FIRST));
        ScriptedDatagrams.Opened socket = answerOnce();

        kit.pass(ofSeconds(59));
        announce();
        ScriptedDatagrams.Sent announce = udp.sent();
        assertThat(announce.connection()).isEqualTo(ID);
        socket.hears(FIRST, announced(announce));
        answers.receiveMessage();
        kit.pass(ofSeconds(1));
        udp.closed();

        announce();
        udp.opened();
        assertThat(udp.sent().action()).isZero();
    }

    @Test
    void connectsAnewWhenTheTrackerHasForgottenTheConnection() {
        line(found(FIRST));
        ScriptedDatagrams.Opened socket = answerOnce();
        announce();

        socket.hears(FIRST, "00000003" + udp.sent().transaction() + "6f6c64");

        ScriptedDatagrams.Sent connect = udp.sent();
        assertThat(connect.action()).isZero();
        socket.hears(FIRST, "00000000" + connect.transaction() + ID);
        socket.hears(FIRST, "00000003" + udp.sent().transaction() + "6f6c64");
        answers.expectMessage(new Line.Answered(2, new Outcome.Failure("old")));
    }

    @Test
    void takesANewAnnounceInPlaceOfTheOneInFlight() {
        line(found(FIRST));
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        String abandoned = udp.sent().transaction();

        announce();
        ScriptedDatagrams.Sent connect = udp.sent();
        socket.hears(FIRST, "00000000" + abandoned + ID);
        udp.nothing();
        socket.hears(FIRST, "00000000" + connect.transaction() + ID);
        socket.hears(FIRST, announced(udp.sent()));

        assertThat(answers.receiveMessage().number()).isEqualTo(2);
    }

    @Test
    void reportsANameThatLeadsNowhere() {
        line(new Resolver.Unknown("no such host: tracker.test"));
        announce();

        answers.expectMessage(new Line.Answered(1, new Outcome.Failure("no such host: tracker.test")));
        udp.nothing();
    }

    @Test
    void reportsASocketThatBreaksAndOpensAnother() {
        line(found(FIRST));
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        udp.sent();

        socket.receiver().tell(new Datagrams.Failed("the UDP socket broke"));
        answers.expectMessage(new Line.Answered(1, new Outcome.Failure("the UDP socket broke")));
        udp.closed();

        announce();
        udp.opened();
        udp.sent();
    }

    private ScriptedDatagrams.Opened answerOnce() {
        announce();
        ScriptedDatagrams.Opened socket = udp.opened();
        socket.hears(FIRST, "00000000" + udp.sent().transaction() + ID);
        socket.hears(FIRST, announced(udp.sent()));
        answers.receiveMessage();
        return socket;
    }

    private void announce() {
        AnnounceRequest like = Announces.request(AnnounceEvent.NONE, Optional.empty());
        number++;
        line.tell(new Line.Ask(
                new AnnounceRequest(
                        number,
                        like.infoHash(),
                        like.peerId(),
                        like.port(),
                        like.key(),
                        like.tally(),
                        like.event(),
                        like.numWant(),
                        like.trackerId()),
                answers.ref()));
    }

    private static String announced(ScriptedDatagrams.Sent announce) {
        return "00000001" + announce.transaction() + "00000708" + "00000003" + "00000007" + PEER;
    }

    private static Resolver.Reply found(InetSocketAddress... addresses) {
        return new Resolver.Found(
                List.of(addresses).stream().map(InetSocketAddress::getAddress).toList());
    }

    private void line(Resolver.Reply reply) {
        line(reply, Optional.empty());
    }

    private void line(Resolver.Reply reply, Optional<IpFamily> family) {
        line = kit.spawn(UdpLine.create(
                new Endpoint.Udp("tracker.test", 80, "/announce"),
                new UdpLine.Ways(
                        udp,
                        host -> CompletableFuture.completedFuture(reply),
                        family,
                        new UdpExchange.Patience(ofSeconds(15), 2),
                        100,
                        false,
                        new Random(7))));
    }
}
