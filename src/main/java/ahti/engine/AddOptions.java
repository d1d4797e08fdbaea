package ahti.engine;

import ahti.core.RateLimits;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import ahti.torrent.SeedingGoal;
import ahti.torrent.TorrentSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What to do with a torrent. Begin at {@link #to} and change what is to be different; every change is a new value.
 *
 * @param directory where its files go, made when it is not there; a torrent of several files makes its own root directory in
 *     it
 * @param files which files to fetch, and how urgently
 * @param paused begin at rest: nothing is checked, fetched or announced until {@code Torrent.Resume}
 * @param sequential lowest piece first
 * @param edgesFirst both ends of every wanted file ({@code ahti.picker.edges}) before everything else
 * @param checkAll read and verify everything that is there, whatever the resume record says
 * @param seedOnly fetch nothing: what is missing stays missing, and the directory must be there
 * @param peers addresses to connect to besides what trackers say
 * @param moreTrackers announce URLs besides the torrent's own, in tiers
 * @param useTrackers whether to announce at all
 * @param stateDirectory where the resume record and the lock live; empty means neither is kept: after a restart of the
 *     process everything is checked again. A library writes into no home directory by itself
 * @param goal how long it is shared when it is complete; then it rests, and says so with {@code
 *     TorrentEvent.SeedingGoalReached}
 * @param onDemand fetch only what somebody reads ({@link Streams#file}), and a little ahead of it
 * @param metadataOnly of a magnet link: stop when it is known what it stands for; of anything else without meaning
 * @param limits how fast it may come and go
 * @param superSeed hide what is there, and show each peer a piece or two at a time (BEP 16) until another seed appears. For the
 *     first seed of a torrent; of no meaning unless everything is there. A recorded engine does not do it
 */
public record AddOptions(
        Path directory,
        FileSelection files,
        boolean paused,
        boolean sequential,
        boolean edgesFirst,
        boolean checkAll,
        boolean seedOnly,
        List<InetSocketAddress> peers,
        List<List<String>> moreTrackers,
        boolean useTrackers,
        Optional<Path> stateDirectory,
        SeedingGoal goal,
        boolean onDemand,
        boolean metadataOnly,
        RateLimits limits,
        boolean superSeed) {

    public AddOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(stateDirectory, "stateDirectory");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(limits, "limits");
        peers = List.copyOf(peers);
        moreTrackers = moreTrackers.stream().map(List::copyOf).toList();
    }

    /** Everything, into this directory. */
    public static AddOptions to(Path directory) {
        return new AddOptions(
                directory,
                FileSelection.all(),
                false,
                false,
                false,
                false,
                false,
                List.of(),
                List.of(),
                true,
                Optional.empty(),
                SeedingGoal.forever(),
                false,
                false,
                RateLimits.NONE,
                false);
    }

    /** What a torrent was told before. */
    public static AddOptions like(TorrentSpec spec) {
        return new AddOptions(
                spec.directory(),
                spec.files(),
                false,
                spec.sequential(),
                spec.edgesFirst(),
                spec.checkAll(),
                spec.seedOnly(),
                spec.peers(),
                spec.moreTrackers(),
                spec.useTrackers(),
                spec.stateDirectory(),
                spec.goal(),
                spec.onDemand(),
                false,
                RateLimits.NONE,
                spec.superSeed());
    }

    /** With these files only, by index into {@link Metainfo#files()}; with all when none is named. */
    public AddOptions files(Integer... indexes) {
        return files(indexes.length == 0 ? FileSelection.all() : FileSelection.only(List.of(indexes)));
    }

    /** With these files, as urgently as it says. */
    public AddOptions files(FileSelection selection) {
        return with(draft -> draft.files = selection);
    }

    /** At rest at first. */
    public AddOptions startPaused() {
        return with(draft -> draft.paused = true);
    }

    /** Lowest piece first. */
    public AddOptions inOrder() {
        return with(draft -> draft.sequential = true);
    }

    /** Both ends of every file first: what players look at before they begin. */
    public AddOptions bothEndsFirst() {
        return with(draft -> draft.edgesFirst = true);
    }

    /** Sharing what is there, fetching nothing. */
    public AddOptions seedingOnly() {
        return with(draft -> draft.seedOnly = true);
    }

    /** Connecting to these, too. */
    public AddOptions peers(InetSocketAddress... addresses) {
        return with(draft -> draft.peers = List.of(addresses));
    }

    /** Announcing to these trackers, too: tiers of announce URLs, after those of the torrent. */
    public AddOptions trackers(List<List<String>> tiers) {
        return with(draft -> draft.moreTrackers = tiers);
    }

    /** Announcing to nobody. */
    public AddOptions withoutTrackers() {
        return with(draft -> {
            draft.moreTrackers = List.of();
            draft.useTrackers = false;
        });
    }

    /** With a resume record and a lock in this directory. */
    public AddOptions stateIn(Path state) {
        return with(draft -> draft.stateDirectory = Optional.of(state));
    }

    /** Sharing until then, and resting afterwards. */
    public AddOptions sharedUntil(SeedingGoal reached) {
        return with(draft -> draft.goal = reached);
    }

    /** Fetching only what somebody reads, as for playing or copying to a stream that may end early. */
    public AddOptions fetchedOnDemand() {
        return with(draft -> draft.onDemand = true);
    }

    /** Super-seeding: of what is there, each peer sees a piece or two at a time until another seed appears. */
    public AddOptions superSeeding() {
        return with(draft -> draft.superSeed = true);
    }

    /** Only to learn what a magnet link stands for: when that is known and told, the torrent leaves. */
    public AddOptions toKnowItOnly() {
        return with(draft -> draft.metadataOnly = true);
    }

    /** At these rates at most, within what all torrents may have together; see {@code Torrent.SetLimits}. */
    public AddOptions limits(RateLimits most) {
        return with(draft -> draft.limits = most);
    }

    /** The same for a torrent that is known. */
    public TorrentSpec of(Metainfo metainfo) {
        return new TorrentSpec(
                metainfo,
                directory,
                files,
                sequential,
                edgesFirst,
                checkAll,
                seedOnly,
                peers,
                moreTrackers,
                useTrackers,
                stateDirectory,
                goal,
                onDemand,
                superSeed);
    }

    private AddOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new AddOptions(
                directory,
                draft.files,
                draft.paused,
                draft.sequential,
                draft.edgesFirst,
                checkAll,
                draft.seedOnly,
                draft.peers,
                draft.moreTrackers,
                draft.useTrackers,
                draft.stateDirectory,
                draft.goal,
                draft.onDemand,
                draft.metadataOnly,
                draft.limits,
                draft.superSeed);
    }

    /** What can be changed, while it is being changed. */
    private static final class Draft {
        private FileSelection files;
        private boolean paused;
        private boolean sequential;
        private boolean edgesFirst;
        private boolean seedOnly;
        private List<InetSocketAddress> peers;
        private List<List<String>> moreTrackers;
        private boolean useTrackers;
        private Optional<Path> stateDirectory;
        private SeedingGoal goal;
        private boolean onDemand;
        private boolean metadataOnly;
        private RateLimits limits;
        private boolean superSeed;

        Draft(AddOptions before) {
            files = before.files;
            paused = before.paused;
            sequential = before.sequential;
            edgesFirst = before.edgesFirst;
            seedOnly = before.seedOnly;
            peers = before.peers;
            moreTrackers = before.moreTrackers;
            useTrackers = before.useTrackers;
            stateDirectory = before.stateDirectory;
            goal = before.goal;
            onDemand = before.onDemand;
            metadataOnly = before.metadataOnly;
            limits = before.limits;
            superSeed = before.superSeed;
        }
    }
}
