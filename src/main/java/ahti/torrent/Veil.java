package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.peer.PeerConnection;
import ahti.torrent.choking.SuperSeeding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the peers of a super-seed may see (BEP 16): tells connections what {@link SuperSeeding} decides. It falls when another
 * seed appears, and for good: then everybody may see everything.
 */
final class Veil {
    private final int pieces;
    private Optional<SuperSeeding> rule;

    private Veil(int pieces, Optional<SuperSeeding> rule) {
        this.pieces = pieces;
        this.rule = rule;
    }

    /** Hides what a torrent has, if that was wished and there is all of it. */
    static Veil of(Station station, RandomGenerator random) {
        int pieces = station.progress.layout().pieces();
        boolean hides = station.spec.superSeed() && station.progress.isComplete();
        return new Veil(pieces, hides ? Optional.of(new SuperSeeding(pieces, random)) : Optional.empty());
    }

    boolean hides() {
        return rule.isPresent();
    }

    void joined(Member member, Map<ConnectionId, Member> members, long nowNanos) {
        rule.ifPresent(hidden -> {
            member.peer.tell(PeerConnection.TellPieces.INSTANCE);
            show(hidden.joined(member.id, nowNanos), members);
        });
    }

    void left(ConnectionId id, Map<ConnectionId, Member> members, long nowNanos) {
        rule.ifPresent(hidden -> show(hidden.left(id, nowNanos), members));
    }

    void gained(PeerConnection.Gained gained, Map<ConnectionId, Member> members, long nowNanos) {
        rule.ifPresent(hidden -> show(hidden.gained(gained.id(), gained.pieces(), nowNanos), members));
    }

    void passed(Map<ConnectionId, Member> members, long nowNanos) {
        rule.ifPresent(hidden -> show(hidden.passed(nowNanos), members));
    }

    private static void show(List<SuperSeeding.Show> shows, Map<ConnectionId, Member> members) {
        for (SuperSeeding.Show show : shows) {
            Member member = members.get(show.to());
            if (member != null) {
                member.peer.tell(new PeerConnection.Announce(show.piece()));
            }
        }
    }

    /** Whether a peer with so many pieces is another seed: then nothing need be hidden any more. */
    boolean fallsBefore(int have) {
        return hides() && have == pieces;
    }

    /** From now on nothing is hidden. */
    void fall() {
        rule = Optional.empty();
    }
}
