package ahti.torrent.choking;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Tit for tat (BEP 3): slots go to the interested peers that are best to us, and at least one by lot, so that newcomers get a
 * chance and better peers are found.
 *
 * <p>While leeching, best is who sends us most; while seeding, who takes most from us. Slots that nobody has earned go by
 * lot, too. A peer that gives nothing of what it owes us has earned none, whatever its rate. A newcomer is three times as
 * likely to be drawn. Pure: all it knows is handed in.
 */
public final class Choker implements SlotRule {
    private final RandomGenerator random;
    private final ChokeReason.Measure measure;
    /** Who has a slot by lot since the last draw, in the order of drawing. */
    private final Map<ConnectionId, ChokeReason.SlotByLot> drawn = new LinkedHashMap<>();

    /** Ranks by what the rates of applicants are. */
    public Choker(RandomGenerator random, ChokeReason.Measure measure) {
        this.random = random;
        this.measure = measure;
    }

    @Override
    public Map<ConnectionId, ChokeReason> choose(List<Applicant> applicants, int slots, boolean draw) {
        if (draw) {
            drawn.clear();
        }
        List<Applicant> ranked = new ArrayList<>(
                applicants.stream().filter(Applicant::interested).toList());
        ranked.sort(
                Comparator.comparing((Applicant applicant) -> applicant.snubs().isPresent())
                        .thenComparing(Comparator.comparingLong(Applicant::rate).reversed())
                        .thenComparing(Applicant::id));
        boolean roomForAll = ranked.size() <= slots;
        Map<ConnectionId, ChokeReason> reasons = new LinkedHashMap<>();
        List<Applicant> others = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            Applicant applicant = ranked.get(i);
            ChokeReason.Place place = new ChokeReason.Place(i + 1, ranked.size(), applicant.rate(), measure);
            boolean earned = applicant.snubs().isEmpty() && (roomForAll || (applicant.rate() > 0 && i < slots - 1));
            if (earned) {
                reasons.put(applicant.id(), new ChokeReason.SlotByRate(place, slots));
            } else {
                reasons.put(applicant.id(), refusal(applicant, place, slots));
                others.add(applicant);
            }
        }
        int left = slots - (ranked.size() - others.size());
        if (roomForAll) {
            // Retaliation is for those who take somebody else's slot.
            others.forEach(other -> reasons.put(other.id(), new ChokeReason.IdleSlot(ranked.size() - 1, slots)));
        } else {
            byLot(others, left).forEach(reasons::put);
        }
        for (Applicant applicant : applicants) {
            reasons.putIfAbsent(applicant.id(), new ChokeReason.NotInterested());
        }
        return reasons;
    }

    private static ChokeReason refusal(Applicant applicant, ChokeReason.Place place, int slots) {
        return applicant
                .snubs()
                .<ChokeReason>map(silent -> new ChokeReason.Snubs(silent, slots))
                .orElseGet(() -> new ChokeReason.Outranked(place, slots));
    }

    /** Who was drawn stays until the next draw, while it is among those without an earned slot. */
    private Map<ConnectionId, ChokeReason.SlotByLot> byLot(List<Applicant> others, int slots) {
        drawn.keySet()
                .removeIf(id -> others.stream().noneMatch(other -> other.id().equals(id)));
        List<ConnectionId> oldest = List.copyOf(drawn.keySet());
        oldest.stream().skip(Math.max(0, slots)).forEach(drawn::remove);
        others.removeIf(other -> drawn.containsKey(other.id()));
        while (drawn.size() < slots && !others.isEmpty()) {
            Applicant winner = drawFrom(others);
            drawn.put(winner.id(), new ChokeReason.SlotByLot(winner.lots(), lots(others)));
            others.remove(winner);
        }
        return drawn;
    }

    /** The best of those who give, or else one by lot. */
    @Override
    public Applicant next(List<Applicant> waiting) {
        return waiting.stream()
                .filter(applicant -> applicant.rate() > 0 && applicant.snubs().isEmpty())
                .min(Comparator.comparingLong(Applicant::rate).reversed().thenComparing(Applicant::id))
                .orElseGet(() -> drawFrom(waiting));
    }

    private Applicant drawFrom(List<Applicant> others) {
        int lot = random.nextInt(lots(others));
        int next = 0;
        while (lot >= others.get(next).lots()) {
            lot -= others.get(next).lots();
            next++;
        }
        return others.get(next);
    }

    private static int lots(List<Applicant> others) {
        return others.stream().mapToInt(Applicant::lots).sum();
    }
}
