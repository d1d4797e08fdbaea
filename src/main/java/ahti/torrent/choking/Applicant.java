package ahti.torrent.choking;

import ahti.core.ConnectionId;
import java.time.Duration;
import java.util.Optional;

/**
 * A peer as those see it who give out upload slots.
 *
 * @param interested whether it wants anything of us
 * @param rate what counts for its rank, in bytes per second
 * @param newcomer whether it connected since the last draw
 * @param snubs how long it has given us nothing of what it owes us; empty when that is not long, or it owes nothing
 * @param turn what it was given
 * @param neighbour whether what goes to it does not pass the line to the Internet
 */
public record Applicant(
        ConnectionId id,
        boolean interested,
        long rate,
        boolean newcomer,
        Optional<Duration> snubs,
        Turn turn,
        boolean neighbour) {
    private static final int NEWCOMER_LOTS = 3;

    /** A newcomer is three times as likely to be drawn (BEP 3). */
    int lots() {
        return newcomer ? NEWCOMER_LOTS : 1;
    }

    /**
     * What a peer was given.
     *
     * @param holds whether it has a slot
     * @param given bytes since it got the slot, 0 when it has none
     * @param held for how long it has had the slot
     * @param recently bytes it was given before, the longer ago the less they count; what it was given in its turn included
     */
    public record Turn(boolean holds, long given, Duration held, long recently) {
        /** Of a peer that was given nothing. */
        public static final Turn NONE = new Turn(false, 0, Duration.ZERO, 0);
    }
}
