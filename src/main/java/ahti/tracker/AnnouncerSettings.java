package ahti.tracker;

import ahti.config.TrackerConfig;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.core.PeerId;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.Resolver;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What an {@link Announcer} needs to know of its torrent and of the outside.
 *
 * @param tiers tracker URLs as the torrent lists them (BEP 12); anything may stand there
 * @param port where we accept peers
 * @param key the same for all trackers and both address families of one torrent (BEP 7), random
 * @param start how far the torrent is at the first announce
 */
public record AnnouncerSettings(
        List<List<String>> tiers,
        InfoHash infoHash,
        PeerId peerId,
        int port,
        int key,
        Announcer.Tally start,
        TrackerConfig config,
        Limits limits,
        HttpFetch http,
        Datagrams datagrams,
        Resolver resolver) {

    public AnnouncerSettings {
        tiers = tiers.stream().map(List::copyOf).toList();
    }

    AnnounceRequest request(int number, Announcer.Tally tally, AnnounceEvent event, Optional<String> trackerId) {
        int numWant = event == AnnounceEvent.STOPPED ? 0 : config.numWant();
        return new AnnounceRequest(number, infoHash, peerId, port, key, tally, event, numWant, trackerId);
    }

    Behavior<Line.Command> line(Endpoint endpoint, RandomGenerator random) {
        if (endpoint instanceof Endpoint.Http over) {
            HttpFetch.Bounds bounds =
                    new HttpFetch.Bounds(config.timeout(), limits.trackerBodyBytes(), config.maxRedirects());
            return HttpLine.create(over.uri(), http, bounds, limits);
        } else if (endpoint instanceof Endpoint.Udp over) {
            UdpExchange.Patience patience = new UdpExchange.Patience(config.udpTimeout(), config.udpAttempts());
            return UdpLine.create(over, new UdpLine.Ways(datagrams, resolver, patience, limits.trackerPeers(), random));
        }
        throw new IllegalArgumentException("no way to announce over " + endpoint);
    }
}
