package ahti.torrent;

import ahti.dht.DhtStatus;
import ahti.picker.PiecePicker;
import ahti.torrent.why.WaitReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Puts a {@link TorrentStatus} together from what the phases know. */
final class StatusReport {
    private final Station station;
    private final TorrentState state;
    private long checked;
    private long toCheck;
    private Optional<Problem> problem = Optional.empty();
    private Optional<WaitReason> resting = Optional.empty();
    private Optional<DhtStatus> dht = Optional.empty();
    private @Nullable Swarm swarm;
    private PiecePicker.Availability spread =
            new PiecePicker.Availability(0, 0, 0, new PiecePicker.Memory(0, 0, 0, 0, false), List.of(), List.of());

    StatusReport(Station station, TorrentState state) {
        this.station = station;
        this.state = state;
    }

    StatusReport checked(long checkedBytes, long toCheckBytes) {
        checked = checkedBytes;
        toCheck = toCheckBytes;
        return waiting(new WaitReason.Checking(checked, toCheck));
    }

    StatusReport problem(Problem why) {
        problem = Optional.of(why);
        return waiting(new WaitReason.Troubled(why.describe()));
    }

    /** Why a phase without a swarm waits. */
    StatusReport waiting(WaitReason why) {
        resting = Optional.of(why);
        return this;
    }

    StatusReport dht(Optional<DhtStatus> status) {
        dht = status;
        return this;
    }

    StatusReport swarm(Swarm peers, PiecePicker.Availability availability) {
        swarm = peers;
        spread = availability;
        return this;
    }

    TorrentStatus build(int cells) {
        long now = station.now();
        Progress progress = station.progress;
        long rate = station.downMeter.perSecond(now);
        long missing = progress.wantedBytes() - progress.haveBytes();
        return new TorrentStatus(
                station.spec.metainfo().infoHash(),
                station.spec.metainfo().name(),
                state,
                checked,
                toCheck,
                progress.haveBytes(),
                progress.wantedBytes(),
                station.downloaded(),
                station.upMeter.total(),
                station.wasted(),
                rate,
                station.upMeter.perSecond(now),
                new TorrentStatus.Pieces(
                        progress.layout().pieces(),
                        progress.selection().wanted().count(),
                        progress.storedCount(),
                        spread.memory().pieces()),
                peers(),
                new TorrentStatus.Copies(spread.minCopies(), spread.averageCopies(), spread.unavailablePieces()),
                new PieceMap(progress.storedShares(cells), spread.cellInFlight(), spread.cellCopies()),
                List.copyOf(station.trackers.values()),
                dht,
                waiting(rate),
                problem,
                rate > 0 && missing > 0 ? OptionalLong.of((missing + rate - 1) / rate) : OptionalLong.empty(),
                swarm == null ? 0 : swarm.contributors());
    }

    private TorrentStatus.Peers peers() {
        if (swarm == null) {
            return new TorrentStatus.Peers(0, 0, 0, 0);
        }
        int feeding = 0;
        int fed = 0;
        for (Member member : swarm.members()) {
            feeding += member.sample.amInterested() && !member.sample.peerChoking() ? 1 : 0;
            fed += member.sample.peerInterested() && !member.sample.amChoking() ? 1 : 0;
        }
        for (WebHelper helper : swarm.webSeeds.atWork()) {
            feeding += helper.isFeeding() ? 1 : 0;
        }
        int webSeeds = swarm.webSeeds.atWork().size();
        return new TorrentStatus.Peers(swarm.members().size() + webSeeds, feeding, fed, swarm.known() + webSeeds);
    }

    private Optional<WaitReason> waiting(long rate) {
        if (swarm == null || state != TorrentState.DOWNLOADING) {
            return resting;
        }
        int owed = 0;
        int interesting = 0;
        int unchoked = 0;
        int offering = 0;
        for (Member member : swarm.members()) {
            owed += member.sample.inFlight();
            offering += member.sample.have() > 0 ? 1 : 0;
            interesting += member.sample.amInterested() ? 1 : 0;
            unchoked += member.sample.amInterested() && !member.sample.peerChoking() ? 1 : 0;
        }
        boolean alone =
                swarm.known() == 0 && swarm.connecting() == 0 && station.tiers().isEmpty();
        if (rate == 0 && swarm.members().isEmpty()) {
            Optional<WaitReason> silence = swarm.webSeeds.silence(alone);
            if (silence.isPresent()) {
                return silence;
            }
        }
        int helpers = 0;
        for (WebHelper helper : swarm.webSeeds.atWork()) {
            helpers++;
            offering++;
            owed += helper.sample.owed();
            interesting += helper.isFeeding() ? 1 : 0;
            unchoked += helper.isFeeding() ? 1 : 0;
        }
        return Waiting.reason(new Waiting.Facts(
                rate,
                swarm.members().size() + helpers,
                swarm.connecting(),
                swarm.known(),
                interesting,
                unchoked,
                owed,
                offering > 0 ? spread.unavailablePieces() : 0,
                spread.memory(),
                trackers(),
                dht));
    }

    private Waiting.Trackers trackers() {
        boolean anyWell = station.trackers.values().stream()
                .anyMatch(tracker -> tracker.failure().isEmpty());
        Optional<String> failure = anyWell
                ? Optional.empty()
                : station.trackers.values().stream()
                        .flatMap(tracker -> tracker.failure().stream())
                        .findFirst();
        return new Waiting.Trackers(!station.tiers().isEmpty(), !station.trackers.isEmpty(), failure);
    }
}
