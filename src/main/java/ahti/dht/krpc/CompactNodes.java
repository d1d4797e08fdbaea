package ahti.dht.krpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Nodes and peers packed as id, address and port, big-endian (BEP 5, 32). */
public final class CompactNodes {
    private CompactNodes() {}

    /** Reads nodes, {@code most} of them; a last partial one is ignored; one with port 0, or with an IPv4 address dressed as IPv6, is left out. */
    public static List<Contact> nodes(byte[] packed, Family family, int most) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        List<Contact> nodes = new ArrayList<>();
        while (in.remaining() >= family.nodeLength() && nodes.size() < most) {
            NodeId id = NodeId.read(in);
            InetSocketAddress address = read(in, family);
            if (address.getPort() != 0 && Family.of(address) == family) {
                nodes.add(new Contact(id, address));
            }
        }
        return nodes;
    }

    /** Writes nodes, which must be of that family. */
    public static byte[] nodes(Collection<Contact> nodes, Family family) {
        ByteBuffer out = ByteBuffer.allocate(nodes.size() * family.nodeLength());
        for (Contact node : nodes) {
            out.put(node.id().toBytes()).put(peer(node.address()));
        }
        return out.array();
    }

    /** Reads an address with its port; empty when it has the length of neither family. */
    public static Optional<InetSocketAddress> peer(byte[] packed) {
        for (Family family : Family.values()) {
            if (packed.length == family.peerLength()) {
                return Optional.of(read(ByteBuffer.wrap(packed), family));
            }
        }
        return Optional.empty();
    }

    /** Writes an address with its port. */
    public static byte[] peer(InetSocketAddress address) {
        byte[] host = address.getAddress().getAddress();
        return ByteBuffer.allocate(host.length + 2)
                .put(host)
                .putShort((short) address.getPort())
                .array();
    }

    private static InetSocketAddress read(ByteBuffer in, Family family) {
        byte[] host = new byte[family.addressLength()];
        in.get(host);
        return new InetSocketAddress(address(host), Short.toUnsignedInt(in.getShort()));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }
}
