package ahti.testkit.script;

import ahti.net.PeerTransport;
import ahti.testkit.net.Host;
import ahti.testkit.time.VirtualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/** A scripted peer's connections: makes them, one after the other, and waits in virtual time for what comes on them. */
final class Dialler {
    static final int PORT = 6881;

    private final Stage stage;
    private final Host host;
    private final InetSocketAddress engine;
    private final Transcript transcript;
    private final int pieces;
    private final ArrayDeque<PeerTransport.Incoming> callers = new ArrayDeque<>();
    private @Nullable Wire wire;
    private @Nullable Hearing hearing;

    Dialler(Stage stage, Host host, InetSocketAddress engine, Transcript transcript, int pieces) {
        this.stage = stage;
        this.host = host;
        this.engine = engine;
        this.transcript = transcript;
        this.pieces = pieces;
    }

    VirtualTime time() {
        return stage.time();
    }

    /** Does everything that takes no time. */
    void settle() {
        stage.settle();
    }

    InetSocketAddress address() {
        return host.at(PORT);
    }

    Wire wire() {
        return Objects.requireNonNull(wire, "the peer must connect first");
    }

    private Hearing hearing() {
        return Objects.requireNonNull(hearing, "the peer must connect first");
    }

    String words(Heard heard) {
        return hearing().words(heard);
    }

    void dial(Duration limit) {
        transcript.does("dials " + words(engine));
        CompletableFuture<InetSocketAddress> open = host.transport()
                .dial(engine)
                .joinMat(Flow.fromGraph(newWire()), Keep.left())
                .run(stage.system())
                .toCompletableFuture();
        if (!time().runUntil(open::isDone, limit)) {
            throw transcript.failure("expected to connect, but nobody answered for " + words(limit));
        } else if (open.isCompletedExceptionally()) {
            throw transcript.failure("expected to connect, but could not");
        }
    }

    void listen() {
        host.transport().listen(address()).to(Sink.foreach(callers::add)).run(stage.system());
        stage.settle();
    }

    void accept(Duration limit) {
        if (!time().runUntil(() -> !callers.isEmpty(), limit)) {
            throw transcript.failure("expected to be dialled, but was not for " + words(limit));
        }
        PeerTransport.Incoming caller = callers.remove();
        transcript.hears("dials from " + words(caller.peer()));
        caller.bytes().join(Flow.fromGraph(newWire())).run(stage.system());
        stage.settle();
    }

    void expectNoCall(Duration duration) {
        if (time().runUntil(() -> !callers.isEmpty(), duration)) {
            throw transcript.failure("expected not to be dialled for " + words(duration) + ", but was");
        }
    }

    private Wire newWire() {
        Hearing ear = new Hearing(transcript, pieces);
        Wire created = new Wire(ear);
        hearing = ear;
        wire = created;
        return created;
    }

    /** The next thing heard; fails when the connection ends before, or nothing comes in time. */
    Heard next(String wanted, Duration limit, Predicate<Heard> ignored) {
        Hearing ear = hearing();
        boolean came = time().runUntil(() -> ear.has(ignored) || ear.over().isPresent(), limit);
        if (ear.has(ignored)) {
            return ear.take();
        }
        throw transcript.failure("expected " + wanted
                + (came
                        ? ", but the connection is " + ear.over().orElseThrow()
                        : ", but nothing came for " + words(limit)));
    }

    void expectNothing(Duration duration, Predicate<Heard> ignored) {
        Hearing ear = hearing();
        if (time().runUntil(() -> ear.has(ignored) || ear.over().isPresent(), duration)) {
            throw transcript.failure("expected nothing for " + words(duration) + ", but "
                    + (ear.has(ignored)
                            ? "heard " + ear.words(ear.take())
                            : "the connection is " + ear.over().orElseThrow()));
        }
    }

    void expectEnd(Duration limit, Predicate<Heard> ignored) {
        Hearing ear = hearing();
        boolean came = time().runUntil(() -> ear.has(ignored) || ear.over().isPresent(), limit);
        if (ear.has(ignored)) {
            throw transcript.failure("expected to be hung up on, but heard " + ear.words(ear.take()));
        } else if (!came) {
            throw transcript.failure("expected to be hung up on, but was not for " + words(limit));
        }
    }

    private static String words(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String words(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
