package ahti.torrent.choking;

import java.time.Duration;

/** What one peer was given, or gave: in its turn, and lately. Time and totals are handed in. */
public final class Given {
    private final int rounds;
    private long total;
    private long recently;
    private boolean holds;
    private long turnBegan;
    private long totalBefore;

    /** Each round one of so many parts of the past is forgotten: with 4 half of it in three rounds, with 16 in eleven. */
    public Given(int rounds) {
        this.rounds = rounds;
    }

    /** Bytes per second, on average over the rounds that are remembered. */
    public long rate(Duration round) {
        return recently * 1_000 / rounds / Math.max(1, round.toMillis());
    }

    /** So many bytes were given in all until now. */
    public void given(long bytes) {
        recently += bytes - total;
        total = bytes;
    }

    /** A round is over: what was given counts less. */
    public void roundOver() {
        recently -= recently / rounds;
    }

    /** It gets a slot, or loses it. */
    public void hasSlot(boolean slot, long nowNanos) {
        if (slot && !holds) {
            turnBegan = nowNanos;
            totalBefore = total;
        }
        holds = slot;
    }

    /** For an {@link Applicant}. */
    public Applicant.Turn turn(long nowNanos) {
        return holds
                ? new Applicant.Turn(true, total - totalBefore, Duration.ofNanos(nowNanos - turnBegan), recently)
                : new Applicant.Turn(false, 0, Duration.ZERO, recently);
    }
}
