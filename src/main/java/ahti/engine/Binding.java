package ahti.engine;

import ahti.actor.Handlers;
import ahti.engine.Engine.Command;
import ahti.engine.Engine.ListenerAck;
import ahti.net.PeerTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.typed.javadsl.ActorSink;

/** Looks for a port to listen on: the first of the configured range that is free. Whatever is asked meanwhile waits. */
final class Binding extends EnginePhase {
    /** Room for what is neither an Add nor bounded by whoever asks: questions, a stop, the listener's own. */
    private static final int ROOM_FOR_OTHERS = 1000;

    private final EngineSettings settings;
    private final StashBuffer<Command> waiting;
    private int next;
    private int adding;

    private Binding(
            ActorContext<Command> context,
            EngineSettings settings,
            ActorRef<EventBoard.Command> board,
            StashBuffer<Command> waiting) {
        super(context, board);
        this.settings = settings;
        this.waiting = waiting;
    }

    static Behavior<Command> begin(
            ActorContext<Command> context, EngineSettings settings, ActorRef<EventBoard.Command> board) {
        int most = settings.config().engine().maxAdding();
        return Behaviors.withStash(most + ROOM_FOR_OTHERS, waiting -> {
            Binding binding = new Binding(context, settings, board, waiting);
            binding.tryNext();
            return binding;
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Engine.Bound.class, this::onBound)
                .onMessage(Engine.NotBound.class, this::onNotBound)
                .onMessage(Engine.Watch.class, this::onWatch)
                .onMessage(Engine.Add.class, this::onAdd)
                .onAnyMessage(this::later)
                .build();
    }

    private List<Integer> ports() {
        return settings.config().net().ports();
    }

    private void tryNext() {
        InetAddress address = settings.listenOn().stream().findFirst().orElse(null);
        InetSocketAddress local = address == null
                ? new InetSocketAddress(ports().get(next))
                : new InetSocketAddress(address, ports().get(next));
        CompletionStage<PeerTransport.Listener> bound = settings.transport()
                .listen(local)
                .to(ActorSink.actorRefWithBackpressure(
                        getContext().getSelf(),
                        Engine.Knocked::new,
                        Engine.ListenerReady::new,
                        ListenerAck.INSTANCE,
                        Engine.ListenerEnded.INSTANCE,
                        failure -> new Engine.ListenerBroke(String.valueOf(failure.getMessage()))))
                .run(Materializer.createMaterializer(getContext()));
        getContext()
                .pipeToSelf(
                        bound,
                        (listener, failure) -> listener != null
                                ? new Engine.Bound(listener)
                                : new Engine.NotBound(failure == null ? "" : String.valueOf(failure.getMessage())));
    }

    private Behavior<Command> onAdd(Engine.Add message) {
        int most = settings.config().engine().maxAdding();
        if (adding == most) {
            message.replyTo().tell(new Engine.NotAdded(new Refusal.Busy(most)));
            return this;
        }
        adding++;
        return later(message);
    }

    private Behavior<Command> later(Command command) {
        if (command instanceof Engine.ListenerBroke || command instanceof Engine.ListenerEnded) {
            return this; // of an attempt that failed, which NotBound tells, too
        }
        if (waiting.isFull()) {
            getContext().getLog().warn("too much is asked before the port is bound; dropped: {}", command);
        } else {
            waiting.stash(command);
        }
        return this;
    }

    private Behavior<Command> onBound(Engine.Bound message) {
        return waiting.unstashAll(Running.begin(getContext(), settings, board, message.listener()));
    }

    private Behavior<Command> onNotBound(Engine.NotBound message) {
        next++;
        if (next < ports().size()) {
            tryNext();
            return this;
        }
        return waiting.unstashAll(new Deaf(getContext(), board, refusal()));
    }

    private Refusal refusal() {
        List<Integer> ports = ports();
        String where = settings.listenOn().stream()
                .findFirst()
                .map(address -> " on " + address.getHostAddress())
                .orElse("");
        String which = ports.size() == 1
                ? "port " + ports.get(0)
                : "none of the ports " + ports.get(0) + "-" + ports.get(ports.size() - 1);
        String cannot = ports.size() == 1 ? " cannot be bound" : " can be bound";
        return new Refusal.CannotListen(
                which + cannot + where + ": in use, or not allowed; choose others with --port, or 0 for any free one");
    }
}
