package ahti.torrent;

import ahti.config.AhtiConfig;
import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.Secrets;
import ahti.dht.Dht;
import ahti.disk.FileStore;
import ahti.disk.PieceInspector;
import ahti.hash.PieceHasher;
import ahti.limit.Allotter;
import ahti.limit.Seats;
import ahti.lsd.LocalDiscovery;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.PeerTransport;
import ahti.net.Resolver;
import ahti.net.place.Whereabouts;
import ahti.torrent.room.Quota;
import ahti.tracker.TrackerWays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Everything a torrent works with that is not its own. What is real and what is simulated is decided by whoever makes this.
 *
 * @param random of one torrent alone; all its lives draw from it, one after the other
 * @param secrets makes what strangers must not guess
 * @param dht of the engine; empty where there is none
 * @param localDiscovery of the engine; empty where there is none
 * @param whereabouts hears where others see us, and says where most do
 * @param allotter keeps the traffic of all torrents at the rates that the user allows
 * @param seats deals out the connections among all torrents
 * @param listeningPort where peers reach us
 */
public record World(
        AhtiConfig config,
        MonotonicClock clock,
        RandomGenerator random,
        RandomGenerator secrets,
        PeerTransport transport,
        HttpFetch http,
        Datagrams datagrams,
        Resolver resolver,
        FileStore files,
        ActorRef<PieceHasher.Command> hasher,
        ActorRef<PieceInspector.Command> inspectors,
        Optional<ActorRef<Dht.Command>> dht,
        Optional<ActorRef<LocalDiscovery.Command>> localDiscovery,
        ActorRef<Whereabouts.Command> whereabouts,
        ActorRef<Allotter.Command> allotter,
        ActorRef<Seats.Command> seats,
        int listeningPort) {

    /** How trackers are spoken to. */
    TrackerWays trackerWays() {
        return new TrackerWays(config.tracker(), config.limits(), http, datagrams, resolver);
    }

    /** How many connections that torrent may have, when whatever is granted it is told {@code told}. */
    Quota quota(InfoHash torrent, ActorRef<Seats.Granted> told) {
        return new Quota(torrent, config.torrent().maxPeers(), seats, told);
    }

    /** The same, with another generator, of one torrent alone. */
    public World with(RandomGenerator other) {
        return new World(
                config,
                clock,
                other,
                Secrets.of(secrets, other),
                transport,
                http,
                datagrams,
                resolver,
                files,
                hasher,
                inspectors,
                dht,
                localDiscovery,
                whereabouts,
                allotter,
                seats,
                listeningPort);
    }
}
