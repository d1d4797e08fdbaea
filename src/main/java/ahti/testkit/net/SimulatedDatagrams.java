package ahti.testkit.net;

import ahti.net.Datagrams;
import ahti.net.Unread;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * UDP of one host: datagrams get lost, doubled and overtaken as their {@link Path} says, and lost when the receiver has as many
 * before it as a real one may have.
 */
final class SimulatedDatagrams implements Datagrams {
    private static final int LARGEST = 65_507;

    /** What {@code ahti.net.waiting-datagrams} is by default. */
    private static final int WAITING = 256;

    private final SimulatedNetwork network;
    private final Host host;
    private final Map<Integer, Open> sockets = new TreeMap<>();
    private final List<GroupSocket> groups = new ArrayList<>();

    SimulatedDatagrams(SimulatedNetwork network, Host host) {
        this.network = network;
        this.host = host;
    }

    @Override
    public List<InetAddress> addresses() {
        return List.of(host.address());
    }

    @Override
    public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
        int port = local.getPort() == 0 ? host.freePort() : local.getPort();
        Open socket = new Open(port, receiver);
        if (sockets.putIfAbsent(port, socket) != null) {
            receiver.tell(new Failed("Address already in use: " + host.at(port)));
        } else if (!isHere(local.getAddress())) {
            sockets.remove(port, socket);
            receiver.tell(new Failed("Cannot assign requested address: " + local));
        } else {
            receiver.tell(new Bound(host.at(port)));
        }
        return socket;
    }

    private boolean isHere(InetAddress local) {
        return local.isAnyLocalAddress() || local.equals(host.address());
    }

    @Override
    public Socket join(InetSocketAddress group, ActorRef<Event> receiver) {
        boolean isIpv4 = group.getAddress() instanceof Inet4Address;
        if (!host.isOnLan() || isIpv4 != host.address() instanceof Inet4Address) {
            return Datagrams.super.join(group, receiver);
        }
        GroupSocket socket = new GroupSocket(group, host.freePort(), receiver);
        groups.add(socket);
        receiver.tell(new Bound(group));
        return socket;
    }

    void closeAll() {
        sockets.clear();
        groups.clear();
    }

    private @Nullable Open socket(int port) {
        return sockets.get(port);
    }

    /** Takes part in a group: whoever of the same network does hears what it sends, itself first of all. */
    private final class GroupSocket implements Socket {
        private final InetSocketAddress group;
        private final int port;
        private final ActorRef<Event> receiver;
        private final Unread unread = new Unread(WAITING);

        GroupSocket(InetSocketAddress group, int port, ActorRef<Event> receiver) {
            this.group = group;
            this.port = port;
            this.receiver = receiver;
        }

        @Override
        public void send(InetSocketAddress to, ByteString payload) {
            if (!groups.contains(this) || !to.equals(group)) {
                return;
            }
            ByteString compact = payload.compact();
            host.up().pass(payload.size(), () -> network.neighbours(host).forEach(there -> travel(there, compact)));
        }

        private void travel(Host there, ByteString payload) {
            if (!network.isCut(host, there)
                    && !happens(network.path(host, there).datagramLoss())) {
                var unused = network.time().after(network.delay(host, there), () -> arrive(there, payload));
            }
        }

        private void arrive(Host there, ByteString payload) {
            if (there.isDown() || host.isDown()) {
                return;
            }
            there.down().pass(payload.size(), () -> {
                network.traffic().datagram(host.at(port), group, payload);
                List.copyOf(there.udp().groups).stream()
                        .filter(other -> other.group.equals(group))
                        .forEach(other -> other.received(new Received(host.at(port), payload)));
            });
        }

        private void received(Received datagram) {
            if (unread.admits()) {
                receiver.tell(datagram);
            }
        }

        @Override
        public void taken() {
            var unused = unread.taken();
        }

        @Override
        public void close() {
            groups.remove(this);
        }
    }

    private boolean happens(double share) {
        return share > 0 && network.random().nextDouble() < share;
    }

    private final class Open implements Socket {
        private final int port;
        private final ActorRef<Event> receiver;
        private final Unread unread = new Unread(WAITING);

        Open(int port, ActorRef<Event> receiver) {
            this.port = port;
            this.receiver = receiver;
        }

        @Override
        public void send(InetSocketAddress to, ByteString payload) {
            Host there = network.byAddress().get(to.getAddress());
            if (there == null || sockets.get(port) != this || payload.size() > LARGEST) {
                return;
            }
            host.speaksTo(there);
            ByteString compact = payload.compact();
            host.up().pass(payload.size(), () -> travel(there, to.getPort(), compact));
        }

        private void travel(Host there, int toPort, ByteString payload) {
            Path path = network.path(host, there);
            if (network.isCut(host, there) || happens(path.datagramLoss())) {
                return;
            }
            int copies = happens(path.datagramCopies()) ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                var unused = network.time()
                        .after(network.delay(host, there).plus(disorder(path)), () -> arrive(there, toPort, payload));
            }
        }

        private void arrive(Host there, int toPort, ByteString payload) {
            there.down().pass(payload.size(), () -> {
                Open socket = there.isReachableByDatagram(host) ? there.udp().socket(toPort) : null;
                if (socket != null && socket.unread.admits()) {
                    network.traffic().datagram(host.at(port), there.at(toPort), payload);
                    socket.receiver.tell(new Received(host.at(port), payload));
                }
            });
        }

        @Override
        public void taken() {
            var unused = unread.taken();
        }

        private Duration disorder(Path path) {
            long most = path.disorder().toNanos();
            return most == 0 ? Duration.ZERO : Duration.ofNanos(network.random().nextLong(most));
        }

        @Override
        public void close() {
            sockets.remove(port, this);
        }
    }
}
