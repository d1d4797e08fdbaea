package ahti.dht.node;

import ahti.actor.Handlers;
import ahti.dht.node.DhtNode.Command;
import ahti.net.Datagrams;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The socket is being opened. Whatever is asked meanwhile waits; without a socket every {@code Seek} ends empty. */
final class Opening extends AbstractBehavior<Command> {
    /** One wish per torrent may come before the socket is there; beyond this they end empty. */
    static final int STASH = 10_000;

    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> stash;
    private final NodeSettings settings;
    private final ActorRef<DhtNode.Event> owner;
    private final Datagrams.Socket socket;

    Opening(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            NodeSettings settings,
            ActorRef<DhtNode.Event> owner) {
        super(context);
        this.timers = timers;
        this.stash = stash;
        this.settings = settings;
        this.owner = owner;
        ActorRef<Datagrams.Event> receiver = context.messageAdapter(Datagrams.Event.class, DhtNode.FromSocket::new);
        this.socket = switch (settings.family()) {
            case IPV4 -> settings.datagrams().openIpv4(settings.local(), receiver);
            case IPV6 -> settings.datagrams().open(settings.local(), receiver);
        };
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(DhtNode.FromSocket.class, this::onFromSocket)
                .onAnyMessage(this::later)
                .build();
    }

    private Behavior<Command> later(Command command) {
        if (!stash.isFull()) {
            stash.stash(command);
        } else if (command instanceof DhtNode.Seek seek) {
            owner.tell(new DhtNode.Ended(seek.ticket(), 0, 0, 0, 0));
        }
        return this;
    }

    private Behavior<Command> onFromSocket(DhtNode.FromSocket message) {
        if (message.event() instanceof Datagrams.Bound bound) {
            Open open = new Open(getContext(), timers, settings, socket, bound.local(), owner);
            owner.tell(new DhtNode.Opened(settings.family(), bound.local()));
            return stash.unstashAll(open);
        }
        if (message.event() instanceof Datagrams.Failed failed) {
            owner.tell(new DhtNode.Unusable(settings.family(), failed.reason()));
            return stash.unstashAll(new Unusable(getContext(), settings.family(), owner));
        }
        return this;
    }
}
