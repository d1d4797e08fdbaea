package ahti.torrent;

import ahti.core.PeerId;
import ahti.core.RateMeter;
import ahti.core.Text;
import ahti.disk.DiskProblem;
import ahti.disk.DiskWriter;
import ahti.hash.PieceHasher;
import ahti.torrent.Torrent.Command;
import ahti.tracker.Announcer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;

/**
 * What a torrent keeps through all its phases: what it works on and with, how far it is, its disk, and whom it tells.
 * Touched by the torrent's actor only.
 */
final class Station {
    /** A torrent that was restarted after a bug begins with other numbers, for late words of its old connections. */
    private static final int FIRST_CONNECTIONS = 2_000;

    private static final int CONNECTIONS_OF_A_LIFE = 1_000_000;

    final ActorContext<Command> context;
    final TimerScheduler<Command> timers;
    final TorrentSpec spec;
    final World world;
    final Progress progress;
    final PeerId peerId;
    final ActorRef<DiskWriter.Command> disk;
    final ActorRef<DiskWriter.StoreReply> storeDone;
    private final ActorRef<PieceHasher.Verdict> hashed;
    final Map<String, TrackerStatus> trackers = new LinkedHashMap<>();
    final RateMeter downMeter;
    final RateMeter upMeter;
    private final ActorRef<TorrentEvent> subscriber;
    private long wasted;
    private int nextConnection;
    private boolean finishTold;
    /** Pieces sent to the disk whose write has not returned. */
    private int storing;

    Station(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            TorrentSpec spec,
            World world,
            ActorRef<TorrentEvent> subscriber) {
        this.context = context;
        this.timers = timers;
        this.spec = spec;
        this.world = world;
        this.subscriber = subscriber;
        this.progress = new Progress(spec);
        this.peerId = PeerId.random(world.random());
        this.nextConnection = world.random().nextInt(FIRST_CONNECTIONS) * CONNECTIONS_OF_A_LIFE;
        this.downMeter = new RateMeter(world.clock().nanos());
        this.upMeter = new RateMeter(world.clock().nanos());
        this.disk = context.spawn(
                DiskWriter.create(new DiskWriter.Settings(
                        spec.metainfo(),
                        spec.directory(),
                        spec.files(),
                        spec.stateDirectory(),
                        spec.checkAll(),
                        spec.seedOnly(),
                        world.config().disk(),
                        world.files())),
                "disk",
                DiskWriter.props());
        // Nobody handles its end: a disk writer that dies of a bug takes the torrent with it.
        context.watch(disk);
        this.storeDone = context.messageAdapter(DiskWriter.StoreReply.class, Torrent.StoreDone::new);
        this.hashed = context.messageAdapter(PieceHasher.Verdict.class, Torrent.Hashed::new);
    }

    long now() {
        return world.clock().nanos();
    }

    /** Numbers connections: none is used twice in the torrent's life. */
    ahti.core.ConnectionId nextConnection() {
        return new ahti.core.ConnectionId(nextConnection++);
    }

    void waste(long bytes) {
        wasted += bytes;
    }

    long wasted() {
        return wasted;
    }

    /**
     * Has a piece hashed; the verdict comes as {@link Torrent.Hashed}.
     *
     * @param ticket of the phase that asks: a verdict for another phase is none of its business
     */
    void verify(int piece, List<ByteString> blocks, long ticket) {
        world.hasher()
                .tell(new PieceHasher.Verify(
                        piece, blocks, spec.metainfo().hashes().get(piece), ticket, hashed));
    }

    /** Sends a verified piece to be written. */
    void store(PieceHasher.Verdict verified) {
        storing++;
        disk.tell(new DiskWriter.Store(verified.piece(), verified.blocks(), storeDone));
    }

    /** Pieces being written. */
    int storing() {
        return storing;
    }

    /** Counts a write that has returned; false when the reply is not about a piece. */
    boolean storeEnded(DiskWriter.StoreReply reply) {
        if (reply instanceof DiskWriter.Stored stored) {
            storing = Math.max(0, storing - 1);
            progress.store(stored.piece());
            return true;
        }
        if (reply instanceof DiskWriter.NotStored) {
            storing = Math.max(0, storing - 1);
            return true;
        }
        return false;
    }

    /** The numbers for an announce. */
    Announcer.Tally tally() {
        return new Announcer.Tally(
                upMeter.total(), downMeter.total(), Math.max(0, progress.wantedBytes() - progress.haveBytes()));
    }

    /** The tiers to announce to: the torrent's own, then the user's. */
    List<List<String>> tiers() {
        List<List<String>> tiers = new ArrayList<>();
        if (spec.useTrackers()) {
            tiers.addAll(spec.metainfo().trackers());
            tiers.addAll(spec.moreTrackers());
        }
        return tiers;
    }

    void tell(TorrentEvent event) {
        subscriber.tell(event);
    }

    void tellState(TorrentState state) {
        context.getLog().info("{}: {}", spec.metainfo().name(), state);
        tell(new TorrentEvent.StateChanged(spec.metainfo().infoHash(), state));
    }

    /** Tells that everything wanted is stored; once. */
    void tellFinished(boolean wasComplete) {
        if (!finishTold) {
            finishTold = true;
            tell(new TorrentEvent.Finished(spec.metainfo().infoHash(), wasComplete));
        }
    }

    void tellProblem(Problem problem) {
        context.getLog().warn("{}: {}", spec.metainfo().name(), problem.describe());
        tell(new TorrentEvent.ProblemRaised(spec.metainfo().infoHash(), problem));
    }

    static Problem problemOf(DiskProblem problem) {
        return problem instanceof DiskProblem.Full
                ? new Problem.DiskFull(problem.describe())
                : new Problem.DiskFault(problem.describe());
    }

    /** Keeps what a tracker said for the status, and tells the user what is worth telling. */
    void heard(Announcer.Event event) {
        if (event instanceof Announcer.Announced well) {
            trackers.put(
                    well.url(),
                    new TrackerStatus(
                            well.url(),
                            well.next(),
                            well.seeders(),
                            well.leechers(),
                            Optional.empty(),
                            well.warning()));
            well.warning().ifPresent(warning -> tellOfTracker(well.url(), warning));
        } else if (event instanceof Announcer.Failing ill) {
            trackers.put(
                    ill.url(),
                    new TrackerStatus(
                            ill.url(),
                            ill.retryIn(),
                            java.util.OptionalInt.empty(),
                            java.util.OptionalInt.empty(),
                            Optional.of(ill.reason()),
                            Optional.empty()));
            tellOfTracker(ill.url(), ill.reason());
        }
    }

    private void tellOfTracker(String url, String text) {
        tell(new TorrentEvent.TrackerSaid(spec.metainfo().infoHash(), Text.clean(url, 200), text));
    }
}
