package ahti.dht.table;

import ahti.net.place.Origin;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How many addresses that others named are tried: so many a minute, each origin once in that time. */
public final class Introductions {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private final Set<Origin> tried = new LinkedHashSet<>();
    private long begin;

    /** None tried yet. */
    public Introductions(int perMinute, long now) {
        this.perMinute = perMinute;
        this.begin = now;
    }

    /** Whether that address may be tried now; if so, it counts as tried. */
    public boolean allow(InetSocketAddress address, long now) {
        if (now - begin >= MINUTE) {
            begin = now;
            tried.clear();
        }
        return tried.size() < perMinute && tried.add(Origin.of(address));
    }
}
