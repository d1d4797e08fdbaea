package ahti.dht;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses written as text. */
public final class At {
    private At() {}

    public static InetAddress host(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    public static InetSocketAddress port(String address, int port) {
        return new InetSocketAddress(host(address), port);
    }
}
