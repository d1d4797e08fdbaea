package ahti.torrent;

import ahti.config.AnnounceTo;
import ahti.config.PickerConfig;
import ahti.limit.Allotter;
import ahti.net.place.Whereabouts;
import ahti.peer.PeerConnection;
import ahti.picker.PiecePicker;
import ahti.tracker.Announcer;
import ahti.tracker.AnnouncerSettings;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who works for a torrent while it has a swarm: picker, announcer, peers, upload slots. Made anew each time it goes out into
 * the world, and dismissed as a whole.
 */
final class Crew {
    final Station station;
    final Swarm swarm;
    final UploadSlots slots;
    final DhtLine dht;
    private final LocalLine local;
    private final Exchange exchange;
    final Rhythm rhythm;
    final ActorRef<PiecePicker.Availability> spread;
    final ActorRef<PiecePicker.Explanation> explained;
    /** Questions that wait for the picker's part of the answer, in order. */
    final Queue<Torrent.GetStatus> asked = new ArrayDeque<>();

    final Queue<Torrent.GetPeers> askedForPeers = new ArrayDeque<>();

    private final ActorRef<PiecePicker.Command> picker;
    private Optional<ActorRef<Announcer.Command>> announcer = Optional.empty();
    private Announcer.Tally told;

    Crew(Station station) {
        this.station = station;
        this.picker = hirePicker(station);
        this.swarm = new Swarm(station, picker);
        this.slots = new UploadSlots(
                station.world.config().torrent().choking(),
                station.progress.layout().pieceLength(),
                station.world.random(),
                station.now());
        station.world
                .allotter()
                .tell(new Allotter.Join(
                        station.spec.metainfo().infoHash(),
                        station.context.messageAdapter(Allotter.Notice.class, Torrent.Allotted::new)));
        this.spread = station.context.messageAdapter(PiecePicker.Availability.class, Torrent.Spread::new);
        this.explained = station.context.messageAdapter(PiecePicker.Explanation.class, Torrent.Explained::new);
        this.told = station.tally();
        this.dht = new DhtLine(station.context, station.world);
        this.local = new LocalLine(
                station.context, station.world, station.spec.metainfo().infoHash());
        this.exchange = new Exchange(station);
        this.rhythm = new Rhythm(station.timers);
        station.world
                .whereabouts()
                .tell(new Whereabouts.Watch(
                        station.context.messageAdapter(Whereabouts.Notice.class, Torrent.Located::new)));
        station.readers.surveyed(picker);
    }

    private static ActorRef<PiecePicker.Command> hirePicker(Station station) {
        PickerConfig config = station.world.config().picker();
        ActorRef<PiecePicker.Command> picker = station.context.spawnAnonymous(PiecePicker.create(
                station.progress.layout(),
                station.progress.stored(),
                station.progress.selection(),
                new PiecePicker.Settings(config.memoryBudget(), config.randomFirst(), config.endgameCopies()),
                station.world.random(),
                station.context.messageAdapter(PiecePicker.Event.class, Torrent.Picked::new)));
        station.context.watch(picker);
        return picker;
    }

    /** Makes the torrent known wherever it may be: to its trackers, to the DHT, to the networks around. */
    void goOut() {
        announce();
        dht.begin(station.spec.metainfo());
        if (!station.spec.metainfo().isPrivate()) {
            local.begin();
        }
    }

    private void announce() {
        List<List<String>> tiers = station.tiers();
        if (tiers.isEmpty()) {
            return;
        }
        AnnouncerSettings settings = new AnnouncerSettings(
                tiers,
                station.spec.metainfo().infoHash(),
                station.peerId,
                station.world.listeningPort(),
                station.world.secrets().nextInt(),
                told,
                station.spec.metainfo().isPrivate()
                        ? AnnounceTo.FIRST
                        : station.world.config().tracker().announceTo(),
                station.world.trackerWays());
        ActorRef<Announcer.Command> hired = station.context.spawnAnonymous(Announcer.create(
                settings,
                station.world.secrets(),
                station.context.messageAdapter(Announcer.Event.class, Torrent.TrackerTold::new)));
        station.context.watch(hired);
        announcer = Optional.of(hired);
    }

    /** A second has passed: the announcer hears how far we are, and that we lack peers; the peers hear of each other. */
    void tick(boolean downloading) {
        exchange.tick(swarm.members());
        Announcer.Tally tally = station.tally();
        if (!tally.equals(told)) {
            told = tally;
            announcer.ifPresent(hired -> hired.tell(new Announcer.Progress(tally)));
        }
        boolean lacksPeers = downloading && swarm.members().isEmpty() && swarm.connecting() == 0;
        if (lacksPeers || swarm.candidates.isCutOff()) {
            needPeers();
        }
    }

    void needPeers() {
        announcer.ifPresent(hired -> hired.tell(Announcer.NeedPeers.INSTANCE));
        dht.needPeers();
    }

    /** Nobody was there for a while, and somebody is: whom we could not tell of us hears of us now. */
    void networkIsBack() {
        announcer.ifPresent(hired -> hired.tell(Announcer.NetworkIsBack.INSTANCE));
        swarm.webSeeds.tryAgain();
        dht.needPeers();
    }

    /** Our address is another: trackers and the DHT name a place where we are not. */
    void moved() {
        announcer.ifPresent(hired -> hired.tell(Announcer.Moved.INSTANCE));
        dht.needPeers();
    }

    /** The machine has other addresses: what failed before says nothing any more. {@code went}: some are gone. */
    void rerouted(boolean went) {
        swarm.candidates.rerouted(station.now());
        if (went) {
            swarm.members().forEach(member -> member.peer.tell(PeerConnection.Doubt.INSTANCE));
        }
        networkIsBack();
        moved();
        swarm.dialMore();
    }

    /** The download has become complete. */
    void completed() {
        told = station.tally();
        announcer.ifPresent(hired -> hired.tell(new Announcer.Completed(told)));
    }

    /**
     * Sends everyone home: peers hang up, the picker stops, the trackers hear goodbye. They are done when the torrent hears
     * {@link Torrent.TrackersDone}.
     */
    void dismiss() {
        rhythm.stop();
        swarm.disconnectAll();
        dht.end();
        local.end();
        station.readers.pickerLeaves();
        station.context.unwatch(picker);
        station.context.stop(picker);
        announcer.ifPresent(hired -> {
            station.context.unwatch(hired);
            // Its end says that it is done, also when it ends of a bug.
            station.context.watchWith(hired, Torrent.TrackersDone.INSTANCE);
            station.farewellBegins();
            hired.tell(new Announcer.Stop(
                    station.tally(), station.context.getSystem().ignoreRef()));
        });
        // Whatever comes after the swarm answers.
        asked.forEach(station.context.getSelf()::tell);
        askedForPeers.forEach(station.context.getSelf()::tell);
    }
}
