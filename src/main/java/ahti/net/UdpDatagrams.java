package ahti.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.util.ByteString;

/** {@link Datagrams} over real sockets: one {@link UdpSocket} each, or one for each family that is bound. */
public final class UdpDatagrams implements Datagrams {
    private static final String PEKKO_READS_ON = "pekko.actor.internal-dispatcher";

    private final ActorSystem<?> system;
    private final LocalAddresses bind;
    private final int waiting;
    private final AtomicLong opened = new AtomicLong();
    /** Of one kind for each network interface. */
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    /**
     * Sockets that live in this system, at the longest as long as it.
     *
     * @param bind what a socket is bound to that is to be bound to all addresses: its receiver hears of each of them, and what
     *     they cannot reach is lost
     * @param waiting datagrams that a receiver may have before it, at most
     */
    public UdpDatagrams(ActorSystem<?> system, LocalAddresses bind, int waiting) {
        this.system = system;
        this.bind = bind;
        this.waiting = waiting;
    }

    @Override
    public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
        return open(bind.instead(local), false, receiver);
    }

    @Override
    public Socket openIpv4(InetSocketAddress local, ActorRef<Event> receiver) {
        return open(
                bind.instead(local).stream()
                        .filter(one -> bind.isAny() || one.getAddress() instanceof Inet4Address)
                        .toList(),
                true,
                receiver);
    }

    @Override
    public List<InetAddress> addresses() {
        try {
            return bind.isAny()
                    ? NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList()
                    : bind.list();
        } catch (SocketException e) {
            return List.of();
        }
    }

    @Override
    public Socket join(InetSocketAddress group, ActorRef<Event> receiver) {
        List<MulticastLink> links = MulticastLink.find(bind, group.getAddress());
        if (links.isEmpty()) {
            receiver.tell(new Failed("no network interface of ours takes part in multicast"));
        }
        Unread unread = new Unread(waiting);
        List<ActorRef<Object>> ear = links.isEmpty()
                ? List.of()
                : List.of(spawn(
                        UdpSocket.create(
                                group,
                                MulticastLink.hearing(group.getAddress(), links, this::complain),
                                unread,
                                receiver),
                        receiver));
        List<ActorRef<Object>> mouths = links.stream()
                .map(link -> spawn(UdpSocket.mute(link.local(), link.sending(), receiver), receiver))
                .toList();
        return new Socket() {
            @Override
            public void send(InetSocketAddress to, ByteString payload) {
                mouths.forEach(mouth -> mouth.tell(new UdpSocket.Send(to, payload)));
            }

            @Override
            public void taken() {
                if (unread.taken()) {
                    ear.forEach(one -> one.tell(UdpSocket.GoOn.INSTANCE));
                }
            }

            @Override
            public void close() {
                ear.forEach(one -> one.tell(UdpSocket.Close.INSTANCE));
                mouths.forEach(mouth -> mouth.tell(UdpSocket.Close.INSTANCE));
            }
        };
    }

    private void complain(String what) {
        if (complaints.add(what)) {
            system.log().info(what);
        }
    }

    private Socket open(List<InetSocketAddress> locals, boolean ipv4Only, ActorRef<Event> receiver) {
        if (locals.isEmpty()) {
            receiver.tell(new Failed("no address to open a UDP socket on"));
        }
        Unread unread = new Unread(waiting);
        List<Half> halves = locals.stream()
                .map(local -> new Half(
                        local.getAddress(), spawn(UdpSocket.create(local, ipv4Only, unread, receiver), receiver)))
                .toList();
        return new Socket() {
            @Override
            public void send(InetSocketAddress to, ByteString payload) {
                halves.stream()
                        .filter(half -> halves.size() == 1 ? mayReach(half, to) : half.isOf(to))
                        .findFirst()
                        .ifPresent(half -> half.socket().tell(new UdpSocket.Send(to, payload)));
            }

            @Override
            public void taken() {
                if (unread.taken()) {
                    halves.forEach(half -> half.socket().tell(UdpSocket.GoOn.INSTANCE));
                }
            }

            @Override
            public void close() {
                halves.forEach(half -> half.socket().tell(UdpSocket.Close.INSTANCE));
            }
        };
    }

    private boolean mayReach(Half half, InetSocketAddress to) {
        return bind.isAny() || half.isOf(to);
    }

    private ActorRef<Object> spawn(Behavior<Object> socket, ActorRef<Event> receiver) {
        // Others may open sockets in this system, too: the receiver makes the name unique.
        String name = "udp-" + opened.incrementAndGet()
                + receiver.path().toStringWithoutAddress().replace('/', '-');
        // Where Pekko reads: what it hands over does not pile up while the threads of others are busy.
        return system.systemActorOf(socket, name, DispatcherSelector.fromConfig(PEKKO_READS_ON));
    }

    /** A socket for one family, or for all when it is bound to all addresses. */
    private record Half(InetAddress local, ActorRef<Object> socket) {
        boolean isOf(InetSocketAddress to) {
            return (local instanceof Inet4Address) == (to.getAddress() instanceof Inet4Address);
        }
    }
}
