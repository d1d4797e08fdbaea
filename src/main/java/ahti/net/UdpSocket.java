package ahti.net;

import ahti.actor.Handlers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.Udp;
import org.apache.pekko.io.UdpMessage;
import org.apache.pekko.util.ByteString;

/**
 * One UDP socket being opened, then {@link Open}. The only place that knows Pekko's classic {@code Udp} extension, which is
 * why its messages are objects.
 *
 * <p>Ends when closed, when its receiver stops, or when the socket cannot be opened; Pekko closes the channel with it.
 */
final class UdpSocket extends AbstractBehavior<Object> {

    /** Send this datagram. */
    record Send(InetSocketAddress to, ByteString payload) {}

    /** Close the socket. */
    enum Close {
        INSTANCE
    }

    /** The receiver has handled enough to be given more. */
    enum GoOn {
        INSTANCE
    }

    /** Datagrams kept until the socket is open; further ones are lost. */
    private static final int MOST_EARLY = 64;

    private static final List<Inet.SocketOption> IPV4 = List.of(new Inet.DatagramChannelCreator() {
        @Override
        public DatagramChannel create() throws IOException {
            return DatagramChannel.open(StandardProtocolFamily.INET);
        }
    });

    private final InetSocketAddress local;
    private final ActorRef<Datagrams.Event> receiver;
    private final Unread unread;
    private final List<Send> early = new ArrayList<>();

    /** For both families, or for IPv4 only. {@code unread}: what the receiver has before it, of this socket and others. */
    static Behavior<Object> create(
            InetSocketAddress local, boolean ipv4Only, Unread unread, ActorRef<Datagrams.Event> receiver) {
        return create(local, ipv4Only ? IPV4 : List.of(), unread, receiver);
    }

    /** With these options. */
    static Behavior<Object> create(
            InetSocketAddress local,
            List<Inet.SocketOption> options,
            Unread unread,
            ActorRef<Datagrams.Event> receiver) {
        return Behaviors.setup(context -> new UdpSocket(context, local, options, unread, receiver));
    }

    /** One that sends only, as long as {@code owner} lives: what comes in is dropped. It is silent when it cannot be opened. */
    static Behavior<Object> mute(
            InetSocketAddress local, List<Inet.SocketOption> options, ActorRef<Datagrams.Event> owner) {
        return Behaviors.setup(context -> {
            ActorRef<Datagrams.Event> nobody = context.spawn(Behaviors.ignore(), "nobody");
            context.watchWith(owner, Close.INSTANCE);
            return new UdpSocket(context, local, options, new Unread(0), nobody);
        });
    }

    private UdpSocket(
            ActorContext<Object> context,
            InetSocketAddress local,
            List<Inet.SocketOption> options,
            Unread unread,
            ActorRef<Datagrams.Event> receiver) {
        super(context);
        this.local = local;
        this.unread = unread;
        this.receiver = receiver;
        context.watch(receiver);
        org.apache.pekko.actor.ActorRef self = Adapter.toClassic(context.getSelf());
        Udp.get(Adapter.toClassic(context.getSystem())).manager().tell(UdpMessage.bind(self, local, options), self);
    }

    @Override
    public Receive<Object> createReceive() {
        return new Handlers<Object>()
                .onMessage(Send.class, this::onSend)
                .onMessage(Udp.Bound.class, this::onBound)
                .onMessage(GoOn.class, message -> this)
                .onMessage(Udp.CommandFailed.class, this::onCommandFailed)
                .onMessage(Close.class, message -> Behaviors.stopped())
                .onSignal(Terminated.class, gone -> Behaviors.stopped())
                .build();
    }

    private Behavior<Object> onSend(Send message) {
        if (early.size() < MOST_EARLY) {
            early.add(message);
        }
        return this;
    }

    private Behavior<Object> onBound(Udp.Bound message) {
        org.apache.pekko.actor.ActorRef channel =
                Adapter.toClassic(getContext()).sender();
        Open open = new Open(getContext(), channel, unread, receiver);
        getContext().watch(Adapter.toTyped(channel));
        receiver.tell(new Datagrams.Bound(message.localAddress()));
        early.forEach(open::onSend);
        return open;
    }

    private Behavior<Object> onCommandFailed(Udp.CommandFailed message) {
        receiver.tell(new Datagrams.Failed("cannot open a UDP socket on " + local));
        return Behaviors.stopped();
    }

    /**
     * The socket is open: datagrams pass both ways. While the receiver has as many before it as may be nothing is read, and the
     * operating system drops what it has no room for.
     */
    private static final class Open extends AbstractBehavior<Object> {
        private final org.apache.pekko.actor.ActorRef channel;
        private final Unread unread;
        private final ActorRef<Datagrams.Event> receiver;
        private long lost;

        Open(
                ActorContext<Object> context,
                org.apache.pekko.actor.ActorRef channel,
                Unread unread,
                ActorRef<Datagrams.Event> receiver) {
            super(context);
            this.channel = channel;
            this.unread = unread;
            this.receiver = receiver;
        }

        @Override
        public Receive<Object> createReceive() {
            return new Handlers<Object>()
                    .onMessage(Udp.Received.class, this::onReceived)
                    .onMessage(Send.class, this::onSend)
                    .onMessage(GoOn.class, this::onGoOn)
                    // A datagram that could not be sent is a lost one.
                    .onMessage(Udp.CommandFailed.class, message -> this)
                    .onMessage(Close.class, message -> close())
                    .onSignal(Terminated.class, this::onTerminated)
                    .build();
        }

        private Behavior<Object> onReceived(Udp.Received message) {
            if (unread.admits()) {
                receiver.tell(new Datagrams.Received(message.sender(), message.data()));
            } else {
                lost++;
            }
            if (unread.isFull()) {
                // Said again with each that comes all the same: Pekko reads on when it was about to read.
                channel.tell(
                        UdpMessage.suspendReading(),
                        Adapter.toClassic(getContext().getSelf()));
            }
            return this;
        }

        private Behavior<Object> onGoOn(GoOn message) {
            channel.tell(
                    UdpMessage.resumeReading(), Adapter.toClassic(getContext().getSelf()));
            return this;
        }

        private Behavior<Object> onSend(Send message) {
            channel.tell(
                    UdpMessage.send(message.payload(), message.to()),
                    Adapter.toClassic(getContext().getSelf()));
            return this;
        }

        private Behavior<Object> onTerminated(Terminated gone) {
            if (gone.getRef().path().equals(receiver.path())) {
                return close();
            }
            receiver.tell(new Datagrams.Failed("the UDP socket broke"));
            return Behaviors.stopped();
        }

        // Stopping alone would do, but Pekko then frees the port only when its selector happens to wake up.
        private Behavior<Object> close() {
            if (lost > 0) {
                getContext().getLog().debug("{} datagrams came faster than they were handled, and were lost", lost);
            }
            channel.tell(UdpMessage.unbind(), Adapter.toClassic(getContext().getSelf()));
            return Behaviors.receive(Object.class)
                    .onMessage(Udp.Unbound.class, message -> Behaviors.stopped())
                    .onAnyMessage(message -> Behaviors.same())
                    .onSignal(Terminated.class, gone -> Behaviors.same())
                    .build();
        }
    }
}
