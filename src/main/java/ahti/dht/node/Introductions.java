package ahti.dht.node;

import ahti.dht.table.Origin;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How many addresses that others named are tried: so many a minute, each origin once in that time. */
final class Introductions {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private final Set<Origin> tried = new LinkedHashSet<>();
    private long begin;

    Introductions(int perMinute, long now) {
        this.perMinute = perMinute;
        this.begin = now;
    }

    boolean allow(InetSocketAddress address, long now) {
        if (now - begin >= MINUTE) {
            begin = now;
            tried.clear();
        }
        return tried.size() < perMinute && tried.add(Origin.of(address));
    }
}
