package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private Optional<Winner> optimistic = Optional.empty();

    private record Winner(ConnectionId id, ChokeReason.SlotByLot how) {}

    /**
     * A peer as the choker sees it.
     *
     * @param rate what counts for its rank, in bytes per second
     * @param newcomer whether it connected since the last draw
     */
    record Applicant(ConnectionId id, boolean interested, long rate, boolean newcomer) {
        private int lots() {
            return newcomer ? NEWCOMER_LOTS : 1;
        }
    }

    Choker(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Who is to be unchoked and who not, and why: one reason for each applicant.
     *
     * @param slots how many at most, the one by lot included
     * @param draw whether the slot by lot goes to somebody else now
     * @param measure what the rates are
     */
    Map<ConnectionId, ChokeReason> choose(
            List<Applicant> applicants, int slots, boolean draw, ChokeReason.Measure measure) {
        List<Applicant> ranked = new ArrayList<>(
                applicants.stream().filter(Applicant::interested).toList());
        ranked.sort(Comparator.comparingLong(Applicant::rate).reversed().thenComparing(Applicant::id));
        boolean roomForAll = ranked.size() <= slots;
        int byRate = roomForAll ? ranked.size() : Math.max(0, slots - 1);
        Map<ConnectionId, ChokeReason> reasons = new LinkedHashMap<>();
        for (int i = 0; i < ranked.size(); i++) {
            Applicant applicant = ranked.get(i);
            ChokeReason.Place place = new ChokeReason.Place(i + 1, ranked.size(), applicant.rate(), measure);
            reasons.put(
                    applicant.id(),
                    i < byRate ? new ChokeReason.SlotByRate(place, slots) : new ChokeReason.Outranked(place, slots));
        }
        if (!roomForAll) {
            Winner winner = winner(ranked.subList(byRate, ranked.size()), draw);
            reasons.put(winner.id(), winner.how());
        }
        for (Applicant applicant : applicants) {
            if (!applicant.interested()) {
                reasons.put(applicant.id(), new ChokeReason.NotInterested());
            }
        }
        return reasons;
    }

    /** Who was drawn last stays until the next draw, while it is among those without a slot. */
    private Winner winner(List<Applicant> others, boolean draw) {
        Optional<Winner> stays = draw
                ? Optional.empty()
                : optimistic.filter(
                        last -> others.stream().anyMatch(other -> other.id().equals(last.id())));
        Winner winner = stays.orElseGet(() -> drawFrom(others));
        optimistic = Optional.of(winner);
        return winner;
    }

    private Winner drawFrom(List<Applicant> others) {
        int all = others.stream().mapToInt(Applicant::lots).sum();
        int lot = random.nextInt(all);
        int next = 0;
        while (lot >= others.get(next).lots()) {
            lot -= others.get(next).lots();
            next++;
        }
        Applicant drawn = others.get(next);
        return new Winner(drawn.id(), new ChokeReason.SlotByLot(drawn.lots(), all));
    }
}
