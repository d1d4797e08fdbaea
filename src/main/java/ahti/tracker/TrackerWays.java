package ahti.tracker;

import ahti.config.TrackerConfig;
import ahti.core.Limits;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.Resolver;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;

/** What it takes to reach trackers. */
public record TrackerWays(TrackerConfig config, Limits limits, HttpFetch http, Datagrams datagrams, Resolver resolver) {

    Behavior<Line.Command> to(Endpoint endpoint, RandomGenerator random) {
        if (endpoint instanceof Endpoint.Http over) {
            HttpFetch.Bounds bounds =
                    new HttpFetch.Bounds(config.timeout(), limits.trackerBodyBytes(), config.maxRedirects());
            return HttpLine.create(over.uri(), http, bounds, limits);
        } else if (endpoint instanceof Endpoint.Udp over) {
            UdpExchange.Patience patience = new UdpExchange.Patience(config.udpTimeout(), config.udpAttempts());
            return UdpLine.create(over, new UdpLine.Ways(datagrams, resolver, patience, limits.trackerPeers(), random));
        }
        throw new IllegalArgumentException("no way to reach " + endpoint);
    }
}
