package ahti.torrent.room;

import ahti.net.filter.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where peers see us: at the address that the user binds us to, if there is one of that family. Otherwise nobody knows, and
 * the wildcard stands for it: then a priority is still the same each time, though the other end has another.
 */
public final class OurAddress {
    private static final int FOUR = 4;
    private static final int SIX = 16;

    private final List<InetAddress> bound = new ArrayList<>();
    private final int port;

    /** Bound to these, as far as they are addresses, and listening there. */
    public OurAddress(List<String> bind, int port) {
        bind.forEach(text -> AddressRange.parse(text).ifPresent(range -> bound.add(range.from())));
        this.port = port;
    }

    /** Our address for a peer of that family. */
    public InetSocketAddress seenBy(InetSocketAddress peer) {
        int length = peer.getAddress().getAddress().length;
        return bound.stream()
                .filter(address -> address.getAddress().length == length)
                .findFirst()
                .map(address -> new InetSocketAddress(address, port))
                .orElseGet(() -> new InetSocketAddress(wildcard(length), port));
    }

    private static InetAddress wildcard(int length) {
        try {
            return InetAddress.getByAddress(new byte[length == FOUR ? FOUR : SIX]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
