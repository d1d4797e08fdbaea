package ahti.dht;

import ahti.dht.krpc.Family;
import ahti.net.place.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** On which local addresses there are nodes. */
final class Locals {
    private Locals() {}

    /**
     * One address per family, where there is one.
     *
     * @param bind what the user wants: nothing else is opened then
     * @param here the addresses of this machine
     */
    static Map<Family, InetSocketAddress> choose(List<InetAddress> bind, List<InetAddress> here, int port) {
        Map<Family, InetSocketAddress> chosen = new EnumMap<>(Family.class);
        for (InetAddress address : bind) {
            chosen.putIfAbsent(Family.of(address), new InetSocketAddress(address, port));
        }
        if (bind.isEmpty()) {
            boolean hasIpv4 = here.isEmpty() || here.stream().anyMatch(a -> Family.of(a) == Family.IPV4);
            if (hasIpv4) {
                chosen.put(Family.IPV4, new InetSocketAddress(anyIpv4(), port));
            }
            here.stream()
                    .filter(Locals::isGlobalIpv6)
                    .findFirst()
                    .ifPresent(address -> chosen.put(Family.IPV6, new InetSocketAddress(address, port)));
        }
        return chosen;
    }

    /** Whether a node at this address need not go elsewhere. */
    static boolean isStillHere(InetSocketAddress local, List<InetAddress> here) {
        return local.getAddress().isAnyLocalAddress() || here.contains(local.getAddress());
    }

    /** One that the world can reach, and no Teredo tunnel (BEP 32). */
    private static boolean isGlobalIpv6(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isUnicast = bytes.length == 16 && (bytes[0] & 0xe0) == 0x20;
        boolean isTeredo = isUnicast && bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        return isUnicast && !isTeredo && !Addresses.isLocal(address);
    }

    private static InetAddress anyIpv4() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
