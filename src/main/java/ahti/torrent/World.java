package ahti.torrent;

import ahti.config.AhtiConfig;
import ahti.core.MonotonicClock;
import ahti.dht.Dht;
import ahti.disk.FileStore;
import ahti.hash.PieceHasher;
import ahti.limit.Allotter;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.PeerTransport;
import ahti.net.Resolver;
import ahti.tracker.TrackerWays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Everything a torrent works with that is not its own. What is real and what is simulated is decided by whoever makes this.
 *
 * @param random of one torrent alone; all its lives draw from it, one after the other
 * @param dht of the engine; empty where there is none
 * @param allotter keeps the traffic of all torrents at the rates that the user allows
 * @param listeningPort where peers reach us
 */
public record World(
        AhtiConfig config,
        MonotonicClock clock,
        RandomGenerator random,
        PeerTransport transport,
        HttpFetch http,
        Datagrams datagrams,
        Resolver resolver,
        FileStore files,
        ActorRef<PieceHasher.Command> hasher,
        Optional<ActorRef<Dht.Command>> dht,
        ActorRef<Allotter.Command> allotter,
        int listeningPort) {

    /** How trackers are spoken to. */
    TrackerWays trackerWays() {
        return new TrackerWays(config.tracker(), config.limits(), http, datagrams, resolver);
    }

    /** The same, with another generator. */
    public World with(RandomGenerator other) {
        return new World(
                config,
                clock,
                other,
                transport,
                http,
                datagrams,
                resolver,
                files,
                hasher,
                dht,
                allotter,
                listeningPort);
    }
}
