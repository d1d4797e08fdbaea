package ahti.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of this machine that sockets are bound to. With none, the system chooses. With any, nothing is ever sent from
 * another: what they cannot reach is not reached.
 *
 * @param list in the order to use them; of each family the first is sent from
 */
public record LocalAddresses(List<InetAddress> list) {
    /** Whatever the system chooses. */
    public static final LocalAddresses ANY = new LocalAddresses(List.of());

    public LocalAddresses {
        list = List.copyOf(list);
    }

    /**
     * Reads addresses and names of network interfaces; an interface stands for the addresses that it has now.
     *
     * @throws IllegalArgumentException when one is not this machine's, with a sentence for the user
     */
    public static LocalAddresses read(List<String> texts) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        texts.forEach(text -> addresses.addAll(read(text)));
        return new LocalAddresses(new ArrayList<>(addresses));
    }

    /** Whether the system chooses. */
    public boolean isAny() {
        return list.isEmpty();
    }

    /** Whether something can be sent there. */
    public boolean reaches(InetAddress remote) {
        return list.isEmpty() || own(remote).isPresent();
    }

    /** Which address to send from; empty leaves it to the system, and is only right for what they {@link #reaches reach}. */
    public Optional<InetAddress> own(InetAddress remote) {
        return list.stream().filter(local -> isIpv4(local) == isIpv4(remote)).findFirst();
    }

    /** Where a socket has to be bound that is to be bound to {@code wanted}: one for each family, when that is all addresses. */
    List<InetSocketAddress> instead(InetSocketAddress wanted) {
        if (list.isEmpty() || !wanted.getAddress().isAnyLocalAddress()) {
            return List.of(wanted);
        }
        List<InetSocketAddress> firsts = new ArrayList<>();
        for (InetAddress local : list) {
            if (own(local).filter(local::equals).isPresent()) {
                firsts.add(new InetSocketAddress(local, wanted.getPort()));
            }
        }
        return firsts;
    }

    private static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    private static List<InetAddress> read(String text) {
        List<InetAddress> ofInterface = ofInterface(text);
        if (!ofInterface.isEmpty()) {
            return ofInterface;
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            // Of 127.0.0.0/8 the interface names only one, and all can be used: the system knows best.
            try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(address, 0))) {
                return List.of(probe.getLocalAddress());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(notOurs(text, e), e);
        }
    }

    private static String notOurs(String text, IOException cause) {
        return "'" + text + "' is not an address of this machine"
                + (cause instanceof UnknownHostException ? ", nor a network interface" : "");
    }

    /** Empty when there is no such interface. */
    private static List<InetAddress> ofInterface(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found == null) {
                return List.of();
            }
            // An address of one link reaches nobody on another.
            List<InetAddress> addresses = found.inetAddresses()
                    .filter(address -> !address.isLinkLocalAddress())
                    .toList();
            if (addresses.isEmpty() || !found.isUp()) {
                throw new IllegalArgumentException("the network interface '" + name + "' is down, or has no address");
            }
            return addresses;
        } catch (SocketException e) {
            throw new IllegalArgumentException("the network interface '" + name + "' cannot be read", e);
        }
    }
}
