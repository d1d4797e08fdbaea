package ahti.testkit.record.inside;

import ahti.net.PeerTransport;
import ahti.testkit.net.PipeStage;
import ahti.testkit.record.event.Input;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The engine's {@link PeerTransport}. What comes in for a line that is gone already is for nobody. */
final class Lines implements PeerTransport {
    private final Outside outside;
    private final Map<Integer, Line> lines = new LinkedHashMap<>();
    private final Map<Integer, ListenStage.Bound> listeners = new LinkedHashMap<>();
    private int dialled;
    private int listening;

    Lines(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
        int number = 2 * dialled++;
        Line line = line(number, Optional.of(peer));
        return Flow.fromGraph(new PipeStage<>(() -> line)).mapMaterializedValue(any -> line.connected());
    }

    @Override
    public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
        return Source.fromGraph(new ListenStage(
                local,
                listener -> {
                    listeners.put(listening, listener);
                    return listening++;
                },
                outside));
    }

    private Line line(int number, Optional<InetSocketAddress> peer) {
        Line line = new Line(number, peer, outside, () -> lines.remove(number));
        lines.put(number, line);
        return line;
    }

    private Flow<ByteString, ByteString, NotUsed> accepted(int number) {
        Line line = line(number, Optional.empty());
        return Flow.fromGraph(new PipeStage<>(() -> line)).mapMaterializedValue(any -> NotUsed.getInstance());
    }

    /** Takes what is for a line or a listener; false when it is not. */
    boolean take(Input input) {
        if (input instanceof Input.Received received) {
            line(received.line()).ifPresent(line -> line.received(received.bytes()));
        } else if (input instanceof Input.Writable writable) {
            line(writable.line()).ifPresent(Line::writable);
        } else if (input instanceof Input.Connected connected) {
            line(connected.line()).ifPresent(line -> line.connected().complete(connected.peer()));
        } else if (input instanceof Input.NotConnected not) {
            line(not.line()).ifPresent(line -> line.notConnected(not.reason()));
        } else if (input instanceof Input.Finished finished) {
            line(finished.line()).ifPresent(Line::finished);
        } else if (input instanceof Input.Broke broke) {
            line(broke.line()).ifPresent(line -> line.broke(broke.reason()));
        } else {
            return takeForListener(input);
        }
        return true;
    }

    private boolean takeForListener(Input input) {
        if (input instanceof Input.Bound bound) {
            listener(bound.listener()).ifPresent(listener -> listener.bound(bound.local()));
        } else if (input instanceof Input.NotBound not) {
            listener(not.listener()).ifPresent(listener -> listener.notBound(not.reason()));
        } else if (input instanceof Input.Knocked knocked) {
            Incoming incoming = new Incoming(knocked.peer(), accepted(knocked.line()));
            listener(knocked.listener()).ifPresent(listener -> listener.knocked(incoming));
        } else if (input instanceof Input.NotListening not) {
            listener(not.listener()).ifPresent(listener -> listener.ended(not.reason()));
        } else {
            return false;
        }
        return true;
    }

    private Optional<Line> line(int number) {
        return Optional.ofNullable(lines.get(number));
    }

    private Optional<ListenStage.Bound> listener(int number) {
        return Optional.ofNullable(listeners.get(number));
    }
}
