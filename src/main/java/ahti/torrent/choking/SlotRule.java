package ahti.torrent.choking;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.util.List;
import java.util.Map;

/** A way to give out upload slots. */
public interface SlotRule {

    /**
     * Who is to be unchoked and who not, and why: one reason for each applicant, in a fixed order.
     *
     * @param applicants all connected peers
     * @param slots how many may be unchoked at most
     * @param draw whether slots by lot go to others now
     */
    Map<ConnectionId, ChokeReason> choose(List<Applicant> applicants, int slots, boolean draw);

    /** Whether a slot may pass on at any time, not only when a round is over. */
    default boolean hasTurns() {
        return false;
    }

    /** Who gets a slot that has come free between two rounds; {@code waiting} are interested and choked, at least one. */
    Applicant next(List<Applicant> waiting);
}
