package ahti.torrent;

import ahti.config.ChokingConfig;
import ahti.config.ChokingConfig.SeedChoking;
import ahti.core.ConnectionId;
import ahti.limit.Allotter;
import ahti.limit.Flow;
import ahti.torrent.choking.Applicant;
import ahti.torrent.choking.BesideNeighbours;
import ahti.torrent.choking.Choker;
import ahti.torrent.choking.RoundRobin;
import ahti.torrent.choking.SlotCount;
import ahti.torrent.choking.SlotRule;
import ahti.torrent.why.ChokeReason;
import ahti.torrent.why.ChokeReason.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Gives out the upload slots: asks how many there are and who gets them when it is time, and tells the peers.
 *
 * <p>A slot that comes free meanwhile, because its peer hung up or lost interest, goes to the next at once.
 */
final class UploadSlots {
    private final ChokingConfig config;
    private final SlotRule leeching;
    private final SlotRule seeding;
    private final SlotCount count;
    private long chosenAt;
    private long drawnAt;
    private long uploadedBefore;
    private long toNeighboursBefore;
    /** Whether something limits what leaves. */
    private boolean limited;

    UploadSlots(ChokingConfig config, int pieceLength, RandomGenerator random, long nowNanos) {
        this.config = config;
        this.leeching = new Choker(random, Measure.SENDS_US);
        this.seeding = config.seeding() == SeedChoking.FASTEST
                ? new Choker(random, Measure.TAKES_FROM_US)
                : new RoundRobin((long) config.seedPieces() * pieceLength, config.seedTurnMin(), config.seedTurn());
        this.count = new SlotCount(config.slotsMin(), config.slotsMax());
        this.chosenAt = nowNanos;
        this.drawnAt = nowNanos;
    }

    /** The allotter says whether anything limits what leaves. */
    void heard(Allotter.Notice notice) {
        if (notice instanceof Allotter.Terms terms && terms.flow() == Flow.UP) {
            limited = terms.limited();
        }
    }

    /** Gives the slots out anew when their time has come; {@code uploaded} bytes have left in all, some of them to neighbours. */
    void tick(Collection<Member> members, boolean isSeed, long uploaded, long toNeighbours, long nowNanos) {
        Duration round = Duration.ofNanos(nowNanos - chosenAt);
        if (round.compareTo(config.interval()) < 0) {
            if (rule(isSeed).hasTurns()) {
                giveOut(members, isSeed, false, nowNanos);
            }
            return;
        }
        chosenAt = nowNanos;
        boolean draw = nowNanos - drawnAt >= config.optimisticInterval().toNanos();
        if (draw) {
            drawnAt = nowNanos;
        }
        long beside = servesNeighbours() ? toNeighbours - toNeighboursBefore : 0;
        long perSecond = (uploaded - uploadedBefore - beside) * 1_000 / Math.max(1, round.toMillis());
        uploadedBefore = uploaded;
        toNeighboursBefore = toNeighbours;
        count.roundOver(
                perSecond, (int) members.stream().filter(Member::awaitsSlot).count());
        giveOut(members, isSeed, draw, nowNanos);
        for (Member member : members) {
            member.newcomer = member.newcomer && !draw;
            member.given.roundOver();
            member.gave.roundOver();
        }
    }

    /** Gives free slots to those who wait: nobody waits for the next round while a slot is idle. */
    void fill(Collection<Member> members, boolean isSeed, long nowNanos) {
        if (servesNeighbours()) {
            members.stream()
                    .filter(member -> member.neighbour && member.awaitsSlot())
                    .forEach(member -> member.decide(new ChokeReason.Neighbour(), nowNanos));
        }
        List<Member> waiting = members.stream().filter(Member::awaitsSlot).toList();
        if (waiting.isEmpty()) {
            return;
        }
        // Whoever takes the place of one that lost interest would have company when that one wants more.
        for (Member member : members) {
            if (!member.chokes.isChoked() && !member.sample.peerInterested()) {
                member.decide(new ChokeReason.NotInterested(), nowNanos);
            }
        }
        int taken = (int) members.stream().filter(Member::holdsSlot).count();
        int slots = count.slots();
        List<Applicant> applicants = new ArrayList<>(taken < slots ? applicants(waiting, isSeed, nowNanos) : List.of());
        while (taken < slots && !applicants.isEmpty()) {
            Applicant next = rule(isSeed).next(applicants);
            applicants.remove(next);
            decide(waiting, next.id(), new ChokeReason.IdleSlot(taken, slots), nowNanos);
            taken++;
        }
        for (Member member : waiting) {
            if (member.chokes.reason() instanceof ChokeReason.NotInterested) {
                member.decide(new ChokeReason.SlotsTaken(slots), nowNanos);
            }
        }
    }

    private static void decide(List<Member> members, ConnectionId id, ChokeReason reason, long nowNanos) {
        members.stream().filter(member -> member.id.equals(id)).forEach(member -> member.decide(reason, nowNanos));
    }

    private void giveOut(Collection<Member> members, boolean isSeed, boolean draw, long nowNanos) {
        List<Applicant> applicants = applicants(members, isSeed, nowNanos);
        Map<ConnectionId, ChokeReason> reasons = rule(isSeed).choose(applicants, count.slots(), draw);
        for (Member member : members) {
            member.decide(Objects.requireNonNull(reasons.get(member.id)), nowNanos);
        }
    }

    private List<Applicant> applicants(Collection<Member> members, boolean isSeed, long nowNanos) {
        List<Applicant> applicants = new ArrayList<>(members.size());
        for (Member member : members) {
            applicants.add(member.applies(isSeed, config, nowNanos));
        }
        return applicants;
    }

    private SlotRule rule(boolean isSeed) {
        SlotRule rule = isSeed ? seeding : leeching;
        return servesNeighbours() ? new BesideNeighbours(rule) : rule;
    }

    private boolean servesNeighbours() {
        return config.serveNeighbours() && config.slotsMax() > 0 && !limited;
    }
}
