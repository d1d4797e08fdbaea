package ahti.torrent;

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
     * @param unavailable wanted pieces that no connected peer has
     * @param trackerFailure what a failing tracker said, when no tracker is well
     * @param anyTracker whether there is a tracker at all
     */
    record Facts(
            long rate,
            int connected,
            int connecting,
            int known,
            int interesting,
            int unchoked,
            int unavailable,
            Optional<String> trackerFailure,
            boolean anyTracker) {}

    /** One phrase for the user; empty while something comes. */
    static Optional<String> reason(Facts facts) {
        if (facts.rate() > 0) {
            return Optional.empty();
        }
        if (facts.connected() == 0) {
            return Optional.of(withoutPeers(facts));
        }
        if (facts.interesting() == 0) {
            return Optional.of(
                    facts.unavailable() > 0
                            ? count(facts.unavailable(), "piece") + " exist" + (facts.unavailable() == 1 ? "s" : "")
                                    + " nowhere in the swarm"
                            : count(facts.connected(), "peer") + ", none has anything we want");
        }
        if (facts.unchoked() == 0) {
            return Optional.of(count(facts.interesting(), "peer") + ", all choking us");
        }
        return Optional.of(count(facts.unchoked(), "peer") + " asked, nothing has come yet");
    }

    private static String withoutPeers(Facts facts) {
        if (facts.connecting() > 0) {
            return "connecting to " + count(facts.connecting(), "peer");
        }
        if (facts.known() > 0) {
            return "none of " + count(facts.known(), "known peer") + " can be reached; trying again";
        }
        if (facts.trackerFailure().isPresent()) {
            return "no peers: " + facts.trackerFailure().get();
        }
        return facts.anyTracker()
                ? "no peers yet: the tracker knows none"
                : "no peers: there is no tracker; name one with --tracker, or a peer with --peer";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
