package ahti.torrent;

import ahti.peer.PeerSample;
import ahti.picker.PiecePicker;
import ahti.torrent.why.SilenceReason;
import java.time.Duration;
import java.util.Optional;

/** Says why a peer gives us nothing, when it gives nothing. */
final class Silence {
    private Silence() {}

    /**
     * The reason; empty while something comes.
     *
     * @param sample how the connection is doing
     * @param picks what the picker knows of the peer
     * @param memory what the picker's budget is spent on
     * @param sinceNanos when the connection opened
     */
    static Optional<SilenceReason> reason(
            PeerSample sample, PiecePicker.PeerPicks picks, PiecePicker.Memory memory, long sinceNanos, long nowNanos) {
        if (sample.downRate() > 0) {
            return Optional.empty();
        }
        if (!sample.amInterested() || picks.missing() == 0) {
            return Optional.of(new SilenceReason.NothingWanted(sample.have()));
        }
        PeerSample.Asking asking = sample.asking();
        if (sample.peerChoking()) {
            return Optional.of(new SilenceReason.ChokesUs(
                    Duration.ofNanos(nowNanos - Math.max(sinceNanos, asking.chokedSince()))));
        }
        Duration quiet = Duration.ofNanos(nowNanos - Math.max(sinceNanos, asking.quietSince()));
        if (asking.snubbed()) {
            return Optional.of(new SilenceReason.Snubs(quiet));
        }
        if (sample.inFlight() > 0) {
            return Optional.of(new SilenceReason.Owes(sample.inFlight(), asking.window(), quiet));
        }
        if (asking.window() == 0) {
            return Optional.of(new SilenceReason.Refuses());
        }
        return Optional.of(
                memory.spent() && picks.fresh() > 0
                        ? new SilenceReason.BudgetSpent(memory.pieces(), memory.bytes(), memory.budget())
                        : new SilenceReason.AllAsked(picks.missing()));
    }
}
