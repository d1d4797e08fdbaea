package ahti.dht;

import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.dht.krpc.CompactNodes;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of the DHT between runs: nodes to begin with, and our address as others saw it. Not our id: it has to fit that
 * address anyway (BEP 42), and two runs at a time must not have the same.
 *
 * <p>A file of bencode: {@code version} 1, {@code nodes} and {@code nodes6} packed as on the wire, {@code external} and
 * {@code external6} as raw addresses. Whatever else comes from a disk counts as nothing kept.
 */
public final class Snapshot {
    /** Bytes of a file at most: ours are far smaller. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int VERSION = 1;
    private static final int DEPTH = 4;
    private static final int ITEMS = 100;
    private static final int MOST_NODES = 10_000;

    private final Map<Family, Part> parts;

    private Snapshot(Map<Family, Part> parts) {
        this.parts = new EnumMap<>(parts);
    }

    private record Part(List<Contact> nodes, Optional<InetAddress> external) {
        static final Part NONE = new Part(List.of(), Optional.empty());
    }

    /** Nothing kept. */
    public static Snapshot empty() {
        return new Snapshot(new EnumMap<>(Family.class));
    }

    /** The same, but with this of that family. */
    public Snapshot with(Family family, List<Contact> nodes, Optional<InetAddress> external) {
        Snapshot changed = new Snapshot(parts);
        changed.parts.put(family, new Part(List.copyOf(nodes), external));
        return changed;
    }

    /** Nodes, the best first. */
    public List<Contact> nodes(Family family) {
        return parts.getOrDefault(family, Part.NONE).nodes();
    }

    /** Our address, as others saw it. */
    public Optional<InetAddress> external(Family family) {
        return parts.getOrDefault(family, Part.NONE).external();
    }

    /** As a file. */
    public byte[] encode() {
        DictBuilder file = new DictBuilder().put("version", VERSION);
        for (Family family : Family.values()) {
            if (!nodes(family).isEmpty()) {
                file.put("nodes" + suffix(family), CompactNodes.nodes(nodes(family), family));
            }
            external(family).ifPresent(address -> file.put("external" + suffix(family), address.getAddress()));
        }
        return file.encode();
    }

    /** Reads a file; what is not one of ours is empty. */
    public static Snapshot decode(byte[] content) {
        try {
            BencodeDict file = BencodeReader.readDict(content, DEPTH, ITEMS);
            Snapshot snapshot = empty();
            if (file.integer("version").orElse(0) != VERSION) {
                return snapshot;
            }
            for (Family family : Family.values()) {
                List<Contact> nodes = file.bytes("nodes" + suffix(family))
                        .map(packed -> CompactNodes.nodes(packed, family, MOST_NODES))
                        .orElse(new ArrayList<>());
                Optional<InetAddress> external = file.bytes("external" + suffix(family))
                        .filter(bytes -> bytes.length == family.addressLength())
                        .map(Snapshot::address)
                        .filter(address -> Family.of(address) == family);
                snapshot = snapshot.with(family, nodes, external);
            }
            return snapshot;
        } catch (BencodeException e) {
            return empty();
        }
    }

    private static String suffix(Family family) {
        return family == Family.IPV4 ? "" : "6";
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return nodes(Family.IPV4).size() + " nodes over IPv4, "
                + nodes(Family.IPV6).size() + " over IPv6";
    }
}
