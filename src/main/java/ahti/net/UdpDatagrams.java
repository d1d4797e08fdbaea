package ahti.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.util.ByteString;

/** {@link Datagrams} over real sockets: one {@link UdpSocket} each. */
public final class UdpDatagrams implements Datagrams {
    private final ActorSystem<?> system;
    private final AtomicLong opened = new AtomicLong();

    /** Sockets that live in this system, at the longest as long as it. */
    public UdpDatagrams(ActorSystem<?> system) {
        this.system = system;
    }

    @Override
    public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
        return open(local, false, receiver);
    }

    @Override
    public Socket openIpv4(InetSocketAddress local, ActorRef<Event> receiver) {
        return open(local, true, receiver);
    }

    @Override
    public List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private Socket open(InetSocketAddress local, boolean ipv4Only, ActorRef<Event> receiver) {
        // Others may open sockets in this system, too: the receiver makes the name unique.
        String name = "udp-" + opened.incrementAndGet()
                + receiver.path().toStringWithoutAddress().replace('/', '-');
        ActorRef<Object> socket =
                system.systemActorOf(UdpSocket.create(local, ipv4Only, receiver), name, Props.empty());
        return new Socket() {
            @Override
            public void send(InetSocketAddress to, ByteString payload) {
                socket.tell(new UdpSocket.Send(to, payload));
            }

            @Override
            public void close() {
                socket.tell(UdpSocket.Close.INSTANCE);
            }
        };
    }
}
