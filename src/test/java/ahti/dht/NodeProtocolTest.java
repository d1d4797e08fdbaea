package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.KrpcMessage.Query;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import ahti.dht.table.SecureId;
import ahti.testkit.net.Host;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node, and what strangers send to it. */
class NodeProtocolTest {
    private static final Duration WHILE = Duration.ofSeconds(1);

    private final Random random = new Random(7);
    private final DhtWorld world = new DhtWorld(1).nodes(12);
    private final InetSocketAddress node = world.members.get(5).host.at(DhtWorld.PORT);
    private final Host host = world.network.host("alice");
    private final DhtWorldPeer alice = new DhtWorldPeer(world, host, 6881, SecureId.of(host.address(), random));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void answersAndThenAsksBackBeforeItKnowsAStranger() {
        alice.asks(node, Question.Ping.INSTANCE);
        world.time.run(WHILE);

        Answer answer = alice.heard(Answer.class).get(0);
        assertThat(answer.transaction()).isEqualTo(ByteString.fromString("qq"));
        assertThat(answer.you()).contains(alice.address);
        assertThat(alice.heard(Query.class)).extracting(Query::question).containsExactly(Question.Ping.INSTANCE);
        assertThat(isKnown(alice)).isFalse();

        alice.answers(node, alice.heard(Query.class).get(0), Optional.empty());
        world.time.run(WHILE);
        assertThat(isKnown(alice)).isTrue();
    }

    @Test
    void believesNoAnswerFromAnotherAddress() {
        alice.asks(node, Question.Ping.INSTANCE);
        world.time.run(WHILE);
        Host other = world.network.host("mallory");
        DhtWorldPeer mallory = new DhtWorldPeer(world, other, 6881, SecureId.of(other.address(), random));
        mallory.answers(node, alice.heard(Query.class).get(0), Optional.empty());
        world.time.run(WHILE);

        assertThat(isKnown(mallory)).isFalse();
    }

    @Test
    void servesWhoeverCannotAnswerAndLeavesHimAlone() {
        alice.asks(node, new Question.FindNode(alice.id), true);
        world.time.run(WHILE);

        assertThat(alice.heard(Answer.class).get(0).nodes()).hasSize(8);
        assertThat(alice.heard(Query.class)).isEmpty();
    }

    @Test
    void servesWhoeverHasAnIdThatDoesNotFitAndDoesNotKeepHim() {
        DhtWorldPeer misfit = new DhtWorldPeer(world, host, 7777, NodeId.random(random));
        misfit.asks(node, new Question.GetPeers(misfit.id));
        world.time.run(WHILE);

        assertThat(misfit.heard(Answer.class).get(0).token()).isPresent();
        assertThat(misfit.heard(Query.class)).isEmpty();
    }

    @Test
    void answersTheUnknownWithNodesWhenItIsAboutAPlace() {
        alice.asks(node, new Question.Unknown("vote", Optional.of(alice.id)));
        alice.asks(node, new Question.Unknown("vote", Optional.empty()));
        world.time.run(WHILE);

        assertThat(alice.heard(Answer.class).get(0).nodes()).hasSize(8);
        assertThat(alice.heard(KrpcMessage.Failure.class).get(0).code()).isEqualTo(204);
    }

    @Test
    void tellsWhoeverSendsABadQueryAndNobodyElse() {
        alice.says(node, "d1:t2:aa1:y1:qe");
        alice.says(node, "d1:t2:bb1:y1:re");
        alice.says(node, "d1:t2:cc1:y1:ee");
        alice.says(node, "what is this?");
        alice.says(node, "");
        world.time.run(WHILE);

        assertThat(alice.heard).hasSize(1);
        KrpcMessage.Failure failure = (KrpcMessage.Failure) alice.heard.get(0);
        assertThat(failure.code()).isEqualTo(203);
        assertThat(failure.transaction()).isEqualTo(ByteString.fromString("aa"));
    }

    @Test
    void stopsAnsweringAFlood() {
        for (int i = 0; i < 200; i++) {
            alice.asks(node, new Question.FindNode(alice.id));
        }
        world.time.run(WHILE);

        assertThat(alice.heard(Answer.class)).hasSizeBetween(10, 40);
    }

    /** A socket hands over so many datagrams, and no more until it hears that they were handled. */
    @Test
    void hearsTheOthersAfterTenThousandDatagramsOfNoUse() {
        for (int i = 0; i < 5_000; i++) {
            alice.says(node, "what is this?");
            alice.says(node, "d1:rd2:id20:aaaaaaaaaaaaaaaaaaaae1:t4:" + (1000 + i) + "1:y1:re");
        }
        world.time.run(WHILE);
        DhtWorldPeer bob = new DhtWorldPeer(world, world.network.host("bob"), 6881, alice.id);
        bob.asks(node, Question.Ping.INSTANCE);
        world.time.run(WHILE);

        assertThat(bob.heard(Answer.class)).hasSize(1);
    }

    @Test
    void answersNobodyWhenReadOnlyAndSaysSo() {
        try (DhtWorld quiet = new DhtWorld(2, "ahti.dht.read-only = true")) {
            Host door = quiet.network.host("node-0");
            DhtWorldPeer other = new DhtWorldPeer(quiet, door, 6881, SecureId.of(door.address(), random));
            DhtWorld.Member member = quiet.start("quiet");
            quiet.time.run(WHILE);
            other.asks(member.host.at(DhtWorld.PORT), Question.Ping.INSTANCE);
            quiet.time.run(WHILE);

            assertThat(other.heard(Query.class).get(0).readOnly()).isTrue();
            assertThat(other.heard(Answer.class)).isEmpty();
        }
    }

    @Test
    void takesAnIdThatFitsTheAddressThatOthersSee() {
        InetSocketAddress seen = At.port("80.1.1.1", 6881);
        List<NodeId> callers = new ArrayList<>();
        try (DhtWorld far = new DhtWorld(3)) {
            List<DhtWorldPeer> others = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Host there = far.network.host("node-" + i);
                NodeId id = SecureId.of(there.address(), random);
                others.add(new DhtWorldPeer(far, there, 6881, id, (peer, received) -> {
                    if (peer.heard.get(peer.heard.size() - 1) instanceof Query query) {
                        callers.add(query.sender());
                        peer.answers(received.from(), query, Optional.of(seen));
                    }
                }));
            }
            DhtWorld.Member member = far.start("moved");
            member.dht.tell(new Dht.Introduce(
                    others.stream().map(other -> other.address).toList()));
            far.time.run(Duration.ofSeconds(10));

            assertThat(SecureId.fits(callers.get(0), seen.getAddress())).isFalse();
            assertThat(SecureId.fits(callers.get(callers.size() - 1), seen.getAddress()))
                    .isTrue();
        }
    }

    @Test
    void triesOnlySoManyNodesThatPeersName() {
        List<InetSocketAddress> named = new ArrayList<>();
        List<DhtWorldPeer> innocents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Host innocent = world.network.host("innocent-" + i);
            innocents.add(new DhtWorldPeer(world, innocent, 53, NodeId.random(random)));
            named.add(innocent.at(53));
            named.add(innocent.at(54));
        }
        world.members.get(5).dht.tell(new Dht.Introduce(named));
        world.time.run(WHILE);

        int knocked =
                innocents.stream().mapToInt(innocent -> innocent.heard.size()).sum();
        assertThat(knocked).isEqualTo(30);
    }

    @Test
    void sendsNobodyToLocalAddressesThatTheWorldNames() {
        Host local = world.network.host("printer", At.host("192.168.1.9"));
        DhtWorldPeer printer = new DhtWorldPeer(world, local, 6881, NodeId.random(random));
        NodeId torrent = alice.id;
        Host near = world.network.host("liar");
        DhtWorldPeer liar =
                new DhtWorldPeer(world, near, 6881, SecureId.of(near.address(), random), (peer, received) -> {
                    if (peer.heard.get(peer.heard.size() - 1) instanceof Query query) {
                        peer.sends(
                                received.from(),
                                new Answer(
                                        query.transaction(),
                                        peer.id,
                                        List.of(new Contact(torrent, printer.address)),
                                        List.of(),
                                        List.of(printer.address, At.port("20.9.9.9", 9)),
                                        Optional.of(ByteString.fromString("t")),
                                        Optional.empty()));
                    }
                });
        world.members.get(5).dht.tell(new Dht.Introduce(List.of(liar.address)));
        world.time.run(WHILE);

        DhtWorld.Outcome outcome =
                world.await(world.members.get(5).search(InfoHash.v1(torrent.toBytes()), OptionalInt.empty()));

        assertThat(outcome.peers).containsExactly(At.port("20.9.9.9", 9));
        assertThat(printer.heard).isEmpty();
    }

    /** Whether the node tells others of that one. */
    private boolean isKnown(DhtWorldPeer peer) {
        Host host = world.network.host("asker-" + world.time.nanos());
        DhtWorldPeer asker = new DhtWorldPeer(world, host, 6881, SecureId.of(host.address(), random));
        asker.asks(node, new Question.FindNode(peer.id), true);
        world.time.run(WHILE);
        return asker.heard(Answer.class).get(0).nodes().stream()
                .anyMatch(contact -> contact.address().equals(peer.address));
    }
}
