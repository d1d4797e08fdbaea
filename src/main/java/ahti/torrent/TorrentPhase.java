package ahti.torrent;

import ahti.torrent.Torrent.Command;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;

/** What all phases of a torrent share. */
abstract class TorrentPhase extends AbstractBehavior<Command> {
    final Station station;

    TorrentPhase(Station station) {
        super(station.context);
        this.station = station;
    }

    /** A message that the phase it was for has not lived to see. */
    final Behavior<Command> ignore(Command late) {
        getContext().getLog().trace("too late: {}", late);
        return this;
    }

    /** No stranger is let in while no peers are kept. */
    final Behavior<Command> onUnwelcome(Torrent.Welcome message) {
        message.peer().tell(new ahti.peer.PeerConnection.Disconnect("no peers are wanted now"));
        return this;
    }

    /** Addresses for a swarm that is not there yet. */
    final Behavior<Command> onAddPeers(Torrent.AddPeers message) {
        station.addPeers(message.peers());
        return this;
    }

    /** The announcer of this swarm, or of one before a pause, has said goodbye. */
    Behavior<Command> onTrackersDone(Torrent.TrackersDone message) {
        station.farewellEnded();
        return this;
    }

    final Behavior<Command> onNoPeers(Torrent.GetPeers message) {
        message.replyTo().tell(new Torrent.Peers(List.of()));
        return this;
    }
}
