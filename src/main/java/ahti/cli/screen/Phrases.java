package ahti.cli.screen;

import ahti.cli.options.TimeSpan;
import ahti.core.ByteCount;
import ahti.core.Text;
import ahti.torrent.TorrentStatus;
import ahti.torrent.TrackerStatus;
import java.time.Duration;
import java.util.Optional;

/** The parts of sentences that every screen shares. */
final class Phrases {
    private static final int NAME_LENGTH = 200;

    private Phrases() {}

    static String name(String theirs) {
        return Text.clean(theirs, NAME_LENGTH);
    }

    static String size(long bytes) {
        return new ByteCount(Math.max(0, bytes)).toString();
    }

    static String rate(long perSecond) {
        return size(perSecond) + "/s";
    }

    /** {@code 62.4 %}; never 100 before all is there. */
    static String percent(long have, long wanted) {
        long tenths = wanted <= 0 ? 1000 : (long) (have * 1000.0 / wanted);
        long shown = have >= wanted ? 1000 : Math.min(999, tenths);
        return shown / 10 + "." + shown % 10 + " %";
    }

    /** {@code 17 s}, {@code 0.4 s}. */
    static String time(Duration time) {
        long tenths = time.toMillis() / 100;
        return tenths >= 100 ? TimeSpan.show(time.toSeconds()) : tenths / 10 + "." + tenths % 10 + " s";
    }

    static String peers(TorrentStatus.Peers peers) {
        return "peers " + peers.connected() + " (" + peers.feedingUs() + " feeding, " + peers.fedByUs() + " fed) of "
                + peers.known() + " known";
    }

    /** One healthy tracker speaks for all; if none is, the first failure does. */
    static String trackers(TorrentStatus status) {
        for (TrackerStatus tracker : status.trackers()) {
            if (tracker.failure().isEmpty()) {
                return "tracker ok " + TimeSpan.show(Math.max(0, tracker.next().toSeconds()));
            }
        }
        return status.trackers().stream()
                .findFirst()
                .flatMap(TrackerStatus::failure)
                .map(reason -> "tracker: " + reason)
                .orElse("no tracker");
    }

    /** {@code dht 311}: the nodes it knows; empty without a DHT. */
    static Optional<String> dht(TorrentStatus status) {
        return status.dht()
                .map(dht -> dht.nodes() == 0 && dht.problem().isPresent()
                        ? "dht: " + Text.clean(dht.problem().get(), NAME_LENGTH)
                        : "dht " + dht.nodes());
    }

    /** {@code 670 MiB in 17 s (39.4 MiB/s) from 14 peers, 0 B wasted, sha1 ok}, or that nothing was to do. */
    static String success(Closing closing) {
        String size = size(closing.bytes());
        if (closing.wasComplete()) {
            return size + " was complete already, sha1 ok" + shared(closing);
        }
        double seconds = closing.fetching().toNanos() / 1e9;
        String rate = seconds > 0 ? " (" + rate((long) (closing.fetched() / seconds)) + ")" : "";
        String peers = closing.contributors() == 1 ? "1 peer" : closing.contributors() + " peers";
        return size + " in " + time(closing.fetching()) + rate + " from " + peers + ", " + size(closing.wasted())
                + " wasted, sha1 ok" + shared(closing);
    }

    /** {@code 2.0 MiB of 670 MiB were here and good}: all that can be said of sharing incomplete data. */
    static String partial(Closing closing) {
        return size(closing.bytes()) + " of " + size(closing.wanted()) + " were here and good" + shared(closing);
    }

    private static String shared(Closing closing) {
        return closing.uploaded() == 0 ? "" : ", " + size(closing.uploaded()) + " shared";
    }
}
