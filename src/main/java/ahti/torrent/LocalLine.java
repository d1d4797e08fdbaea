package ahti.torrent;

import ahti.core.InfoHash;
import ahti.lsd.LocalDiscovery;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A torrent's line to local discovery, where there is any. A private torrent (BEP 27) never begins one. */
final class LocalLine {
    private final World world;
    private final InfoHash infoHash;
    private final ActorRef<LocalDiscovery.Event> told;

    LocalLine(ActorContext<Torrent.Command> context, World world, InfoHash infoHash) {
        this.world = world;
        this.infoHash = infoHash;
        this.told = context.messageAdapter(LocalDiscovery.Event.class, Torrent.LocalTold::new);
    }

    /** Makes the torrent known, and hears who else has it. */
    void begin() {
        world.localDiscovery().ifPresent(actor -> actor.tell(new LocalDiscovery.Join(infoHash, told)));
    }

    void end() {
        world.localDiscovery().ifPresent(actor -> actor.tell(new LocalDiscovery.Leave(infoHash, told)));
    }
}
