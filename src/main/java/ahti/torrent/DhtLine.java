package ahti.torrent;

import ahti.config.HostAndPort;
import ahti.core.InfoHash;
import ahti.dht.Dht;
import ahti.dht.DhtStatus;
import ahti.dht.Seeker;
import ahti.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A torrent's line to the DHT, while it looks for peers: none where there is no DHT, and none for a private torrent (BEP 27). */
final class DhtLine {
    private static final int NO_PORT = 0;

    private final ActorContext<Torrent.Command> context;
    private final World world;
    private Optional<ActorRef<Seeker.Command>> seeker = Optional.empty();
    private Optional<DhtStatus> status = Optional.empty();

    DhtLine(ActorContext<Torrent.Command> context, World world) {
        this.context = context;
        this.world = world;
    }

    /** What to tell peers of our DHT node (BEP 5): the port of it, 0 when there is none. */
    static int port(World world) {
        return world.dht().isPresent() ? world.listeningPort() : NO_PORT;
    }

    /** The same, while it is known what the torrent is: a private one does not speak of it. */
    static int port(World world, Metainfo metainfo) {
        return metainfo.isPrivate() ? NO_PORT : port(world);
    }

    /** Looks for peers and makes the torrent known. */
    void begin(Metainfo metainfo) {
        if (metainfo.isPrivate()) {
            return;
        }
        List<HostAndPort> nodes = hosts(metainfo.nodes());
        if (!nodes.isEmpty()) {
            world.dht().ifPresent(dht -> dht.tell(new Dht.IntroduceHosts(nodes)));
        }
        begin(metainfo.infoHash());
    }

    /** The same, while nothing but its hash is known. */
    void begin(InfoHash infoHash) {
        seeker = world.dht()
                .map(dht -> context.spawnAnonymous(Seeker.create(
                        dht,
                        infoHash,
                        OptionalInt.of(world.listeningPort()),
                        world.config().dht(),
                        world.random(),
                        context.messageAdapter(Seeker.Event.class, Torrent.DhtTold::new))));
    }

    /** A node that is none is no news: it is left out. */
    private static List<HostAndPort> hosts(List<String> texts) {
        return texts.stream().map(HostAndPort::read).flatMap(Optional::stream).toList();
    }

    /** A peer says that its node is there (BEP 5). */
    void introduce(InetSocketAddress node) {
        world.dht().ifPresent(dht -> dht.tell(new Dht.Introduce(List.of(node))));
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
        seeker.ifPresent(context::stop);
        seeker = Optional.empty();
    }
}
