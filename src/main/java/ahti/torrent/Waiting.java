package ahti.torrent;

import ahti.dht.DhtStatus;
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
     * @param dht how the DHT serves the torrent, where it does
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
            Trackers trackers,
            Optional<DhtStatus> dht) {}

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
        if (trackers.any() && trackers.failure().isEmpty() && !trackers.answered()) {
            return new WaitReason.TrackersPending();
        }
        boolean dhtMayHelp = facts.dht()
                .filter(dht -> dht.searches() == 0 && dht.problem().isEmpty())
                .isPresent();
        if (dhtMayHelp) {
            return new WaitReason.DhtPending(facts.dht().get().nodes());
        }
        if (!trackers.any()) {
            return facts.dht().map(Waiting::inDht).orElseGet(WaitReason.NobodyToAsk::new);
        }
        return trackers.failure().isPresent()
                ? new WaitReason.TrackersFailing(trackers.failure().get())
                : new WaitReason.NoPeersKnown();
    }

    private static WaitReason inDht(DhtStatus dht) {
        return dht.problem().isPresent()
                ? new WaitReason.DhtFailing(dht.problem().get())
                : new WaitReason.NobodyInDht(dht.nodes());
    }
}
