package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.core.RateMeter;
import ahti.picker.PiecePicker;
import ahti.torrent.why.PeerWhy;
import ahti.torrent.why.SilenceReason;
import ahti.webseed.WebSeed;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** A web seed at work as its torrent sees it. */
final class WebHelper {
    private static final int HTTP = 80;

    final ConnectionId id;
    final String url;
    final ActorRef<WebSeed.Command> actor;
    WebSeed.Sample sample = WebSeed.Sample.BEGINNING;
    /** Whether a block of it is in a verified piece. */
    boolean contributed;

    private final RateMeter meter;
    /** When something came last, or it was hired. */
    private long quietSince;

    WebHelper(ConnectionId id, String url, ActorRef<WebSeed.Command> actor, long nowNanos) {
        this.id = id;
        this.url = url;
        this.actor = actor;
        this.meter = new RateMeter(nowNanos);
        this.quietSince = nowNanos;
    }

    /** Whether it has something that we want, and may be asked for it. */
    boolean isFeeding() {
        return sample.interested() && sample.rest().isEmpty();
    }

    /** Takes what it says; returns how many bytes have come since it spoke last. */
    long took(WebSeed.Sample current, long nowNanos) {
        long bytes = current.downloaded() - sample.downloaded();
        sample = current;
        if (bytes > 0) {
            meter.add(bytes, nowNanos);
            quietSince = nowNanos;
        }
        return bytes;
    }

    PeerStatus status(int pieces, PiecePicker.Explanation explanation, long nowNanos) {
        PiecePicker.PeerPicks picks = explanation.peers().getOrDefault(id, PiecePicker.PeerPicks.NONE);
        long rate = meter.perSecond(nowNanos);
        return new PeerStatus(
                address(),
                "web seed",
                false,
                true,
                sample.interested(),
                sample.rest().isPresent(),
                false,
                pieces,
                sample.owed(),
                sample.downloaded(),
                0,
                rate,
                0,
                new PeerWhy(
                        List.of(),
                        rate > 0 ? Optional.empty() : Optional.of(silence(pieces, nowNanos)),
                        picks.picks()));
    }

    private SilenceReason silence(int pieces, long nowNanos) {
        if (sample.rest().isPresent()) {
            WebSeed.Rest rest = sample.rest().get();
            long left = Math.max(0, rest.since() + rest.pause().toNanos() - nowNanos);
            return new SilenceReason.Rests(rest.reason(), Duration.ofNanos(left));
        }
        return sample.interested()
                ? new SilenceReason.Owes(sample.owed(), sample.window(), Duration.ofNanos(nowNanos - quietSince))
                : new SilenceReason.NothingWanted(pieces);
    }

    private InetSocketAddress address() {
        try {
            URI uri = URI.create(url);
            int port = uri.getPort() < 0 ? HTTP : uri.getPort();
            return InetSocketAddress.createUnresolved(String.valueOf(uri.getHost()), port);
        } catch (IllegalArgumentException e) {
            return InetSocketAddress.createUnresolved("?", 0);
        }
    }
}
