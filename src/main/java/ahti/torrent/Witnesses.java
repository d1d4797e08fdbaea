package ahti.torrent;

import ahti.core.InfoHash;
import ahti.net.place.Voter;
import ahti.net.place.Whereabouts;
import ahti.peer.Introduction;
import ahti.tracker.Announcer;
import org.apache.pekko.actor.typed.ActorRef;

/** Hands on what the peers and trackers of one torrent say of our address. */
final class Witnesses {
    private final ActorRef<Whereabouts.Command> whereabouts;
    private final Voter trackers;

    Witnesses(ActorRef<Whereabouts.Command> whereabouts, InfoHash infoHash) {
        this.whereabouts = whereabouts;
        this.trackers = Voter.trackersOf(infoHash.hex());
    }

    /** A peer has told of itself; what it had said of us before is not said again. */
    void peer(Member member, Introduction introduction) {
        introduction
                .weAre()
                .filter(seen -> !member.introduction.weAre().equals(introduction.weAre()))
                .ifPresent(seen -> whereabouts.tell(new Whereabouts.Vote(Voter.at(member.address), seen)));
    }

    void tracker(Announcer.SeenAs seen) {
        whereabouts.tell(new Whereabouts.Vote(trackers, seen.address().getAddress()));
    }
}
