package ahti.torrent;

import ahti.config.HostAndPort;
import ahti.dht.Dht;
import ahti.dht.DhtStatus;
import ahti.dht.Seeker;
import ahti.metainfo.Metainfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorRef;

/** A torrent's line to the DHT, while it has a swarm: none where there is no DHT, and none for a private torrent (BEP 27). */
final class DhtLine {
    private final Station station;
    private Optional<ActorRef<Seeker.Command>> seeker = Optional.empty();
    private Optional<DhtStatus> status = Optional.empty();

    DhtLine(Station station) {
        this.station = station;
    }

    /** Looks for peers and makes the torrent known. */
    void begin() {
        Metainfo metainfo = station.spec.metainfo();
        if (station.world.dht().isEmpty() || metainfo.isPrivate()) {
            return;
        }
        ActorRef<Dht.Command> dht = station.world.dht().get();
        List<HostAndPort> nodes = hosts(metainfo.nodes());
        if (!nodes.isEmpty()) {
            dht.tell(new Dht.IntroduceHosts(nodes));
        }
        ActorRef<Seeker.Command> hired = station.context.spawnAnonymous(Seeker.create(
                dht,
                metainfo.infoHash(),
                OptionalInt.of(station.world.listeningPort()),
                station.world.config().dht(),
                station.world.random(),
                station.context.messageAdapter(Seeker.Event.class, Torrent.DhtTold::new)));
        seeker = Optional.of(hired);
    }

    /** A node that is none is no news: it is left out. */
    private static List<HostAndPort> hosts(List<String> texts) {
        return texts.stream().map(HostAndPort::read).flatMap(Optional::stream).toList();
    }

    void needPeers() {
        seeker.ifPresent(hired -> hired.tell(Seeker.NeedPeers.INSTANCE));
    }

    void heard(DhtStatus now) {
        status = Optional.of(now);
    }

    /** How it goes; empty without a DHT, and before the first word of it. */
    Optional<DhtStatus> status() {
        return status;
    }

    void end() {
        seeker.ifPresent(station.context::stop);
        seeker = Optional.empty();
    }
}
