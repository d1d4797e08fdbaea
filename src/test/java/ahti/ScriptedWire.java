package ahti;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.wire.FrameDecoder;
import ahti.wire.FrameEncoder;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/** The other end of one connection, spoken by a test: it sends bytes and messages, and expects ours in their order. */
public final class ScriptedWire {
    private final TestProbe<ByteString> fromUs;
    private final SourceQueueWithComplete<ByteString> toUs;
    private final Flow<ByteString, ByteString, NotUsed> flow;
    private final Queue<PeerMessage> read = new ArrayDeque<>();
    private final FrameDecoder decoder;
    private ByteString raw = ByteString.emptyByteString();

    /** A connection of a torrent with so many pieces. */
    public ScriptedWire(ActorKit kit, int pieces) {
        this.fromUs = kit.probe();
        this.decoder = new FrameDecoder(FrameDecoder.maxLength(pieces));
        Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, NotUsed>> in = Source.<ByteString>queue(
                        1_000, OverflowStrategy.fail())
                .preMaterialize(Materializer.createMaterializer(kit.system()));
        this.toUs = in.first();
        ActorRef<ByteString> sink = fromUs.ref();
        this.flow = Flow.fromSinkAndSourceCoupled(Sink.<ByteString>foreach(sink::tell), in.second());
    }

    /** What a transport hands out for it. */
    public Flow<ByteString, ByteString, NotUsed> flow() {
        return flow;
    }

    public void sends(ByteString bytes) {
        toUs.offer(bytes);
    }

    public void sends(PeerMessage... messages) {
        sends(FrameEncoder.encode(List.of(messages)));
    }

    public void hangsUp() {
        toUs.complete();
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

    public void expectsNothing() {
        assertThat(read).isEmpty();
        fromUs.expectNoMessage(Duration.ofMillis(50));
    }
}
