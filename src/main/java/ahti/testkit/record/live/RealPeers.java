package ahti.testkit.record.live;

import ahti.net.PeerTransport;
import ahti.net.PeerTransport.Incoming;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;

/** The real connections and listeners of a recorded engine. */
final class RealPeers {
    private final ActorSystem<?> system;
    private final Executor executor;
    private final PeerTransport transport;
    private final Consumer<Input> inputs;
    private final Map<Integer, RealLine> lines = new ConcurrentHashMap<>();
    private final Map<Integer, Listening> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private record Listening(SinkQueueWithCancel<Incoming> knocks, CompletionStage<PeerTransport.Listener> listener) {}

    RealPeers(ActorSystem<?> system, PeerTransport transport, Consumer<Input> inputs) {
        this.system = system;
        this.executor = system.executionContext();
        this.transport = transport;
        this.inputs = inputs;
    }

    /** Does what is about a line or a listener; false when it is not. */
    boolean take(Output output) {
        if (output instanceof Output.Send send) {
            line(send.line()).ifPresent(line -> line.send(send.bytes()));
        } else if (output instanceof Output.Read read) {
            line(read.line()).ifPresent(RealLine::read);
        } else if (output instanceof Output.Finish finish) {
            line(finish.line()).ifPresent(RealLine::finish);
        } else if (output instanceof Output.Abort abort) {
            line(abort.line()).ifPresent(RealLine::abort);
            lines.remove(abort.line());
        } else if (output instanceof Output.Dial dial) {
            dial(dial);
        } else if (output instanceof Output.Listen listen) {
            listen(listen);
        } else if (output instanceof Output.Accept accept) {
            accept(accept.listener());
        } else if (output instanceof Output.Unlisten unlisten) {
            close(unlisten.listener());
        } else {
            return false;
        }
        return true;
    }

    private Optional<RealLine> line(int number) {
        return Optional.ofNullable(lines.get(number));
    }

    private RealLine begin(int number, Optional<Input> first) {
        RealLine line = new RealLine(number, first, input -> {
            if (input instanceof Input.Finished || input instanceof Input.Broke) {
                lines.remove(number);
            }
            inputs.accept(input);
        });
        lines.put(number, line);
        return line;
    }

    private void dial(Output.Dial dial) {
        var opened = transport
                .dial(dial.peer())
                .joinMat(begin(dial.line(), Optional.empty()), Keep.left())
                .run(system);
        var unused = opened.whenCompleteAsync(
                (address, failure) -> inputs.accept(
                        failure == null
                                ? new Input.Connected(dial.line(), address)
                                : new Input.NotConnected(dial.line(), RealLine.reason(failure))),
                executor);
    }

    private void listen(Output.Listen listen) {
        Pair<CompletionStage<PeerTransport.Listener>, SinkQueueWithCancel<Incoming>> running = transport
                .listen(listen.local())
                .toMat(Sink.<Incoming>queue(1), Keep.both())
                .run(system);
        listeners.put(listen.listener(), new Listening(running.second(), running.first()));
        var unused = running.first()
                .whenCompleteAsync(
                        (listener, failure) -> inputs.accept(
                                failure == null
                                        ? new Input.Bound(listen.listener(), listener.address())
                                        : new Input.NotBound(listen.listener(), RealLine.reason(failure))),
                        executor);
    }

    private void accept(int number) {
        Listening listening = listeners.get(number);
        if (listening != null) {
            var unused = listening
                    .knocks()
                    .pull()
                    .whenCompleteAsync((incoming, failure) -> knocked(number, incoming, failure), executor);
        }
    }

    @SuppressWarnings("NullAway") // a stage completes with either of the two
    private void knocked(int listener, Optional<Incoming> incoming, Throwable failure) {
        if (failure != null) {
            inputs.accept(new Input.NotListening(listener, RealLine.reason(failure)));
        } else if (incoming.isEmpty()) {
            inputs.accept(new Input.NotListening(listener, ""));
        } else {
            int number = 2 * accepted.getAndIncrement() + 1;
            Input knocked = new Input.Knocked(listener, number, incoming.get().peer());
            var unused = incoming.get()
                    .bytes()
                    .join(begin(number, Optional.of(knocked)))
                    .run(system);
        }
    }

    private void close(int number) {
        Listening listening = listeners.remove(number);
        if (listening != null) {
            var unused = listening.listener().thenAcceptAsync(listener -> listener.close(), executor);
            listening.knocks().cancel();
        }
    }

    /** Gives everything up. */
    void close() {
        listeners.keySet().forEach(this::close);
        lines.values().forEach(RealLine::abort);
        lines.clear();
    }
}
