package ahti.testkit.tracker;

import ahti.core.MonotonicClock;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A tracker's UDP side, without the UDP (BEP 15): datagrams in, datagrams out; connect, announce, scrape. */
final class UdpDesk {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final Duration CONNECTION_LIFETIME = Duration.ofMinutes(2);

    private final TrackerSwarms swarms;
    private final MonotonicClock clock;

    /** Until when each connection id is good, oldest first. */
    private final Map<Long, Long> connections = new LinkedHashMap<>();

    private long lastConnection;

    UdpDesk(TrackerSwarms swarms, MonotonicClock clock) {
        this.swarms = swarms;
        this.clock = clock;
        this.lastConnection = clock.nanos();
    }

    /** What a datagram is answered with; empty when it is none of a client. */
    Optional<byte[]> answer(ByteBuffer in, InetSocketAddress from) {
        return UdpTracking.read(in, from.getAddress()).map(request -> answer(request, from));
    }

    private byte[] answer(UdpTracking.Request request, InetSocketAddress from) {
        if (!(request instanceof UdpTracking.Connected asked)) {
            return connected(request.transaction());
        } else if (!isGood(asked.connection())) {
            return UdpTracking.error(asked.transaction(), "connect first");
        } else if (asked instanceof UdpTracking.Announce announce) {
            int wanted = announce.heard().wanted();
            int most = wanted < 0 ? UdpTracking.MOST_PEERS : Math.min(wanted, UdpTracking.MOST_PEERS);
            return swarms.announce(announce.heard(), most)
                    .map(answer -> UdpTracking.announced(asked.transaction(), answer, from.getAddress()))
                    .orElseGet(() -> UdpTracking.error(asked.transaction(), "too many torrents"));
        } else if (asked instanceof UdpTracking.Scrape scrape) {
            return UdpTracking.counted(
                    scrape.transaction(),
                    scrape.infoHashes().stream().map(swarms::counts).toList());
        }
        return UdpTracking.error(asked.transaction(), ((UdpTracking.Other) asked).why());
    }

    private byte[] connected(int transaction) {
        forgetExpired();
        connections.put(++lastConnection, clock.nanos() + CONNECTION_LIFETIME.toNanos());
        return UdpTracking.connected(transaction, lastConnection);
    }

    private boolean isGood(long connection) {
        Long until = connections.get(connection);
        return until != null && until - clock.nanos() >= 0;
    }

    private void forgetExpired() {
        long now = clock.nanos();
        Iterator<Long> untils = connections.values().iterator();
        while (untils.hasNext()) {
            if (untils.next() - now >= 0 && connections.size() < MOST_CONNECTIONS) {
                return;
            }
            untils.remove();
        }
    }
}
