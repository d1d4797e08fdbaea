package ahti.tracker;

import ahti.config.TrackerConfig;
import ahti.core.Limits;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.IpFamily;
import ahti.net.Resolver;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What it takes to reach trackers.
 *
 * @param family the address family to reach them over; empty for either
 */
public record TrackerWays(
        TrackerConfig config,
        Limits limits,
        HttpFetch http,
        Datagrams datagrams,
        Resolver resolver,
        Optional<IpFamily> family) {

    /** Over either address family, whichever works first. */
    public TrackerWays(TrackerConfig config, Limits limits, HttpFetch http, Datagrams datagrams, Resolver resolver) {
        this(config, limits, http, datagrams, resolver, Optional.empty());
    }

    /** The same, over one address family alone. */
    TrackerWays over(IpFamily only) {
        return new TrackerWays(config, limits, http, datagrams, resolver, Optional.of(only));
    }

    Behavior<Line.Command> to(Endpoint endpoint, RandomGenerator random) {
        if (endpoint instanceof Endpoint.Http over) {
            HttpFetch.Bounds bounds =
                    new HttpFetch.Bounds(config.timeout(), limits.trackerBodyBytes(), config.maxRedirects());
            return HttpLine.create(over.uri(), this, bounds);
        } else if (endpoint instanceof Endpoint.Udp over) {
            UdpExchange.Patience patience = new UdpExchange.Patience(config.udpTimeout(), config.udpAttempts());
            return UdpLine.create(
                    over,
                    new UdpLine.Ways(
                            datagrams,
                            resolver,
                            family,
                            patience,
                            limits.trackerPeers(),
                            config.privatePeers(),
                            random));
        }
        throw new IllegalArgumentException("no way to reach " + endpoint);
    }
}
