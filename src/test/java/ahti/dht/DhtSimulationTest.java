package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import ahti.testkit.net.Host;
import ahti.testkit.net.TrafficDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Many DHT nodes, whole, under virtual time. */
class DhtSimulationTest {
    private static final int NODES = 500;

    @Test
    void findsWhatWasAnnouncedWhenThreeOfTenNodesAreDead() {
        Random random = new Random(1);
        try (DhtWorld world = new DhtWorld(1).nodes(NODES)) {
            List<DhtWorld.Member> living = new ArrayList<>(world.members.subList(1, NODES));
            Collections.shuffle(living, random);
            List<DhtWorld.Member> dead = living.subList(0, NODES * 3 / 10);
            dead.forEach(member -> member.host.vanish());
            living = living.subList(dead.size(), living.size());

            List<InfoHash> hashes = new ArrayList<>();
            List<DhtWorld.Outcome> announces = new ArrayList<>();
            for (DhtWorld.Member sharer : living.subList(0, 50)) {
                hashes.add(DhtWorld.anyHash(random));
                announces.add(sharer.search(hashes.get(hashes.size() - 1), OptionalInt.of(7000)));
            }
            world.await(announces);
            List<DhtWorld.Outcome> searches = new ArrayList<>();
            for (int i = 0; i < hashes.size(); i++) {
                searches.add(living.get(50 + i).search(hashes.get(i), OptionalInt.empty()));
            }
            world.await(searches);

            for (int i = 0; i < hashes.size(); i++) {
                assertThat(announces.get(i).ended.announced()).isEqualTo(8);
                assertThat(searches.get(i).peers)
                        .containsExactly(living.get(i).host.at(7000));
            }
        }
    }

    @Test
    void doesNotLetAGroupAtOneAddressHaveATorrent() {
        Random random = new Random(2);
        InfoHash infoHash = DhtWorld.anyHash(random);
        // Without the rule for ids, which would keep the group out altogether.
        try (DhtWorld world = new DhtWorld(2, "ahti.dht.enforce-ids = false").nodes(60)) {
            List<DhtWorldPeer> sybils = sybils(world, infoHash, 100, random);
            world.time.run(Duration.ofSeconds(30));

            DhtWorld.Member sharer = world.members.get(10);
            DhtWorld.Outcome announced = world.await(sharer.search(infoHash, OptionalInt.of(7000)));
            DhtWorld.Outcome found = world.await(world.members.get(20).search(infoHash, OptionalInt.empty()));

            assertThat(announced.ended.announced()).isEqualTo(8);
            assertThat(found.peers).contains(sharer.host.at(7000));
            long announcedToSybils = sybils.stream()
                    .flatMap(sybil -> sybil.heard(KrpcMessage.Query.class).stream())
                    .filter(query -> query.question() instanceof Question.AnnouncePeer)
                    .count();
            assertThat(announcedToSybils).isLessThanOrEqualTo(1);
        }
    }

    /** All at one address, all nearer to the torrent than anybody else, all naming each other and nobody else. */
    private static List<DhtWorldPeer> sybils(DhtWorld world, InfoHash infoHash, int count, Random random) {
        Host host = world.network.host("sybil");
        List<Contact> group = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            group.add(new Contact(NodeId.of(infoHash).beside(30 + i, random), host.at(1000 + i)));
        }
        List<DhtWorldPeer> sybils = new ArrayList<>();
        for (Contact one : group) {
            DhtWorldPeer sybil = new DhtWorldPeer(world, host, one.address().getPort(), one.id(), (peer, received) -> {
                if (peer.heard.get(peer.heard.size() - 1) instanceof KrpcMessage.Query query) {
                    Collections.shuffle(group, random);
                    peer.sends(
                            received.from(),
                            new KrpcMessage.Answer(
                                    query.transaction(),
                                    peer.id,
                                    group.subList(0, 16),
                                    List.of(),
                                    List.of(),
                                    Optional.of(ByteString.fromString("token")),
                                    Optional.empty()));
                }
            });
            sybils.add(sybil);
            // So that they come into every table that takes them.
            world.members.forEach(member -> sybil.asks(member.host.at(DhtWorld.PORT), Question.Ping.INSTANCE));
        }
        return sybils;
    }

    @Test
    void doesTheSameEachTime() {
        assertThat(digest(5)).isEqualTo(digest(5)).isNotEqualTo(digest(6));
    }

    private static String digest(long seed) {
        try (DhtWorld world = new DhtWorld(seed)) {
            TrafficDigest digest = new TrafficDigest(world.time.clock());
            world.network.observe(digest);
            world.nodes(30);
            world.await(world.members.get(3).search(DhtWorld.anyHash(new Random(seed)), OptionalInt.of(1)));
            return digest.hex();
        }
    }

    @Test
    void beginsWithWhatAnEarlierRunKept() {
        try (DhtWorld world = new DhtWorld(4).nodes(20)) {
            DhtWorld.Member last = world.members.get(19);
            last.dht.tell(Dht.Stop.INSTANCE);
            world.time.run(Duration.ofSeconds(1));
            Snapshot kept = Snapshot.decode(last.kept.get(last.kept.size() - 1).encode());
            assertThat(kept.nodes(Family.IPV4)).hasSizeGreaterThan(10);
            assertThat(kept.external(Family.IPV4)).contains(last.host.address());

            world.members.get(0).host.vanish();
            DhtWorld.Member again = world.start("again", kept);
            world.time.run(Duration.ofSeconds(20));

            assertThat(again.standing.nodes()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void saysThatNobodyAnswersAndFindsThemWhenTheyComeBack() {
        try (DhtWorld world = new DhtWorld(5)) {
            Host door = world.network.host("node-0");
            DhtWorld.Member early = world.start("early");
            DhtWorld.Outcome nothing = world.await(early.search(DhtWorld.anyHash(new Random(1)), OptionalInt.of(1)));
            assertThat(nothing.ended).isEqualTo(new Dht.SearchEnded(0, 0, 0, 0));
            assertThat(early.standing).isEqualTo(new Dht.Standing(0, Optional.of("no DHT node answers")));

            world.start(door.name());
            world.time.run(Duration.ofSeconds(30));

            assertThat(early.standing).isEqualTo(new Dht.Standing(1, Optional.empty()));
        }
    }

    @Test
    void endsSearchesWhenThereIsNoSocket() {
        try (DhtWorld world = new DhtWorld(6)) {
            DhtWorld.Member first = world.start("node-0");
            DhtWorld.Member second = world.start("node-0");
            world.time.run(Duration.ofSeconds(1));

            DhtWorld.Outcome outcome = world.await(second.search(DhtWorld.anyHash(new Random(1)), OptionalInt.of(1)));

            assertThat(outcome.ended).isEqualTo(new Dht.SearchEnded(0, 0, 0, 0));
            assertThat(second.standing.problem().orElseThrow()).contains("in use");
            assertThat(first.standing.problem()).isNotEqualTo(second.standing.problem());
        }
    }

    @Test
    void twoNodesAreEnough() {
        try (DhtWorld world = new DhtWorld(8).nodes(2)) {
            InfoHash infoHash = DhtWorld.anyHash(new Random(1));

            world.await(world.members.get(0).search(infoHash, OptionalInt.of(7000)));
            DhtWorld.Outcome byAnnounce = world.await(world.members.get(1).search(infoHash, OptionalInt.of(7001)));
            DhtWorld.Outcome byAsking = world.await(world.members.get(0).search(infoHash, OptionalInt.of(7000)));

            assertThat(byAnnounce.peers)
                    .containsExactly(world.members.get(0).host.at(7000));
            assertThat(byAsking.peers).containsExactly(world.members.get(1).host.at(7001));
        }
    }

    @Test
    void livesOverIpv6() {
        try (DhtWorld world = new DhtWorld(7)) {
            world.network.host("node-0", At.host("2001:db8::1"));
            for (int i = 1; i < 20; i++) {
                world.network.host("node-" + i, At.host("2001:db8:" + i + "::1"));
            }
            world.nodes(20);
            InfoHash infoHash = DhtWorld.anyHash(new Random(1));

            world.await(world.members.get(3).search(infoHash, OptionalInt.of(7000)));
            DhtWorld.Outcome found = world.await(world.members.get(9).search(infoHash, OptionalInt.empty()));

            assertThat(found.peers).containsExactly(world.members.get(3).host.at(7000));
        }
    }
}
