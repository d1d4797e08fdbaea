package ahti.dht.krpc;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.dht.At;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KrpcTest {
    private static final String ID = "abcdefghij0123456789";
    private static final NodeId SENDER = NodeId.of(ID.getBytes(StandardCharsets.ISO_8859_1));
    private static final NodeId TARGET = NodeId.of("mnopqrstuvwxyz123456".getBytes(StandardCharsets.ISO_8859_1));

    @ParameterizedTest
    @CsvSource({
        "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe, ping",
        "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e1:q9:find_node1:t2:aa1:y1:qe, find_node",
        "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e1:q9:get_peers1:t2:aa1:y1:qe, get_peers"
    })
    void readsTheExamplesOfTheStandard(String datagram, String method) {
        KrpcMessage.Query query = (KrpcMessage.Query) read(datagram);

        assertThat(query.sender()).isEqualTo(SENDER);
        assertThat(query.transaction()).isEqualTo(ByteString.fromString("aa"));
        assertThat(query.question().method()).isEqualTo(method);
    }

    @Test
    void readsAnAnnounce() {
        KrpcMessage.Query query = (KrpcMessage.Query)
                read("d1:ad2:id20:abcdefghij012345678912:implied_porti1e9:info_hash20:mnopqrstuvwxyz1234564:porti6881e"
                        + "5:token8:aoeusnthe1:q13:announce_peer1:t2:aa1:y1:qe");

        assertThat(query.question())
                .isEqualTo(new Question.AnnouncePeer(TARGET, 6881, true, ByteString.fromString("aoeusnth")));
    }

    @Test
    void readsWhoCannotAnswerAndWhatIsWanted() {
        KrpcMessage.Query query = (KrpcMessage.Query)
                read("d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz1234564:wantl2:n42:n6ee"
                        + "1:q9:find_node2:roi1e1:t2:aa1:y1:qe");

        assertThat(query.readOnly()).isTrue();
        assertThat(query.want()).containsExactlyInAnyOrder(Family.IPV4, Family.IPV6);
    }

    @Test
    void readsAnErrorOfAnyShape() {
        assertThat(read("d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee"))
                .isEqualTo(new KrpcMessage.Failure(ByteString.fromString("aa"), 201, "A Generic Error Ocurred"));
        assertThat(read("d1:e4:what1:t2:aa1:y1:ee"))
                .isEqualTo(new KrpcMessage.Failure(ByteString.fromString("aa"), 201, ""));
        assertThat(read("d1:eli-99999999999e3:a\u0007be1:t2:aa1:y1:ee"))
                .isEqualTo(new KrpcMessage.Failure(ByteString.fromString("aa"), 0, "a?b"));
    }

    @Test
    void knowsAPlaceInAQuestionThatItDoesNotKnow() {
        KrpcMessage.Query query = (KrpcMessage.Query)
                read("d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e1:q5:vote!1:t2:aa1:y1:qe");

        assertThat(query.question()).isEqualTo(new Question.Unknown("vote!", Optional.of(TARGET)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "le",
                "de",
                "d1:t2:aae",
                "d1:t2:aa1:y1:xe",
                "d1:y1:qe",
                "d1:rde1:t2:aa1:y1:re",
                "d1:rd2:id19:abcdefghij012345678e1:t2:aa1:y1:re",
                "d1:t40:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1:y1:qe",
                "d1:ad2:id99999999999999999999:",
                "lllllllllllllllllllllllllllllllll",
                "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:ti7e1:y1:qe"
            })
    void takesNothingForAMessageThatIsNone(String datagram) {
        assertThat(read(datagram)).isInstanceOf(KrpcMessage.Malformed.class);
        assertThat(((KrpcMessage.Malformed) read(datagram)).query()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d1:t2:aa1:y1:qe",
                "d1:ad2:id20:abcdefghij0123456789e1:q9:find_node1:t2:aa1:y1:qe",
                "d1:ad2:id20:abcdefghij01234567896:target3:abce1:q9:find_node1:t2:aa1:y1:qe",
                "d1:ad2:id3:abce1:q4:ping1:t2:aa1:y1:qe",
                "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz1234564:porti70000e5:token1:xe"
                        + "1:q13:announce_peer1:t2:aa1:y1:qe",
                "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz1234564:porti1ee"
                        + "1:q13:announce_peer1:t2:aa1:y1:qe"
            })
    void remembersWhomToTellOfABadQuery(String datagram) {
        assertThat(((KrpcMessage.Malformed) read(datagram)).query()).contains(ByteString.fromString("aa"));
    }

    @Seeds(200)
    void survivesAnyDamage(long seed) {
        Random random = new Random(seed);
        byte[] bytes = random.nextBoolean()
                ? KrpcWriter.write(anyQuery(random)).toArray()
                : KrpcWriter.write(anyAnswer(random)).toArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }

        assertThat(KrpcReader.read(ByteString.fromArray(bytes, 0, random.nextInt(bytes.length + 1))))
                .isNotNull();
    }

    @Seeds(100)
    void readsTheQueriesItWrites(long seed) {
        KrpcMessage.Query query = anyQuery(new Random(seed));

        assertThat(KrpcReader.read(KrpcWriter.write(query))).isEqualTo(query);
    }

    @Seeds(100)
    void readsTheAnswersItWrites(long seed) {
        KrpcMessage.Answer answer = anyAnswer(new Random(seed));

        assertThat(KrpcReader.read(KrpcWriter.write(answer))).isEqualTo(answer);
    }

    @Test
    void leavesOutNodesAndPeersWithoutAPort() {
        KrpcMessage.Answer answer = new KrpcMessage.Answer(
                ByteString.fromString("aa"),
                SENDER,
                List.of(new Contact(TARGET, At.port("20.0.0.1", 0)), new Contact(TARGET, At.port("20.0.0.2", 1))),
                List.of(),
                List.of(At.port("20.0.0.3", 0)),
                Optional.empty(),
                Optional.empty());

        KrpcMessage.Answer read = (KrpcMessage.Answer) KrpcReader.read(KrpcWriter.write(answer));

        assertThat(read.nodes()).containsExactly(answer.nodes().get(1));
        assertThat(read.peers()).isEmpty();
    }

    @Test
    void ignoresHugeDatagrams() {
        byte[] zeros = new byte[KrpcReader.MOST_BYTES + 1];

        assertThat(KrpcReader.read(ByteString.fromArray(zeros)))
                .isEqualTo(new KrpcMessage.Malformed(Optional.empty(), "a datagram of 4097 bytes"));
    }

    private static KrpcMessage.Query anyQuery(Random random) {
        NodeId place = NodeId.random(random);
        Question question = switch (random.nextInt(5)) {
            case 0 -> Question.Ping.INSTANCE;
            case 1 -> new Question.FindNode(place);
            case 2 -> new Question.GetPeers(place);
            case 3 ->
                new Question.AnnouncePeer(
                        place, 1 + random.nextInt(65_535), random.nextBoolean(), anyBytes(random, 20));
            default -> new Question.Unknown("vote", Optional.of(place));
        };
        Set<Family> want = random.nextBoolean() ? Set.of() : Set.of(Family.IPV6);
        return new KrpcMessage.Query(anyBytes(random, 8), NodeId.random(random), random.nextBoolean(), want, question);
    }

    private static KrpcMessage.Answer anyAnswer(Random random) {
        List<InetSocketAddress> peers = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            peers.add(anyAddress(random, i % 2 == 0 ? Family.IPV4 : Family.IPV6));
        }
        return new KrpcMessage.Answer(
                anyBytes(random, 8),
                NodeId.random(random),
                anyNodes(random, Family.IPV4),
                anyNodes(random, Family.IPV6),
                peers,
                random.nextBoolean() ? Optional.empty() : Optional.of(anyBytes(random, 8)),
                random.nextBoolean() ? Optional.empty() : Optional.of(anyAddress(random, Family.IPV4)));
    }

    private static List<Contact> anyNodes(Random random, Family family) {
        List<Contact> nodes = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            nodes.add(new Contact(NodeId.random(random), anyAddress(random, family)));
        }
        return nodes;
    }

    private static InetSocketAddress anyAddress(Random random, Family family) {
        byte[] bytes = new byte[family.peerLength()];
        random.nextBytes(bytes);
        bytes[0] = 0x20;
        bytes[bytes.length - 1] |= 1;
        return CompactNodes.peer(bytes).orElseThrow();
    }

    private static ByteString anyBytes(Random random, int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    private static KrpcMessage read(String datagram) {
        return KrpcReader.read(ByteString.fromArray(datagram.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
