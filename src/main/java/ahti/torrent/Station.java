package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.core.PeerId;
import ahti.core.RateMeter;
import ahti.core.Text;
import ahti.disk.DiskProblem;
import ahti.disk.DiskWriter;
import ahti.hash.PieceHasher;
import ahti.limit.Seats;
import ahti.metainfo.FileSelection;
import ahti.torrent.Torrent.Command;
import ahti.torrent.room.OurAddress;
import ahti.torrent.room.Quota;
import ahti.tracker.Announcer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;

/**
 * What a torrent keeps through all its phases: what it works on and with, how far it is, its disk, and whom it tells.
 * Touched by the torrent's actor only.
 */
final class Station {
    /** Somebody who damages files more often than this in one life shall hear of it. */
    private static final int MOST_CHECKS = 5;

    final ActorContext<Command> context;
    final TimerScheduler<Command> timers;
    final TorrentSpec spec;
    final World world;
    final Progress progress;
    final PeerId peerId;
    final ActorRef<DiskWriter.Command> disk;
    final ActorRef<DiskWriter.StoreReply> storeDone;
    final ActorRef<PieceHasher.Answer> hashed;
    private final ActorRef<DiskWriter.SelectReply> selectDone;
    final Map<String, TrackerStatus> trackers = new LinkedHashMap<>();
    /** Web seeds that were given up in this life, and why: URL and reason. */
    final Map<String, String> lostWebSeeds = new LinkedHashMap<>();

    final OurAddress ourAddress;
    final Witnesses witnesses;
    final Remembering remembering;
    final Readers readers;
    final DiskRetries diskRetries;
    final RateMeter downMeter;
    final RateMeter upMeter;
    private final ActorRef<TorrentEvent> subscriber;
    private final Complaints complaints;
    private long wasted;
    private final Past past;
    /** Blocks handed to the hashers since the last check began. By identity: equal bytes are not the same question. */
    private final Set<List<ByteString>> hashing = Collections.newSetFromMap(new IdentityHashMap<>());

    private int checkedAgain;
    private int storing;
    private long storedBytes;

    private int farewells;

    Station(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            TorrentSpec spec,
            World world,
            Past past,
            ActorRef<TorrentEvent> subscriber) {
        this.context = context;
        this.timers = timers;
        this.spec = spec;
        this.world = world;
        this.past = past;
        this.subscriber = subscriber;
        this.complaints = new Complaints(world.clock().nanos());
        this.progress =
                new Progress(spec, past.chosen(), world.config().picker().edges());
        this.ourAddress = new OurAddress(world.config().net().bind(), world.listeningPort());
        this.witnesses = new Witnesses(world.whereabouts(), spec.metainfo().infoHash());
        this.peerId = PeerId.random(world.secrets());
        this.diskRetries = new DiskRetries(
                world.config().torrent().diskRetryPause(),
                world.config().torrent().diskRetryPauseMax());
        this.downMeter = new RateMeter(world.clock().nanos());
        this.upMeter = new RateMeter(world.clock().nanos());
        this.disk = context.spawn(
                DiskWriter.create(new DiskWriter.Settings(
                        spec.metainfo(),
                        spec.directory(),
                        past.chosen(),
                        spec.stateDirectory(),
                        spec.checkAll(),
                        spec.seedOnly(),
                        world.config().disk(),
                        world.files())),
                "disk",
                DiskWriter.props());
        // A disk writer that dies of a bug takes the torrent with it.
        context.watch(disk);
        this.readers = new Readers(
                context, spec.metainfo(), progress, disk, world.config().read());
        this.storeDone = context.messageAdapter(DiskWriter.StoreReply.class, Torrent.StoreDone::new);
        this.selectDone = context.messageAdapter(DiskWriter.SelectReply.class, Torrent.SelectDone::new);
        this.hashed = context.messageAdapter(PieceHasher.Answer.class, Torrent.Hashed::new);
        this.remembering = new Remembering(this);
    }

    long now() {
        return world.clock().nanos();
    }

    /** Numbers connections: none is used twice, not even after a restart. */
    ConnectionId nextConnection() {
        return past.nextConnection();
    }

    /** Keeps addresses that the user named, for this swarm and those after a pause. */
    void addPeers(Collection<InetSocketAddress> peers) {
        past.addPeers(peers);
    }

    /** How many connections a swarm may have; each swarm has one of its own. */
    Quota quota() {
        return world.quota(
                spec.metainfo().infoHash(), context.messageAdapter(Seats.Granted.class, Torrent.Seated::new));
    }

    /** Has the disk make other files ready; the answer is {@link Torrent.SelectDone}, in the order of the questions. */
    void select(Torrent.Select message) {
        past.selecting().add(message);
        disk.tell(new DiskWriter.Select(message.files(), progress.stored(), selectDone));
    }

    /** The oldest question that {@link #select} asked and nobody answered. */
    Optional<Torrent.Select> selecting() {
        return Optional.ofNullable(past.selecting().poll());
    }

    /** Other files are wanted from now on, in this life and the next. */
    void choose(FileSelection files) {
        past.choose(files);
        progress.choose(files);
        if (!progress.isFinished()) {
            past.unfinished();
        }
        readers.chosen();
    }

    /** Whether enough was shared in so long. */
    boolean isGoalReached(Duration seeding) {
        return !past.isGoalLifted() && spec.goal().isReached(upMeter.total(), progress.wantedBytes(), seeding);
    }

    /** The goal was reached, and the user wants it to go on. */
    void liftGoal() {
        past.liftGoal();
    }

    /** The addresses that the user named. */
    Collection<InetSocketAddress> userPeers() {
        return past.userPeers();
    }

    /** Has a piece verified; the answer is {@link Torrent.Hashed}. */
    void verify(int piece, List<ByteString> blocks) {
        hashing.add(blocks);
        world.hasher()
                .tell(new PieceHasher.Verify(
                        piece, blocks, spec.metainfo().hashes().get(piece), hashed));
    }

    /**
     * Takes a verdict on what was asked since the last {@link #forgetVerdicts}; empty for any other. The hashers outlive
     * pauses and restarts: a piece that was fetched before one, and never written, must not count as checked after it.
     *
     * @throws IllegalStateException when a bug came in between: who waits for that piece would wait for ever
     */
    Optional<PieceHasher.Verdict> verdict(PieceHasher.Answer answer) {
        if (!hashing.remove(answer.blocks())) {
            return Optional.empty();
        }
        if (answer instanceof PieceHasher.Failed failed) {
            throw new IllegalStateException("piece " + failed.piece() + " could not be hashed", failed.bug());
        }
        return Optional.of((PieceHasher.Verdict) answer);
    }

    /** Counts a check because somebody changed the files; false when that is no way to go on, for it happens again and again. */
    boolean mayCheckAgain() {
        return ++checkedAgain <= MOST_CHECKS;
    }

    /** Whatever the hashers still say of earlier questions is of no interest. */
    void forgetVerdicts() {
        hashing.clear();
    }

    void waste(long bytes) {
        wasted += bytes;
    }

    long wasted() {
        return wasted;
    }

    /** Sends a verified piece to be written. */
    void store(PieceHasher.Verdict verified) {
        storing++;
        disk.tell(new DiskWriter.Store(verified.piece(), verified.blocks(), storeDone));
    }

    /** Bytes of pieces stored in this life. */
    long storedBytes() {
        return storedBytes;
    }

    /** Pieces being written. */
    int storing() {
        return storing;
    }

    /** Counts a write that has returned, and its piece; false when the reply is not about a piece. */
    boolean storeEnded(DiskWriter.StoreReply reply) {
        if (!writeEnded(reply)) {
            return false;
        }
        if (reply instanceof DiskWriter.Stored stored) {
            stored(stored.piece());
            diskRetries.stored();
            storedBytes += progress.layout().length(stored.piece());
        }
        return true;
    }

    /** A piece is known to be stored: it counts, and whoever waits for it may read it. */
    void stored(int piece) {
        progress.store(piece);
        readers.stored();
    }

    /** Counts a write that has returned, not its piece; false when the reply is about none of ours. */
    boolean writeEnded(DiskWriter.StoreReply reply) {
        boolean ofPiece = reply instanceof DiskWriter.Stored || reply instanceof DiskWriter.NotStored;
        // Before a restart there were writes, too; their replies may still be in the mailbox.
        if (!ofPiece || storing == 0) {
            return false;
        }
        storing--;
        return true;
    }

    /** An announcer begins to say goodbye; its end is {@link Torrent.TrackersDone}. */
    void farewellBegins() {
        farewells++;
    }

    /** An announcer has said goodbye. */
    void farewellEnded() {
        farewells = Math.max(0, farewells - 1);
    }

    /** Announcers that are still saying goodbye. */
    int farewells() {
        return farewells;
    }

    /**
     * Payload bytes received in this life. Peers say once a second what came; what is stored or was thrown away has come,
     * even when they have not said so yet: a download that ends within a second has a size, too.
     */
    long downloaded() {
        return Math.max(downMeter.total(), storedBytes + wasted);
    }

    /** The numbers for an announce. */
    Announcer.Tally tally() {
        return new Announcer.Tally(
                upMeter.total(), downloaded(), Math.max(0, progress.wantedBytes() - progress.haveBytes()));
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
        if (!(event instanceof TorrentEvent.PeerDropped) || complaints.may(now())) {
            subscriber.tell(event);
        }
    }

    void tellState(TorrentState state) {
        context.getLog().info("{}: {}", spec.metainfo().name(), state);
        tell(new TorrentEvent.StateChanged(spec.metainfo().infoHash(), state));
    }

    /** Tells that everything wanted is stored; once. */
    void tellFinished(boolean wasComplete) {
        if (past.tellsFinish()) {
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
