package ahti.torrent.room;

import ahti.net.IpFamily;
import ahti.net.filter.AddressRange;
import ahti.net.place.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where peers see us. Those of the world: where most of them say (BEP 24, BEP 10), unless the user binds us to an address of the
 * world. Those around us: at the address that the user binds us to. Otherwise nobody knows, and the wildcard stands for it: then
 * a priority is still the same each time, though the other end has another.
 */
public final class OurAddress {
    private static final int FOUR = 4;
    private static final int SIX = 16;

    private final List<InetAddress> bound = new ArrayList<>();
    private final Map<IpFamily, InetAddress> elected = new EnumMap<>(IpFamily.class);
    private final int port;

    /** Bound to these, as far as they are addresses, and listening there. */
    public OurAddress(List<String> bind, int port) {
        bind.forEach(text -> AddressRange.parse(text).ifPresent(range -> bound.add(range.from())));
        this.port = port;
    }

    /** Most see us there; true when that is somewhere else than before. */
    public boolean elected(InetAddress address) {
        InetAddress before = elected.put(IpFamily.of(address), address);
        return before != null && !before.equals(address);
    }

    /** Our address, as that peer sees it. */
    public InetSocketAddress seenBy(InetSocketAddress peer) {
        IpFamily family = IpFamily.of(peer.getAddress());
        boolean isNear = Addresses.isLocal(peer.getAddress());
        Optional<InetAddress> own =
                bound.stream().filter(address -> IpFamily.of(address) == family).findFirst();
        Optional<InetAddress> told = Optional.ofNullable(elected.get(family)).filter(any -> !isNear);
        InetAddress ours = own.filter(address -> isNear || !Addresses.isLocal(address))
                .or(() -> told)
                .or(() -> own)
                .orElseGet(() -> wildcard(family));
        return new InetSocketAddress(ours, port);
    }

    private static InetAddress wildcard(IpFamily family) {
        try {
            return InetAddress.getByAddress(new byte[family == IpFamily.IPV4 ? FOUR : SIX]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
