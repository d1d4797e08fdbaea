package ahti.torrent;

import ahti.config.AnnounceTo;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.tracker.Announcer;
import ahti.tracker.AnnouncerSettings;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Who looks for peers of a torrent of which only a magnet link is known: trackers, the DHT, the networks around. */
final class Lookout {
    /** Nobody knows how much is missing; trackers want a number that is not 0, which would mean a seed. */
    private static final long LEFT = 16 * 1024;

    private static final Announcer.Tally TALLY = new Announcer.Tally(0, 0, LEFT);

    private final ActorContext<Torrent.Command> context;
    private final World world;
    private final MagnetSpec spec;
    private final PeerId peerId;
    final DhtLine dht;
    private final LocalLine local;
    private Optional<ActorRef<Announcer.Command>> announcer = Optional.empty();
    /** The one that was at work before, and says goodbye perhaps. */
    private Optional<ActorRef<Announcer.Command>> leaving = Optional.empty();

    Lookout(ActorContext<Torrent.Command> context, World world, MagnetSpec spec, PeerId peerId) {
        this.context = context;
        this.world = world;
        this.spec = spec;
        this.peerId = peerId;
        this.dht = new DhtLine(context, world);
        this.local = new LocalLine(context, world, spec.magnet().infoHash());
    }

    private InfoHash infoHash() {
        return spec.magnet().infoHash();
    }

    void begin() {
        dht.begin(infoHash());
        local.begin();
        announce();
    }

    /** Asks the trackers. An announcer that a bug ends takes the phase with it, or is begun anew. */
    void announce() {
        if (spec.tiers().isEmpty()) {
            return;
        }
        AnnouncerSettings settings = new AnnouncerSettings(
                spec.tiers(),
                infoHash(),
                peerId,
                world.listeningPort(),
                world.secrets().nextInt(),
                TALLY,
                // Whether it is private is not known yet.
                AnnounceTo.FIRST,
                world.trackerWays());
        ActorRef<Announcer.Command> hired = context.spawnAnonymous(Announcer.create(
                settings, world.secrets(), context.messageAdapter(Announcer.Event.class, Torrent.TrackerTold::new)));
        context.watch(hired);
        announcer = Optional.of(hired);
    }

    void needPeers() {
        announcer.ifPresent(hired -> hired.tell(Announcer.NeedPeers.INSTANCE));
        dht.needPeers();
    }

    /** Nobody was there for a while: trackers that failed meanwhile are asked again. */
    void networkIsBack() {
        announcer.ifPresent(hired -> hired.tell(Announcer.NetworkIsBack.INSTANCE));
        dht.needPeers();
    }

    /** The announcer is gone, of a bug. */
    void announcerFailed() {
        announcer = Optional.empty();
    }

    /** Enough found: the trackers hear goodbye. */
    void end() {
        dht.end();
        local.end();
        announcer.ifPresent(hired -> {
            context.unwatch(hired);
            hired.tell(new Announcer.Stop(TALLY, context.getSystem().ignoreRef()));
        });
        leaving = announcer.or(() -> leaving);
        announcer = Optional.empty();
    }

    /** Whether the trackers may still be hearing goodbye; then {@link Torrent.TrackersDone} says when they have. */
    boolean awaitsFarewell() {
        leaving.ifPresent(gone -> context.watchWith(gone, Torrent.TrackersDone.INSTANCE));
        return leaving.isPresent();
    }
}
