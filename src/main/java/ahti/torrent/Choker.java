package ahti.torrent;

import ahti.core.ConnectionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides whom we send to (BEP 3): the interested peers that are best to us, and one more by lot, so that newcomers get a
 * chance and better peers are found.
 *
 * <p>While leeching, best is who sends us most; while seeding, who takes most from us. A newcomer is three times as likely
 * to be drawn. Pure: all it knows is handed in.
 */
final class Choker {
    private static final int NEWCOMER_LOTS = 3;

    private final RandomGenerator random;
    private Optional<ConnectionId> optimistic = Optional.empty();

    /**
     * A peer as the choker sees it.
     *
     * @param rate what counts for its rank, in bytes per second
     * @param newcomer whether it connected since the last draw
     */
    record Applicant(ConnectionId id, boolean interested, long rate, boolean newcomer) {}

    Choker(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Who is to be unchoked, all others choked.
     *
     * @param slots how many at most, the one by lot included
     * @param draw whether the slot by lot goes to somebody else now
     */
    Set<ConnectionId> choose(List<Applicant> applicants, int slots, boolean draw) {
        List<Applicant> ranked = new ArrayList<>(
                applicants.stream().filter(Applicant::interested).toList());
        ranked.sort(Comparator.comparingLong(Applicant::rate).reversed().thenComparing(Applicant::id));
        if (ranked.size() <= slots) {
            return ids(ranked);
        }
        Set<ConnectionId> chosen = ids(ranked.subList(0, Math.max(0, slots - 1)));
        List<Applicant> others = ranked.stream()
                .filter(applicant -> !chosen.contains(applicant.id()))
                .toList();
        boolean stays = !draw
                && optimistic
                        .filter(id ->
                                others.stream().anyMatch(other -> other.id().equals(id)))
                        .isPresent();
        if (!stays) {
            optimistic = Optional.of(drawFrom(others));
        }
        optimistic.ifPresent(chosen::add);
        return chosen;
    }

    private ConnectionId drawFrom(List<Applicant> others) {
        List<ConnectionId> lots = new ArrayList<>();
        for (Applicant other : others) {
            for (int lot = 0; lot < (other.newcomer() ? NEWCOMER_LOTS : 1); lot++) {
                lots.add(other.id());
            }
        }
        return lots.get(random.nextInt(lots.size()));
    }

    private static Set<ConnectionId> ids(List<Applicant> applicants) {
        Set<ConnectionId> ids = new LinkedHashSet<>();
        applicants.forEach(applicant -> ids.add(applicant.id()));
        return ids;
    }
}
