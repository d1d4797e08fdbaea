package ahti.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.net.PeerTransport.Incoming;
import ahti.net.PeerTransport.Listener;
import ahti.testkit.time.VirtualTime;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections over a simulated network. */
@Timeout(60)
class SimulatedNetworkTest {
    private static final int PORT = 6881;
    private static final int MEBI = 1024 * 1024;

    private final VirtualTime time = new VirtualTime();
    private final ActorSystem<Void> system = time.system(Behaviors.empty(), "net");
    private final SimulatedNetwork network = new SimulatedNetwork(time, new Random(1));
    private final Host left = network.host("left");
    private final Host right = network.host("right");
    private final List<Incoming> accepted = new ArrayList<>();

    @AfterEach
    void end() {
        time.close();
    }

    /** What one end of a connection sees. */
    private final class Ear {
        private final List<String> log = new ArrayList<>();
        private long bytes;
        private long lastAt;

        Sink<ByteString, ?> sink() {
            return Flow.of(ByteString.class)
                    .<ByteString>map(chunk -> {
                        bytes += chunk.size();
                        lastAt = time.nanos();
                        return chunk;
                    })
                    .to(Sink.onComplete(
                            end -> log.add(time.now().toMillis() + (end.isSuccess() ? " end" : " failed"))));
        }
    }

    private Listener listens(Host host) {
        CompletableFuture<Listener> listener = host.transport()
                .listen(host.at(PORT))
                .to(Sink.foreach(accepted::add))
                .run(system)
                .toCompletableFuture();
        time.runUntilIdle();
        return listener.join();
    }

    private CompletionStage<InetSocketAddress> dials(
            Host host, InetSocketAddress to, Source<ByteString, ?> sends, Ear ear) {
        return sends.viaMat(host.transport().dial(to), Keep.right())
                .to(ear.sink())
                .run(system);
    }

    private void answers(Source<ByteString, ?> sends, Ear ear) {
        sends.via(accepted.remove(0).bytes()).to(ear.sink()).run(system);
    }

    private static Source<ByteString, ?> bytes(int count) {
        return Source.range(1, count / 16384)
                .map(n -> ByteString.fromArray(new byte[16384]))
                .concat(Source.maybe());
    }

    private static ByteString text(String text) {
        return ByteString.fromString(text);
    }

    @Test
    void aConnectionTakesARoundTripAndBytesTakeTheLatency() {
        network.paths(Path.of(Duration.ofMillis(30)));
        listens(right);
        Ear dialler = new Ear();
        Ear acceptor = new Ear();
        CompletableFuture<InetSocketAddress> open =
                dials(left, right.at(PORT), Source.maybe(), dialler).toCompletableFuture();
        time.run(Duration.ofMillis(59));
        assertThat(open).isNotDone();
        time.run(Duration.ofMillis(1));
        assertThat(open).isCompletedWithValue(right.at(PORT));
        answers(Source.single(text("hello")).concat(Source.maybe()), acceptor);
        time.run(Duration.ofSeconds(1));
        assertThat(dialler.bytes).isEqualTo(5);
        assertThat(Duration.ofNanos(dialler.lastAt)).isEqualTo(Duration.ofMillis(90));
    }

    @Test
    void bandwidthQueues() {
        left.rates(MEBI, 0);
        listens(right);
        Ear acceptor = new Ear();
        dials(left, right.at(PORT), bytes(4 * MEBI), new Ear());
        time.runUntilIdle();
        time.run(Duration.ZERO);
        answers(Source.maybe(), acceptor);
        time.run(Duration.ofSeconds(10));
        assertThat(acceptor.bytes).isEqualTo(4L * MEBI);
        assertThat(Duration.ofNanos(acceptor.lastAt)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void connectionsOfAHostShareItsUploadFairly() {
        left.rates(MEBI, 0);
        listens(right);
        Ear one = new Ear();
        Ear other = new Ear();
        dials(left, right.at(PORT), bytes(8 * MEBI), new Ear());
        dials(left, right.at(PORT), bytes(8 * MEBI), new Ear());
        time.run(Duration.ZERO);
        answers(Source.maybe(), one);
        answers(Source.maybe(), other);
        time.run(Duration.ofSeconds(4));
        assertThat(one.bytes + other.bytes).isBetween(4L * MEBI - 32768, 4L * MEBI);
        assertThat(Math.abs(one.bytes - other.bytes)).isLessThanOrEqualTo(16384);
    }

    @Test
    void aReceiverThatDoesNotReadStopsTheSender() {
        listens(right);
        long[] taken = {0};
        Source<ByteString, ?> counted = bytes(64 * MEBI).map(chunk -> {
            taken[0] += chunk.size();
            return chunk;
        });
        dials(left, right.at(PORT), counted, new Ear());
        time.run(Duration.ZERO);
        Source.<ByteString>maybe()
                .via(accepted.remove(0).bytes())
                .to(Sink.never())
                .run(system);
        time.run(Duration.ofMinutes(1));
        assertThat(taken[0]).isLessThan(4L * MEBI);
    }

    @Test
    void whatIsSentBeforeTheEndArrives() {
        network.paths(Path.of(Duration.ofMillis(10)));
        listens(right);
        Ear dialler = new Ear();
        Ear acceptor = new Ear();
        dials(left, right.at(PORT), Source.single(text("last words")), dialler);
        time.run(Duration.ofMillis(15));
        answers(Source.maybe(), acceptor);
        time.run(Duration.ofSeconds(1));
        assertThat(acceptor.bytes).isEqualTo(10);
        assertThat(acceptor.log).containsExactly("30 end");
        assertThat(dialler.log).containsExactly("40 end");
        assertThat(network.connections()).isEmpty();
    }

    @Test
    void nobodyListeningRefusesAndNobodyThereTimesOut() {
        network.paths(Path.of(Duration.ofMillis(10)));
        CompletableFuture<InetSocketAddress> refused =
                dials(left, right.at(PORT), Source.maybe(), new Ear()).toCompletableFuture();
        CompletableFuture<InetSocketAddress> nobody = dials(
                        left,
                        new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 1),
                        Source.maybe(),
                        new Ear())
                .toCompletableFuture();
        time.run(Duration.ofMillis(20));
        assertThat(refused).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(ConnectException.class);
        time.run(Duration.ofSeconds(9));
        assertThat(nobody).isNotDone();
        time.run(Duration.ofSeconds(1));
        assertThat(nobody).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("timed out");
        assertThat(network.connections()).isEmpty();
    }

    @Test
    void behindANatNobodyComesInButItGetsOut() {
        right.behindNat();
        listens(right);
        listens(left);
        CompletableFuture<InetSocketAddress> in =
                dials(left, right.at(PORT), Source.maybe(), new Ear()).toCompletableFuture();
        CompletableFuture<InetSocketAddress> out =
                dials(right, left.at(PORT), Source.maybe(), new Ear()).toCompletableFuture();
        time.run(Duration.ofSeconds(11));
        assertThat(in).isCompletedExceptionally();
        assertThat(out).isCompletedWithValue(left.at(PORT));
    }

    @Test
    void lossStallsButLosesNothing() {
        network.paths(Path.of(Duration.ofMillis(10)).withLoss(0.2));
        listens(right);
        Ear acceptor = new Ear();
        dials(left, right.at(PORT), bytes(MEBI), new Ear());
        time.runUntil(() -> !accepted.isEmpty(), Duration.ofSeconds(10));
        answers(Source.maybe(), acceptor);
        time.run(Duration.ofMinutes(1));
        assertThat(acceptor.bytes).isEqualTo(MEBI);
        assertThat(Duration.ofNanos(acceptor.lastAt)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void aPartitionThatHealsDeliversWhatWasHeld() {
        left.rates(MEBI, 0);
        listens(right);
        Ear acceptor = new Ear();
        dials(left, right.at(PORT), bytes(MEBI), new Ear());
        time.run(Duration.ZERO);
        Partition partition = network.partition(host -> host == left);
        answers(Source.maybe(), acceptor);
        time.run(Duration.ofMinutes(5));
        long before = acceptor.bytes;
        partition.heal();
        time.run(Duration.ofSeconds(2));
        assertThat(before).isLessThan(MEBI);
        assertThat(acceptor.bytes).isEqualTo(MEBI);
    }

    @Test
    void nothingIsHeardAfterAGap() {
        left.rates(MEBI, 0);
        listens(right);
        UniqueKillSwitch end = Source.range(1, 64)
                .map(n ->
                        ByteString.fromArray(new byte[] {n.byteValue()}).concat(ByteString.fromArray(new byte[16383])))
                .concat(Source.maybe())
                .viaMat(KillSwitches.single(), Keep.right())
                .via(left.transport().dial(right.at(PORT)))
                .to(new Ear().sink())
                .run(system);
        time.run(Duration.ZERO);
        List<Byte> heard = new ArrayList<>();
        Source.<ByteString>maybe()
                .via(accepted.remove(0).bytes())
                .to(Sink.foreach(bytes -> {
                    for (int at = 0; at < bytes.size(); at += 16384) {
                        heard.add(bytes.apply(at));
                    }
                }))
                .run(system);
        time.run(Duration.ofMillis(200));
        Partition partition = network.partition(host -> host == left);
        time.run(Duration.ofMillis(100));
        end.abort(new IllegalStateException("a bug, for the test"));
        time.run(Duration.ofMillis(100));
        partition.heal();
        time.run(Duration.ofSeconds(5));

        assertThat(heard).hasSizeBetween(2, 20);
        assertThat(heard.get(heard.size() - 1)).isEqualTo((byte) heard.size());
    }

    @Test
    void aResetIsHeardAtBothEnds() {
        listens(right);
        Ear dialler = new Ear();
        Ear acceptor = new Ear();
        dials(left, right.at(PORT), Source.maybe(), dialler);
        time.run(Duration.ZERO);
        answers(Source.maybe(), acceptor);
        time.run(Duration.ofSeconds(1));
        network.connections().get(0).reset();
        time.run(Duration.ZERO);
        assertThat(dialler.log).containsExactly("1000 failed");
        assertThat(acceptor.log).containsExactly("1000 failed");
        assertThat(network.connections()).isEmpty();
    }

    @Test
    void aHostThatVanishesSaysNothing() {
        listens(right);
        Ear acceptor = new Ear();
        dials(left, right.at(PORT), Source.maybe(), new Ear());
        time.run(Duration.ZERO);
        answers(Source.maybe(), acceptor);
        time.run(Duration.ofSeconds(1));
        left.vanish();
        time.run(Duration.ofMinutes(10));
        assertThat(acceptor.log).isEmpty();
        time.run(Duration.ofMinutes(10));
        assertThat(acceptor.log).containsExactly("901000 failed");
    }

    @Test
    void aPortIsTakenOnceAndFreeAgainAfterClosing() {
        Listener listener = listens(right);
        CompletableFuture<Listener> second = right.transport()
                .listen(right.at(PORT))
                .to(Sink.ignore())
                .run(system)
                .toCompletableFuture();
        time.runUntilIdle();
        assertThat(second).isCompletedExceptionally();
        listener.close();
        time.runUntilIdle();
        assertThat(listens(right).address()).isEqualTo(right.at(PORT));
    }

    @Test
    void theDigestTellsRunsApartAndEqualRunsAlike() {
        assertThat(digest(1)).isEqualTo(digest(1));
        assertThat(digest(1)).isNotEqualTo(digest(2));
    }

    private static String digest(long seed) {
        try (VirtualTime time = new VirtualTime()) {
            ActorSystem<Void> system = time.system(Behaviors.empty(), "digest");
            SimulatedNetwork network = new SimulatedNetwork(time, new Random(seed));
            network.paths(Path.of(Duration.ofMillis(10)).withJitter(Duration.ofMillis(5)));
            TrafficDigest digest = new TrafficDigest(time.clock());
            network.observe(digest);
            Host a = network.host("a");
            Host b = network.host("b");
            b.transport()
                    .listen(b.at(PORT))
                    .to(Sink.foreach(
                            in -> bytes(MEBI).via(in.bytes()).to(Sink.ignore()).run(system)))
                    .run(system);
            bytes(MEBI).via(a.transport().dial(b.at(PORT))).to(Sink.ignore()).run(system);
            time.run(Duration.ofSeconds(5));
            assertThat(digest.facts()).isGreaterThan(10);
            return digest.hex();
        }
    }
}
