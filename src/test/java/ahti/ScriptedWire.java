package ahti;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.wire.FrameDecoder;
import ahti.wire.FrameEncoder;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/** The other end of one connection, spoken by a test: it sends bytes and messages, and expects ours in their order. */
public final class ScriptedWire {
    private final TestProbe<ByteString> fromUs;
    private final TestProbe<Done> ended;
    /** What to do once we are connected, in order. */
    private final List<Consumer<SourceQueueWithComplete<ByteString>>> early = new ArrayList<>();

    private SourceQueueWithComplete<ByteString> toUs;
    private final Flow<ByteString, ByteString, NotUsed> flow;
    private final Queue<PeerMessage> read = new ArrayDeque<>();
    private final FrameDecoder decoder;
    private ByteString raw = ByteString.emptyByteString();

    /** A connection of a torrent with so many pieces. */
    public ScriptedWire(ActorKit kit, int pieces) {
        this(kit, pieces, false);
    }

    /** A connection that may be deaf: it takes our handshake, and after that hardly anything. */
    public ScriptedWire(ActorKit kit, int pieces, boolean deaf) {
        this.fromUs = kit.probe();
        this.ended = kit.probe();
        this.decoder = new FrameDecoder(FrameDecoder.maxLength(pieces));
        // Not made before it is dialled: a publisher that nobody subscribes to is cancelled after five virtual seconds.
        Source<ByteString, NotUsed> in = Source.<ByteString>queue(1_000, OverflowStrategy.fail())
                .mapMaterializedValue(queue -> {
                    opens(queue);
                    return NotUsed.getInstance();
                });
        ActorRef<ByteString> sink = fromUs.ref();
        ActorRef<Done> end = ended.ref();
        AtomicBoolean listens = new AtomicBoolean(true);
        this.flow = Flow.fromSinkAndSourceCoupled(
                Flow.of(ByteString.class)
                        .watchTermination((any, over) -> {
                            over.whenComplete((done, failure) -> end.tell(Done.done()));
                            return any;
                        })
                        .mapAsync(1, bytes -> {
                            sink.tell(bytes);
                            return listens.getAndSet(!deaf)
                                    ? CompletableFuture.completedFuture(bytes)
                                    : new CompletableFuture<ByteString>();
                        })
                        .to(Sink.ignore()),
                in);
    }

    private synchronized void opens(SourceQueueWithComplete<ByteString> queue) {
        toUs = queue;
        early.forEach(action -> action.accept(queue));
    }

    private synchronized void does(Consumer<SourceQueueWithComplete<ByteString>> action) {
        if (toUs == null) {
            early.add(action);
        } else {
            action.accept(toUs);
        }
    }

    /** What a transport hands out for it. */
    public Flow<ByteString, ByteString, NotUsed> flow() {
        return flow;
    }

    public void sends(ByteString bytes) {
        does(queue -> queue.offer(bytes));
    }

    public void sends(PeerMessage... messages) {
        sends(FrameEncoder.encode(List.of(messages)));
    }

    public void hangsUp() {
        does(SourceQueueWithComplete::complete);
    }

    /** Takes so many raw bytes: a handshake. */
    public ByteString takes(int length) {
        while (raw.length() < length) {
            raw = raw.concat(fromUs.receiveMessage());
        }
        ByteString taken = raw.take(length);
        raw = raw.drop(length);
        return taken;
    }

    public void expectsBytes(ByteString bytes) {
        assertThat(takes(bytes.length())).isEqualTo(bytes);
    }

    /** The next message that we sent. */
    public PeerMessage next() {
        while (read.isEmpty()) {
            try {
                read.addAll(decoder.feed(raw.isEmpty() ? fromUs.receiveMessage() : raw));
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
            raw = ByteString.emptyByteString();
        }
        return read.remove();
    }

    public void expects(PeerMessage... messages) {
        for (PeerMessage message : messages) {
            assertThat(next()).isEqualTo(message);
        }
    }

    /** For what different actors of ours cause: they tell the connection in either order. */
    public void expectsInAnyOrder(PeerMessage... messages) {
        List<PeerMessage> came = new ArrayList<>();
        while (came.size() < messages.length) {
            came.add(next());
        }
        assertThat(came).containsExactlyInAnyOrder(messages);
    }

    /** We end the connection. */
    public void expectsTheEnd() {
        ended.expectMessage(Done.done());
    }

    public void expectsNothing() {
        assertThat(read).isEmpty();
        fromUs.expectNoMessage(Duration.ofMillis(50));
    }
}
