package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.core.InfoHash;
import ahti.net.Datagrams;
import ahti.net.Resolver;
import ahti.net.place.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine whose addresses come and go: where its DHT has sockets. */
class NodesTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final InetSocketAddress EVERYWHERE = At.port("0.0.0.0", 6881);

    private final DhtWorld world = new DhtWorld(1);
    private final Machine machine = new Machine();
    private Dht.Standing standing;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theNodeOverIpv6FollowsToAnotherAddress() {
        machine.has("20.0.0.1", "2001:db8::1");
        start();
        assertThat(machine.open).containsExactlyInAnyOrder(EVERYWHERE, At.port("2001:db8::1", 6881));

        machine.has("20.0.0.1", "2001:db8::2");
        world.time.run(A_WHILE);

        assertThat(machine.open).containsExactlyInAnyOrder(EVERYWHERE, At.port("2001:db8::2", 6881));
        assertThat(machine.opened)
                .as("the one over IPv4 stays")
                .filteredOn(EVERYWHERE::equals)
                .hasSize(1);
    }

    @Test
    void itStaysWhereItIsWhileAnotherAddressComesBefore() {
        machine.has("2001:db8::1");
        start();

        machine.has("2001:db8::2", "2001:db8::1");
        world.time.run(A_WHILE);

        assertThat(machine.opened).containsExactly(At.port("2001:db8::1", 6881));
    }

    @Test
    void whoBeganWithoutANetworkHasNodesOnceThereIsOne() {
        machine.has("::1");
        start();
        assertThat(machine.open).isEmpty();
        assertThat(standing.problem()).contains("no address for the DHT");

        machine.has("::1", "20.0.0.1", "2001:db8::1");
        world.time.run(A_WHILE);

        assertThat(machine.open).containsExactlyInAnyOrder(EVERYWHERE, At.port("2001:db8::1", 6881));
    }

    @Test
    void aSearchEndsThoughItsNodeIsGone() {
        machine.has("2001:db8::1");
        ActorRef<Dht.Command> dht = start();
        List<Dht.SearchReply> replies = new ArrayList<>();
        InfoHash infoHash = DhtWorld.anyHash(new Random(3));
        dht.tell(new Dht.Search(infoHash, OptionalInt.empty(), world.spawn(Behaviors.receiveMessage(reply -> {
            replies.add(reply);
            return Behaviors.same();
        }))));

        machine.has("::1");
        world.time.run(A_WHILE);

        assertThat(replies).hasSize(1).first().isInstanceOf(Dht.SearchEnded.class);
        assertThat(machine.open).isEmpty();
    }

    private ActorRef<Dht.Command> start() {
        Resolver nobody = host -> CompletableFuture.completedFuture(new Resolver.Unknown("no names here"));
        ActorRef<Dht.Command> dht = world.spawn(Dht.create(
                new DhtSettings(
                        AhtiConfig.load().dht(),
                        world.time.clock(),
                        new SplittableRandom(1),
                        machine,
                        nobody,
                        world.spawn(Whereabouts.create(machine::addresses, Duration.ofSeconds(10))),
                        any -> true,
                        List.of(),
                        6881),
                world.spawn(Behaviors.ignore())));
        dht.tell(new Dht.Watch(world.spawn(Behaviors.receiveMessage(told -> {
            standing = told;
            return Behaviors.same();
        }))));
        dht.tell(new Dht.Recall(Snapshot.empty()));
        world.time.run(Duration.ofSeconds(1));
        return dht;
    }

    /** Sockets on which nothing comes. */
    private static final class Machine implements Datagrams {
        private List<InetAddress> addresses = List.of();
        final List<InetSocketAddress> open = new ArrayList<>();
        final List<InetSocketAddress> opened = new ArrayList<>();

        void has(String... here) {
            addresses = Arrays.stream(here).map(At::host).toList();
        }

        @Override
        public List<InetAddress> addresses() {
            return addresses;
        }

        @Override
        public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
            open.add(local);
            opened.add(local);
            receiver.tell(new Bound(local));
            return new Socket() {
                @Override
                public void send(InetSocketAddress to, ByteString payload) {
                    // Nobody is there.
                }

                @Override
                public void taken() {
                    // Nothing comes.
                }

                @Override
                public void close() {
                    open.remove(local);
                }
            };
        }
    }
}
