package ahti.cli.screen;

import ahti.core.InfoHash;
import ahti.dht.DhtStatus;
import ahti.torrent.PieceMap;
import ahti.torrent.Problem;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.TrackerStatus;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Statuses for tests, described by what matters in them. */
public final class Statuses {
    public static final InfoHash HASH = InfoHash.v1(new byte[20]);
    private static final long MIB = 1 << 20;

    private String name = "debian-12.11.0-amd64-netinst.iso";
    private TorrentState state = TorrentState.DOWNLOADING;
    private long checked;
    private long have = 418 * MIB;
    private long downloaded = 418 * MIB;
    private long uploaded;
    private int connected = 38;
    private PieceMap map = PieceMap.EMPTY;
    private List<TrackerStatus> trackers = List.of(tracker(Optional.empty()));
    private Optional<WaitReason> waiting = Optional.empty();
    private Optional<DhtStatus> dht = Optional.empty();
    private Optional<Problem> problem = Optional.empty();

    public static Statuses downloading() {
        return new Statuses();
    }

    /** All of it is here. */
    public static Statuses seeding() {
        return new Statuses().have(670 * MIB).in(TorrentState.SEEDING);
    }

    public Statuses named(String text) {
        name = text;
        return this;
    }

    public Statuses in(TorrentState other) {
        state = other;
        return this;
    }

    public Statuses checked(long bytes) {
        state = TorrentState.CHECKING;
        checked = bytes;
        return this;
    }

    public Statuses have(long bytes) {
        have = bytes;
        downloaded = bytes;
        return this;
    }

    public Statuses uploaded(long bytes) {
        uploaded = bytes;
        return this;
    }

    public Statuses connected(int peers) {
        connected = peers;
        return this;
    }

    public Statuses map(PieceMap cells) {
        map = cells;
        return this;
    }

    public Statuses waiting(WaitReason reason) {
        waiting = Optional.of(reason);
        return this;
    }

    public Statuses trackerFailing(String reason) {
        trackers = List.of(tracker(Optional.of(reason)));
        return this;
    }

    public Statuses dht(int nodes, Optional<String> why) {
        dht = Optional.of(new DhtStatus(nodes, 0, 0, 0, Duration.ZERO, why));
        return this;
    }

    public TorrentStatus now() {
        return new TorrentStatus(
                HASH,
                name,
                state,
                checked,
                670 * MIB,
                have,
                670 * MIB,
                downloaded,
                uploaded,
                0,
                43_201_331,
                1_153_433,
                new TorrentStatus.Pieces(2680, 2680, 1672, 34),
                new TorrentStatus.Peers(connected, Math.min(14, connected), Math.min(9, connected), 212),
                new TorrentStatus.Copies(0, 3.14, 2),
                map,
                trackers,
                dht,
                waiting,
                problem,
                OptionalLong.of(6),
                14);
    }

    private static TrackerStatus tracker(Optional<String> failure) {
        return new TrackerStatus(
                "http://tracker.example/announce",
                Duration.ofSeconds(1630),
                OptionalInt.empty(),
                OptionalInt.empty(),
                failure,
                Optional.empty());
    }
}
