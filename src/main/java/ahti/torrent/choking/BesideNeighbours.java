package ahti.torrent.choking;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves all neighbours, beside the slots, which another rule gives to the others: slots are shares of the line to the
 * Internet, and neighbours need none of it.
 */
public record BesideNeighbours(SlotRule others) implements SlotRule {

    @Override
    public Map<ConnectionId, ChokeReason> choose(List<Applicant> applicants, int slots, boolean draw) {
        List<Applicant> distant =
                applicants.stream().filter(applicant -> !applicant.neighbour()).toList();
        Map<ConnectionId, ChokeReason> reasons = new LinkedHashMap<>(others.choose(distant, slots, draw));
        for (Applicant applicant : applicants) {
            if (applicant.neighbour()) {
                reasons.put(
                        applicant.id(),
                        applicant.interested() ? new ChokeReason.Neighbour() : new ChokeReason.NotInterested());
            }
        }
        return reasons;
    }

    @Override
    public boolean hasTurns() {
        return others.hasTurns();
    }

    @Override
    public Applicant next(List<Applicant> waiting) {
        return others.next(waiting);
    }
}
