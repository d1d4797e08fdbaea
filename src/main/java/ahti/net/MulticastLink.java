package ahti.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.io.Inet;

/**
 * A network that this machine can speak multicast to, and its own address there.
 *
 * <p>Sockets that send are bound to that address, and to that network for multicast: nothing leaves another way. The socket
 * that hears is bound to the group, so that nothing else reaches it.
 */
record MulticastLink(NetworkInterface network, InetAddress address) {
    /** Routers that a datagram may pass. The groups are for whole sites; routers that know no multicast let nothing pass. */
    private static final int HOPS = 4;

    /** Those of the family of {@code group}: the one that is bound, or all there are when the system chooses. */
    static List<MulticastLink> find(LocalAddresses bind, InetAddress group) {
        List<MulticastLink> links = new ArrayList<>();
        try {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (network.isUp() && network.supportsMulticast()) {
                    address(network, bind, group).ifPresent(address -> links.add(new MulticastLink(network, address)));
                }
            }
            return links;
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static Optional<InetAddress> address(NetworkInterface network, LocalAddresses bind, InetAddress group)
            throws SocketException {
        if (!bind.isAny()) {
            return bind.own(group).filter(own -> network.inetAddresses().anyMatch(own::equals));
        }
        // At the other end of a tunnel there is no neighbour.
        return network.isPointToPoint()
                ? Optional.empty()
                : network.inetAddresses()
                        .filter(address -> isIpv4(address) == isIpv4(group))
                        .filter(address -> isIpv4(address) || !address.isLinkLocalAddress())
                        .findFirst();
    }

    private static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    /** What a socket that sends is bound to. */
    InetSocketAddress local() {
        return new InetSocketAddress(address, 0);
    }

    /** The options of a socket that sends there. */
    List<Inet.SocketOption> sending() {
        return List.of(family(address), new Inet.AbstractSocketOptionV2() {
            @Override
            public void afterBind(DatagramSocket socket) {
                try {
                    socket.getChannel()
                            .setOption(StandardSocketOptions.IP_MULTICAST_IF, network)
                            .setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    /**
     * The options of a socket that hears the group on these networks. Others of this machine may hear it, too. A network that
     * cannot be joined is left out with a complaint; when none can be, opening fails.
     */
    static List<Inet.SocketOption> hearing(InetAddress group, List<MulticastLink> links, Consumer<String> complaint) {
        return List.of(family(group), new Inet.AbstractSocketOptionV2() {
            @Override
            public void beforeDatagramBind(DatagramSocket socket) {
                try {
                    socket.setReuseAddress(true);
                } catch (SocketException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void afterBind(DatagramSocket socket) {
                long joined = links.stream()
                        .filter(link -> link.join(socket.getChannel(), group, complaint))
                        .count();
                if (joined == 0) {
                    throw new UncheckedIOException(new IOException("no network could be joined"));
                }
            }
        });
    }

    private boolean join(DatagramChannel channel, InetAddress group, Consumer<String> complaint) {
        try {
            channel.join(group, network);
            return true;
        } catch (IOException e) {
            complaint.accept("no multicast on " + network.getName() + ": " + e.getMessage());
            return false;
        }
    }

    private static Inet.SocketOption family(InetAddress address) {
        ProtocolFamily family = isIpv4(address) ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        return new Inet.DatagramChannelCreator() {
            @Override
            public DatagramChannel create() throws IOException {
                return DatagramChannel.open(family);
            }
        };
    }
}
