package ahti.net.place;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A network whose addresses are easily had together: over IPv4 those with the same first 24 bits, over IPv6 the same 48.
 *
 * @param base its first address
 */
public record Neighbourhood(InetAddress base) {
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    /** That of this address. */
    public static Neighbourhood of(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES, bytes.length, (byte) 0);
        try {
            return new Neighbourhood(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as many bytes as an address has", e);
        }
    }

    /**
     * Who gives way when too many hold a place that they have not earned yet: the oldest one of the neighbourhood that holds
     * the most. So whoever comes in masses competes with itself, and who is done quickly is hardly ever met.
     *
     * @param holders oldest first
     */
    public static <T> Optional<T> whoGivesWay(Collection<T> holders, Function<T, InetAddress> address) {
        Map<Neighbourhood, Integer> places = new LinkedHashMap<>();
        int most = 0;
        for (T holder : holders) {
            most = Math.max(most, places.merge(of(address.apply(holder)), 1, Integer::sum));
        }
        int largest = most;
        return holders.stream()
                .filter(holder -> places.getOrDefault(of(address.apply(holder)), 0) == largest)
                .findFirst();
    }
}
