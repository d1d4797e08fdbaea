package ahti.dht.krpc;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Over IPv4 and over IPv6 there are two DHTs, which know nothing of each other (BEP 32). */
public enum Family {
    /** The one of BEP 5. */
    IPV4(4, "nodes", "n4"),
    /** The one of BEP 32. */
    IPV6(16, "nodes6", "n6");

    private final int addressLength;
    private final String nodesKey;
    private final String wantWord;

    Family(int addressLength, String nodesKey, String wantWord) {
        this.addressLength = addressLength;
        this.nodesKey = nodesKey;
        this.wantWord = wantWord;
    }

    /** Of an address. */
    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** Of a resolved address. */
    public static Family of(InetSocketAddress address) {
        return of(address.getAddress());
    }

    /** Bytes of an address. */
    public int addressLength() {
        return addressLength;
    }

    /** Bytes of an address with its port. */
    public int peerLength() {
        return addressLength + 2;
    }

    /** Bytes of a node: id, address, port. */
    public int nodeLength() {
        return NodeId.LENGTH + peerLength();
    }

    /** The key under which an answer lists nodes. */
    String nodesKey() {
        return nodesKey;
    }

    /** How a query asks for such nodes. */
    String wantWord() {
        return wantWord;
    }
}
