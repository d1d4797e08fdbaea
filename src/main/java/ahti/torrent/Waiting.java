package ahti.torrent;

import ahti.picker.PiecePicker;
import ahti.torrent.why.WaitReason;
import java.util.Optional;

/** Says why nothing comes, when nothing comes (design.md, rule 10). */
final class Waiting {
    private Waiting() {}

    /**
     * What the reason is found from.
     *
     * @param rate payload bytes per second, lately
     * @param connecting connections being opened
     * @param interesting connected peers that have something we want
     * @param unchoked of those, how many let us ask
     * @param owed blocks that they owe us
     * @param unavailable wanted pieces that no connected peer has
     * @param memory what the picker's budget is spent on
     * @param trackers how the trackers are
     */
    record Facts(
            long rate,
            int connected,
            int connecting,
            int known,
            int interesting,
            int unchoked,
            int owed,
            int unavailable,
            PiecePicker.Memory memory,
            Trackers trackers) {}

    /**
     * The trackers together.
     *
     * @param any whether there is one at all
     * @param answered whether one has said anything yet
     * @param failure what a failing one said, when none is well
     */
    record Trackers(boolean any, boolean answered, Optional<String> failure) {}

    /** Why nothing comes to a download; empty while something does. */
    static Optional<WaitReason> reason(Facts facts) {
        return facts.rate() > 0 ? Optional.empty() : Optional.of(withoutBlocks(facts));
    }

    private static WaitReason withoutBlocks(Facts facts) {
        if (facts.connected() == 0) {
            return withoutPeers(facts);
        }
        if (facts.interesting() == 0) {
            return facts.unavailable() > 0
                    ? new WaitReason.NowhereInSwarm(facts.unavailable())
                    : new WaitReason.NothingWanted(facts.connected());
        }
        if (facts.unchoked() == 0) {
            return new WaitReason.AllChoking(facts.interesting());
        }
        PiecePicker.Memory memory = facts.memory();
        return memory.spent() && facts.owed() == 0
                ? new WaitReason.BudgetSpent(memory.pieces(), memory.bytes(), memory.budget())
                : new WaitReason.Awaiting(facts.unchoked());
    }

    private static WaitReason withoutPeers(Facts facts) {
        if (facts.connecting() > 0) {
            return new WaitReason.Connecting(facts.connecting());
        }
        if (facts.known() > 0) {
            return new WaitReason.Unreachable(facts.known());
        }
        Trackers trackers = facts.trackers();
        if (!trackers.any()) {
            return new WaitReason.NobodyToAsk();
        }
        if (trackers.failure().isPresent()) {
            return new WaitReason.TrackersFailing(trackers.failure().get());
        }
        return trackers.answered() ? new WaitReason.NoPeersKnown() : new WaitReason.TrackersPending();
    }
}
