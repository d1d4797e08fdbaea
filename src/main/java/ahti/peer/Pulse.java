package ahti.peer;

import ahti.config.PeerConfig;
import java.time.Duration;
import java.util.Optional;

/** When the two ends of an open connection last heard of each other, and what is due because of that. */
final class Pulse {
    /** How long a sign of life is awaited from one that may be dead. */
    private static final long DOUBT = Duration.ofSeconds(30).toNanos();

    private final PeerConfig config;
    /** When the peer last said something, or we did not listen. */
    private long heard;
    /** When we last said something. */
    private long said;
    /** When the peer last took something that we sent, or there was nothing to take. */
    private long taken;
    /** Since when a sign of life is awaited sooner than usual. */
    private long doubtedSince;

    private boolean isDoubted;

    Pulse(PeerConfig config, long nowNanos) {
        this.config = config;
        this.heard = nowNanos;
        this.said = nowNanos;
        this.taken = nowNanos;
    }

    void heard(long nowNanos) {
        heard = nowNanos;
        isDoubted = false;
    }

    /** It may be dead, though it was not silent for long. Said again, it wins no time by that. */
    void doubt(long nowNanos) {
        doubtedSince = isDoubted ? doubtedSince : nowNanos;
        isDoubted = true;
    }

    void said(long nowNanos) {
        said = nowNanos;
    }

    void taken(long nowNanos) {
        taken = nowNanos;
    }

    boolean isKeepAliveDue(long nowNanos) {
        return nowNanos - said >= config.keepAlive().toNanos();
    }

    /**
     * A second has passed: why the peer is taken for dead; empty while it is not. One that talks and never listens is as good
     * as dead.
     *
     * @param weListen whether the peer can be heard at all
     * @param somethingWaits whether there is anything to take for it
     */
    Optional<String> gone(long nowNanos, boolean weListen, boolean somethingWaits) {
        if (!weListen) {
            heard(nowNanos);
        }
        if (!somethingWaits) {
            taken(nowNanos);
        }
        if (isDoubted && nowNanos - doubtedSince >= DOUBT) {
            return Optional.of("silent since our network changed");
        }
        if (nowNanos - heard >= config.silenceTimeout().toNanos()) {
            return Optional.of("silent for " + config.silenceTimeout().toSeconds() + " s (ahti.peer.silence-timeout)");
        }
        return nowNanos - taken >= config.sendTimeout().toNanos()
                ? Optional.of("took nothing of what we sent for "
                        + config.sendTimeout().toSeconds() + " s (ahti.peer.send-timeout)")
                : Optional.empty();
    }
}
