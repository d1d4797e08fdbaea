package ahti.torrent.choking;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A seed that serves one after the other: slots go to those who were given least lately, and stay until a turn is over, so
 * that pieces are finished and slots do not flutter.
 *
 * <p>A turn is over when so many bytes were given, neither sooner nor later than set; then it goes on as long as nobody waits who
 * was given less.
 */
public final class RoundRobin implements SlotRule {
    private static final Comparator<Applicant> LEAST_FIRST = Comparator.comparingLong(
                    (Applicant applicant) -> applicant.turn().recently())
            .thenComparing(Applicant::id);

    private final long quantum;
    private final Duration shortest;
    private final Duration longest;

    /** A turn is so many bytes, but not shorter and not longer than this. */
    public RoundRobin(long quantum, Duration shortest, Duration longest) {
        this.quantum = quantum;
        this.shortest = shortest;
        this.longest = longest;
    }

    @Override
    public Map<ConnectionId, ChokeReason> choose(List<Applicant> applicants, int slots, boolean draw) {
        List<Applicant> inLine = new ArrayList<>(
                applicants.stream().filter(Applicant::interested).toList());
        inLine.sort(Comparator.comparing((Applicant applicant) -> !isInTurn(applicant))
                .thenComparing(LEAST_FIRST));
        Map<ConnectionId, ChokeReason> reasons = new LinkedHashMap<>();
        for (int i = 0; i < inLine.size(); i++) {
            Applicant applicant = inLine.get(i);
            Applicant.Turn turn = applicant.turn();
            reasons.put(
                    applicant.id(),
                    i < slots
                            ? new ChokeReason.SlotByTurn(turn.given(), quantum, turn.recently(), slots)
                            : new ChokeReason.AwaitsTurn(i + 1 - slots, turn.recently(), slots));
        }
        for (Applicant applicant : applicants) {
            reasons.putIfAbsent(applicant.id(), new ChokeReason.NotInterested());
        }
        return reasons;
    }

    @Override
    public boolean hasTurns() {
        return true;
    }

    private boolean isInTurn(Applicant applicant) {
        Applicant.Turn turn = applicant.turn();
        boolean isEarly = turn.given() < quantum || turn.held().compareTo(shortest) < 0;
        return turn.holds() && isEarly && turn.held().compareTo(longest) < 0;
    }

    @Override
    public Applicant next(List<Applicant> waiting) {
        return waiting.stream().min(LEAST_FIRST).orElseThrow();
    }
}
