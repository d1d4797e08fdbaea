package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Gives out the upload slots: asks the {@link Choker} when it is time, and tells the peers. */
final class UploadSlots {
    private final Choker choker;
    private final int slots;
    private final long chokeNanos;
    private final long drawNanos;
    private long chosenAt;
    private long drawnAt;

    UploadSlots(ahti.config.TorrentConfig config, RandomGenerator random, long nowNanos) {
        this.choker = new Choker(random);
        this.slots = config.uploadSlots();
        this.chokeNanos = config.chokeInterval().toNanos();
        this.drawNanos = config.optimisticInterval().toNanos();
        this.chosenAt = nowNanos;
        this.drawnAt = nowNanos;
    }

    /** Gives the slots out anew when their time has come. */
    void tick(Collection<Member> members, boolean seeding, long nowNanos) {
        if (nowNanos - chosenAt >= chokeNanos) {
            chosenAt = nowNanos;
            boolean draw = nowNanos - drawnAt >= drawNanos;
            if (draw) {
                drawnAt = nowNanos;
            }
            giveOut(members, seeding, draw, nowNanos);
        }
    }

    /** Gives a free slot to whoever is interested: nobody waits for the next round while a slot is idle. */
    void fill(Collection<Member> members, long nowNanos) {
        int taken = 0;
        for (Member member : members) {
            taken += !member.chokes.isChoked() && member.sample.peerInterested() ? 1 : 0;
        }
        for (Member member : members) {
            if (member.chokes.isChoked() && member.sample.peerInterested()) {
                if (taken < slots) {
                    member.decide(new ChokeReason.IdleSlot(taken, slots), nowNanos);
                    taken++;
                } else if (member.chokes.reason() instanceof ChokeReason.NotInterested) {
                    member.decide(new ChokeReason.SlotsTaken(slots), nowNanos);
                }
            }
        }
    }

    private void giveOut(Collection<Member> members, boolean seeding, boolean draw, long nowNanos) {
        List<Choker.Applicant> applicants = new ArrayList<>();
        for (Member member : members) {
            long rate = seeding ? member.sample.upRate() : member.sample.downRate();
            applicants.add(new Choker.Applicant(member.id, member.sample.peerInterested(), rate, member.newcomer));
            member.newcomer = member.newcomer && !draw;
        }
        ChokeReason.Measure measure = seeding ? ChokeReason.Measure.TAKES_FROM_US : ChokeReason.Measure.SENDS_US;
        Map<ConnectionId, ChokeReason> reasons = choker.choose(applicants, slots, draw, measure);
        members.forEach(member -> member.decide(Objects.requireNonNull(reasons.get(member.id)), nowNanos));
    }
}
