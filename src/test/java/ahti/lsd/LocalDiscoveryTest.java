package ahti.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.config.AhtiConfig;
import ahti.config.DiscoveryConfig;
import ahti.core.InfoHash;
import ahti.net.Datagrams;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LocalDiscoveryTest {
    private static final InfoHash OURS = InfoHash.parse("01".repeat(20));
    private static final InfoHash OTHER = InfoHash.parse("02".repeat(20));
    private static final int PORT = 6881;
    private static final InetSocketAddress NEIGHBOUR = new InetSocketAddress("192.0.2.7", 40_000);
    private static final DiscoveryConfig CONFIG = AhtiConfig.load(
                    "ahti.discovery.lpd-heard-per-second = 3", "ahti.discovery.lpd-peers = 5")
            .discovery();

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private TestProbe<String> sent;
    private TestProbe<LocalDiscovery.Join> joined;
    private TestProbe<LocalDiscovery.Event> torrent;
    private ActorRef<LocalDiscovery.Command> discovery;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<Integer, ActorRef<Datagrams.Event>> ears = new ConcurrentHashMap<>();

    @BeforeEach
    void begin() {
        sent = kit.probe();
        torrent = kit.probe();
        joined = kit.probe();
        discovery = kit.spawn(Behaviors.intercept(
                Watched::new, LocalDiscovery.create(CONFIG, kit::nanos, new Random(1), new Groups(), PORT)));
    }

    /** Says when somebody has joined, so that time does not pass in the middle of it. */
    private final class Watched extends BehaviorInterceptor<LocalDiscovery.Command, LocalDiscovery.Command> {
        Watched() {
            super(LocalDiscovery.Command.class);
        }

        @Override
        public Behavior<LocalDiscovery.Command> aroundReceive(
                TypedActorContext<LocalDiscovery.Command> context,
                LocalDiscovery.Command message,
                ReceiveTarget<LocalDiscovery.Command> target) {
            Behavior<LocalDiscovery.Command> next = target.apply(context, message);
            if (message instanceof LocalDiscovery.Join join) {
                joined.ref().tell(join);
            }
            return next;
        }
    }

    /** Tells the probe what is sent; keeps who hears each family, by the length of its addresses. */
    private final class Groups implements Datagrams {
        @Override
        public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
            throw new UnsupportedOperationException("nobody needs that");
        }

        @Override
        public Socket join(InetSocketAddress group, ActorRef<Event> receiver) {
            ears.put(group.getAddress().getAddress().length, receiver);
            return new Socket() {
                @Override
                public void send(InetSocketAddress to, ByteString payload) {
                    assertThat(to).isEqualTo(group);
                    sent.ref().tell(payload.utf8String());
                }

                @Override
                public void taken() {
                    taken.incrementAndGet();
                }

                @Override
                public void close() {
                    throw new UnsupportedOperationException("it closes with who hears");
                }
            };
        }
    }

    private void join() {
        discovery.tell(new LocalDiscovery.Join(OURS, torrent.ref()));
        joined.receiveMessage();
        kit.pass(Duration.ofSeconds(1));
    }

    private String announced() {
        String four = sent.receiveMessage();
        assertThat(four).contains("Host: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: " + OURS.hex() + "\r\n");
        assertThat(sent.receiveMessage()).contains("Host: [ff15::efc0:988f]:6771\r\n");
        return four;
    }

    private void hears(int port, String cookie, InfoHash... infoHashes) {
        Search search = new Search(port, List.of(infoHashes), cookie);
        ears.get(4).tell(new Datagrams.Received(NEIGHBOUR, search.write(Group.IPV4)));
    }

    private static LocalDiscovery.PeerHeard peer(int port) {
        return new LocalDiscovery.PeerHeard(new InetSocketAddress("192.0.2.7", port));
    }

    @Test
    void announcesOverBothFamiliesAtOnceAndEveryFiveMinutes() {
        join();
        String first = announced();
        kit.pass(Duration.ofSeconds(299));
        sent.expectNoMessage();
        kit.pass(Duration.ofSeconds(1));

        assertThat(announced()).isEqualTo(first);
    }

    @Test
    void tellsATorrentWhoElseHasIt() {
        join();

        hears(7000, "", OTHER);
        hears(7001, "somebody", OTHER, OURS);

        torrent.expectMessage(peer(7001));
        torrent.expectNoMessage();
    }

    @Test
    void ignoresItself() {
        join();
        String own = announced();

        ears.get(4).tell(new Datagrams.Received(NEIGHBOUR, ByteString.fromString(own)));

        torrent.expectNoMessage();
    }

    @Test
    void readsNoMoreInASecondThanItMay() {
        join();
        for (int port = 1; port <= 10; port++) {
            hears(port, "", OURS);
        }

        torrent.expectMessage(peer(1));
        torrent.expectMessage(peer(2));
        torrent.expectMessage(peer(3));
        torrent.expectNoMessage();
        kit.pass(Duration.ofMillis(400));
        hears(11, "", OURS);
        torrent.expectMessage(peer(11));
        assertThat(taken).as("what is not read makes room, too").hasValueGreaterThanOrEqualTo(10);
    }

    @Test
    void takesNoMorePeersOfATorrentThanItMay() {
        join();
        for (int port = 1; port <= 5; port++) {
            hears(port, "", OURS);
            torrent.expectMessage(peer(port));
            kit.pass(Duration.ofSeconds(1));
        }

        hears(6, "", OURS);

        torrent.expectNoMessage();
        kit.pass(Duration.ofMinutes(5));
        hears(7, "", OURS);
        torrent.expectMessage(peer(7));
    }

    @Test
    void isSilentAboutWhoLeft() {
        join();
        announced();
        TestProbe<Object> watcher = kit.probe();
        ActorRef<Datagrams.Event> ear = ears.get(4);
        discovery.tell(new LocalDiscovery.Leave(OURS, torrent.ref()));

        watcher.expectTerminated(ear);
        kit.pass(Duration.ofMinutes(10));
        sent.expectNoMessage();
    }

    @Test
    void aTorrentThatDiesIsForgotten() {
        join();
        announced();
        torrent.stop();

        kit.probe().expectTerminated(ears.get(4));
        kit.pass(Duration.ofMinutes(10));
        sent.expectNoMessage();
    }

    @Test
    void whatAnEarlierLifeSaysChangesNothingForTheNext() {
        TestProbe<LocalDiscovery.Event> next = kit.probe();
        join();
        discovery.tell(new LocalDiscovery.Join(OURS, next.ref()));
        discovery.tell(new LocalDiscovery.Leave(OURS, torrent.ref()));

        hears(7001, "", OURS);

        next.expectMessage(peer(7001));
    }

    @Test
    void opensAgainWhatCouldNotBeOpened() {
        join();
        announced();
        ActorRef<Datagrams.Event> broken = ears.get(4);
        broken.tell(new Datagrams.Failed("no network"));
        kit.probe().expectTerminated(broken);

        kit.pass(Duration.ofMinutes(5));

        announced();
        assertThat(ears.get(4)).isNotEqualTo(broken);
    }
}
