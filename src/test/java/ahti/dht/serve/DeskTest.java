package ahti.dht.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.config.DhtConfig;
import ahti.dht.At;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.KrpcMessage.Failure;
import ahti.dht.krpc.KrpcMessage.Query;
import ahti.dht.krpc.KrpcWriter;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final InetSocketAddress ALICE = At.port("20.0.0.1", 6881);
    private static final InetSocketAddress BOB = At.port("20.0.0.2", 6881);

    private final Random random = new Random(1);
    private final NodeId self = NodeId.random(random);
    private final NodeId torrent = NodeId.random(random);
    private final DhtConfig config = AhtiConfig.load(
                    "ahti.dht { max-hashes = 3, max-peers = 20, peers-per-address = 2 }")
            .dht();
    private final Desk desk = new Desk(Family.IPV4, config, random, 0);

    @Test
    void tellsWhoAnnounced() {
        announce(ALICE, 7000, token(ALICE, 0), 0);

        Answer answer = ask(BOB, new Question.GetPeers(torrent), MINUTE);

        assertThat(answer.peers()).containsExactly(At.port("20.0.0.1", 7000));
        assertThat(answer.token()).isPresent();
        assertThat(answer.you()).contains(BOB);
    }

    @Test
    void takesThePortThatAnAnnounceCameFromWhenItSaysSo() {
        ByteString token = token(ALICE, 0);
        ask(ALICE, new Question.AnnouncePeer(torrent, 1, true, token), 0);

        assertThat(ask(BOB, new Question.GetPeers(torrent), 0).peers()).containsExactly(ALICE);
    }

    @Test
    void refusesTokensOfOthersAndMadeUpOnes() {
        assertThat(announce(BOB, 7000, token(ALICE, 0), 0)).isInstanceOf(Failure.class);
        assertThat(announce(ALICE, 7000, ByteString.fromString("12345678"), 0))
                .isEqualTo(new Failure(ByteString.fromString("aa"), KrpcMessage.PROTOCOL, "Bad Token"));
        assertThat(ask(BOB, new Question.GetPeers(torrent), 0).peers()).isEmpty();
    }

    @Test
    void takesATokenForFiveToTenMinutes() {
        ByteString token = token(ALICE, 4 * MINUTE);

        assertThat(announce(ALICE, 7000, token, 9 * MINUTE)).isInstanceOf(Answer.class);
        token(BOB, 9 * MINUTE);
        assertThat(announce(ALICE, 7000, token, 15 * MINUTE)).isInstanceOf(Failure.class);
    }

    @Test
    void forgetsAnnouncesAfterHalfAnHour() {
        announce(ALICE, 7000, token(ALICE, 0), 0);

        assertThat(ask(BOB, new Question.GetPeers(torrent), 29 * MINUTE).peers())
                .hasSize(1);
        assertThat(ask(BOB, new Question.GetPeers(torrent), 30 * MINUTE).peers())
                .isEmpty();
        assertThat(desk.hashes()).isZero();
    }

    @Test
    void keepsSoManyPeersOfATorrentAndFewOfOneHost() {
        for (int port = 1; port <= 5; port++) {
            announce(ALICE, port, token(ALICE, 0), 0);
        }
        assertThat(desk.kept(torrent, 0)).containsExactlyInAnyOrder(At.port("20.0.0.1", 4), At.port("20.0.0.1", 5));

        for (int host = 10; host < 60; host++) {
            InetSocketAddress other = At.port("20.0.1." + host, 6881);
            announce(other, 7000, token(other, 0), 0);
        }
        assertThat(desk.kept(torrent, 0)).hasSize(20).contains(At.port("20.0.1.59", 7000));
    }

    @Test
    void keepsSoManyTorrentsThoseWithPeersRatherThanThoseWithFew() {
        announce(ALICE, 7000, token(ALICE, 0), 0);
        announce(BOB, 7000, token(BOB, 0), 0);
        for (int i = 0; i < 10; i++) {
            ask(ALICE, new Question.AnnouncePeer(NodeId.random(random), 1, false, token(ALICE, 0)), 0);
        }

        assertThat(desk.hashes()).isEqualTo(3);
        assertThat(desk.kept(torrent, 0)).hasSize(2);
    }

    @Test
    void sendsNobodyOfTheWorldIntoItsLocalNetwork() {
        InetSocketAddress neighbour = At.port("192.168.1.5", 6881);
        announce(neighbour, 7000, token(neighbour, 0), 0);

        assertThat(ask(ALICE, new Question.GetPeers(torrent), 0).peers()).isEmpty();
        assertThat(ask(neighbour, new Question.GetPeers(torrent), 0).peers()).hasSize(1);
    }

    @Test
    void answersAQuestionItDoesNotKnowWithNodesWhenItIsAboutAPlace() {
        List<Contact> nodes = List.of(new Contact(NodeId.random(random), BOB));
        Question strange = new Question.Unknown("vote", Optional.of(torrent));

        assertThat(Desk.placeOf(strange)).contains(torrent);
        Answer answer = (Answer) desk.answer(query(strange), ALICE, self, new Desk.Nearest(nodes, List.of()), 0);
        assertThat(answer.nodes()).isEqualTo(nodes);
        assertThat(desk.answer(
                        query(new Question.Unknown("vote", Optional.empty())), ALICE, self, Desk.Nearest.NONE, 0))
                .isEqualTo(new Failure(ByteString.fromString("aa"), KrpcMessage.METHOD_UNKNOWN, "Method Unknown"));
    }

    @Test
    void answersAHostOnlySoOften() {
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += desk.mayAnswer(At.port("20.0.0.1", 1000 + i), 0) ? 1 : 0;
        }

        assertThat(answered).isEqualTo(20);
        assertThat(desk.mayAnswer(BOB, 0)).isTrue();
        assertThat(desk.mayAnswer(ALICE, MINUTE)).isTrue();
    }

    @Test
    void answersAllTogetherOnlySoOften() {
        int answered = 0;
        for (int i = 0; i < 1000; i++) {
            answered += desk.mayAnswer(At.port("20.1." + i / 250 + "." + i % 250, 6881), 0) ? 1 : 0;
        }

        assertThat(answered).isEqualTo(400);
    }

    @Test
    void fitsEveryAnswerIntoOneDatagram() {
        for (Family family : Family.values()) {
            String network = family == Family.IPV4 ? "20.3.3." : "2001:db8:";
            String end = family == Family.IPV4 ? "" : "::1";
            Desk full = new Desk(family, AhtiConfig.load().dht(), random, 0);
            for (int i = 1; i < 100; i++) {
                InetSocketAddress peer = At.port(network + i + end, 6881);
                ByteString token = ((Answer)
                                full.answer(query(new Question.GetPeers(torrent)), peer, self, Desk.Nearest.NONE, 0))
                        .token()
                        .orElseThrow();
                full.answer(
                        query(new Question.AnnouncePeer(torrent, 1, true, token)), peer, self, Desk.Nearest.NONE, 0);
            }
            Desk.Nearest nearest = new Desk.Nearest(nodes("20.4.4.", ""), nodes("2001:db8:", "::1"));
            Answer answer = (Answer)
                    full.answer(query(new Question.GetPeers(torrent)), At.port(network + 7 + end, 1), self, nearest, 0);

            assertThat(answer.peers()).hasSizeGreaterThan(10);
            assertThat(KrpcWriter.write(answer).size()).isBetween(700, 1024);
        }
    }

    private List<Contact> nodes(String network, String end) {
        List<Contact> nodes = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            nodes.add(new Contact(NodeId.random(random), At.port(network + i + end, 6881)));
        }
        return nodes;
    }

    private ByteString token(InetSocketAddress from, long now) {
        return ask(from, new Question.GetPeers(NodeId.random(random)), now)
                .token()
                .orElseThrow();
    }

    private KrpcMessage announce(InetSocketAddress from, int port, ByteString token, long now) {
        Question announce = new Question.AnnouncePeer(torrent, port, false, token);
        return desk.answer(query(announce), from, self, Desk.Nearest.NONE, now);
    }

    private Answer ask(InetSocketAddress from, Question question, long now) {
        return (Answer) desk.answer(query(question), from, self, Desk.Nearest.NONE, now);
    }

    private Query query(Question question) {
        return new Query(ByteString.fromString("aa"), self.beside(3, random), false, Set.of(), question);
    }
}
