package ahti.peer;

import ahti.config.PeerConfig;
import java.util.Optional;

/** When the two ends of an open connection last heard of each other, and what is due because of that. */
final class Pulse {
    private final PeerConfig config;
    /** When the peer last said something, or we did not listen. */
    private long heard;
    /** When we last said something. */
    private long said;
    /** When the peer last took something that we sent, or there was nothing to take. */
    private long taken;

    Pulse(PeerConfig config, long nowNanos) {
        this.config = config;
        this.heard = nowNanos;
        this.said = nowNanos;
        this.taken = nowNanos;
    }

    void heard(long nowNanos) {
        heard = nowNanos;
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
        if (nowNanos - heard >= config.silenceTimeout().toNanos()) {
            return Optional.of("silent for " + config.silenceTimeout().toSeconds() + " s (ahti.peer.silence-timeout)");
        }
        return nowNanos - taken >= config.sendTimeout().toNanos()
                ? Optional.of("took nothing of what we sent for "
                        + config.sendTimeout().toSeconds() + " s (ahti.peer.send-timeout)")
                : Optional.empty();
    }
}
