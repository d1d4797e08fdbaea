package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.config.DhtConfig;
import ahti.core.InfoHash;
import ahti.net.place.Whereabouts;
import ahti.testkit.net.Host;
import ahti.testkit.net.Path;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.time.VirtualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** DHT nodes, each on a host of its own, on a simulated network under virtual time. The first one is the door for all. */
final class DhtWorld implements AutoCloseable {
    static final int PORT = 6881;

    final VirtualTime time = new VirtualTime();
    final SimulatedNetwork network;
    final List<Member> members = new ArrayList<>();
    private final ActorSystem<SpawnProtocol.Command> system;
    private final SplittableRandom random;
    private final DhtConfig config;
    private int spawned;

    /** A node. */
    final class Member {
        final Host host;
        final ActorRef<Dht.Command> dht;
        final List<Snapshot> kept = new ArrayList<>();
        Dht.Standing standing;

        private Member(Host host) {
            this.host = host;
            this.dht = spawn(Dht.create(
                    new DhtSettings(
                            config,
                            time.clock(),
                            random.split(),
                            host.datagrams(),
                            host.resolver(),
                            spawn(Whereabouts.create(List::of, Duration.ofDays(1))),
                            any -> true,
                            List.of(),
                            PORT),
                    spawn(Behaviors.receiveMessage(event -> {
                        kept.add(((Dht.Keep) event).snapshot());
                        return Behaviors.same();
                    }))));
            dht.tell(new Dht.Watch(spawn(Behaviors.receiveMessage(told -> {
                standing = told;
                return Behaviors.same();
            }))));
        }

        Outcome search(InfoHash infoHash, OptionalInt announce) {
            Outcome outcome = new Outcome();
            dht.tell(new Dht.Search(infoHash, announce, spawn(Behaviors.receiveMessage(reply -> {
                outcome.heard(reply);
                return Behaviors.same();
            }))));
            return outcome;
        }
    }

    /** What came of a search. */
    static final class Outcome {
        final Set<InetSocketAddress> peers = new LinkedHashSet<>();
        Dht.SearchEnded ended;

        private void heard(Dht.SearchReply reply) {
            if (reply instanceof Dht.PeersFound found) {
                peers.addAll(found.peers());
            } else {
                ended = (Dht.SearchEnded) reply;
            }
        }

        boolean isOver() {
            return ended != null;
        }
    }

    DhtWorld(long seed, String... settings) {
        random = new SplittableRandom(seed);
        network = new SimulatedNetwork(time, new Random(seed)).paths(Path.of(Duration.ofMillis(40)));
        List<String> lines = new ArrayList<>(List.of("ahti.dht.bootstrap = [\"node-0:6881\"]"));
        lines.addAll(List.of(settings));
        config = AhtiConfig.load(lines.toArray(String[]::new)).dht();
        system = time.system(SpawnProtocol.create(), "dht");
    }

    /** Starts nodes, one after the other, and lets them join. */
    DhtWorld nodes(int count) {
        for (int i = 0; i < count; i++) {
            start("node-" + members.size());
            time.run(Duration.ofMillis(40));
        }
        time.run(Duration.ofSeconds(60));
        return this;
    }

    /** Starts one node that remembers nothing. */
    Member start(String host) {
        return start(host, Snapshot.empty());
    }

    /** Starts one node that remembers that. */
    Member start(String host, Snapshot kept) {
        Member member = new Member(network.host(host));
        members.add(member);
        member.dht.tell(new Dht.Recall(kept));
        return member;
    }

    /** Starts an actor. */
    <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return system.systemActorOf(behavior, "test-" + spawned++, Props.empty());
    }

    /** Returns when all are over. */
    void await(List<Outcome> outcomes) {
        assertThat(time.runUntil(() -> outcomes.stream().allMatch(Outcome::isOver), Duration.ofMinutes(5)))
                .as("all searches end")
                .isTrue();
    }

    /** Returns when it is over. */
    Outcome await(Outcome outcome) {
        await(List.of(outcome));
        return outcome;
    }

    static InfoHash anyHash(Random random) {
        byte[] bytes = new byte[20];
        random.nextBytes(bytes);
        return InfoHash.v1(bytes);
    }

    @Override
    public void close() {
        time.close();
    }
}
