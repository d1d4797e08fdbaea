package ahti.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * Sends and receives UDP datagrams, over IPv4 and IPv6. A seam: the simulated network answers in the place of
 * {@link UdpDatagrams}.
 */
public interface Datagrams {

    /**
     * Opens a socket and returns at once. The receiver hears {@link Bound} or {@link Failed} first; the socket closes when
     * the receiver stops.
     *
     * @param local the address to bind; port 0 for any
     */
    Socket open(InetSocketAddress local, ActorRef<Event> receiver);

    /**
     * As {@link #open} on an IPv4 address, but the socket knows nothing of IPv6, not even on the wildcard address: another one
     * may have the same port there.
     */
    default Socket openIpv4(InetSocketAddress local, ActorRef<Event> receiver) {
        return open(local, receiver);
    }

    /**
     * Hears what is sent to a multicast group, and sends to it on every network that this machine takes part in, or is bound
     * to, from its address there. What does not work on one of them is left out; the receiver hears {@link Failed} when it
     * works on none. What is sent to the group comes back, too.
     *
     * @param group address and port of the group
     */
    default Socket join(InetSocketAddress group, ActorRef<Event> receiver) {
        receiver.tell(new Failed("no multicast here"));
        return new Socket() {
            @Override
            public void send(InetSocketAddress to, ByteString payload) {
                // Nobody listens.
            }

            @Override
            public void taken() {
                // Nothing comes.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    /** The addresses of this machine that a socket could be opened on, in an order that stays; empty when nobody knows. */
    default List<InetAddress> addresses() {
        return List.of();
    }

    /** An open socket. Safe to use from any thread. */
    interface Socket {

        /**
         * Sends one datagram, or loses it, as UDP may.
         *
         * @param to a resolved address
         */
        void send(InetSocketAddress to, ByteString payload);

        /**
         * The receiver has handled one {@link Received}, and another one may wait in its place. It says so each time: a socket
         * hands over only so many that are not handled, {@code ahti.net.waiting-datagrams}, and loses what else comes.
         */
        void taken();

        /** Closes it. What is sent afterwards is lost. */
        void close();
    }

    /** What a receiver hears. */
    sealed interface Event {}

    /** The socket is open on this address. */
    record Bound(InetSocketAddress local) implements Event {}

    /** A datagram came, from anybody. To be answered with {@link Socket#taken}. */
    record Received(InetSocketAddress from, ByteString payload) implements Event {}

    /** The socket could not be opened, or broke. Nothing else will be heard of it. */
    record Failed(String reason) implements Event {}
}
