package ahti.torrent;

import ahti.actor.Handlers;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent.Command;
import ahti.torrent.Torrent.Stopped;
import ahti.torrent.why.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A magnet link on its way out, whether its metadata were found or not: the trackers hear goodbye, under their own cap. */
final class SayingGoodbye extends AbstractBehavior<Command> {
    private final MagnetSpec spec;
    private final List<ActorRef<Stopped>> replyTo = new ArrayList<>();

    private SayingGoodbye(Supervised.Foundling ward, MagnetSpec spec) {
        super(ward.context());
        this.spec = spec;
    }

    /** Everybody else has been sent home. */
    static Behavior<Command> begin(
            Supervised.Foundling ward, MagnetSpec spec, Lookout lookout, Optional<ActorRef<Stopped>> asker) {
        if (!lookout.awaitsFarewell()) {
            asker.ifPresent(one -> one.tell(Stopped.INSTANCE));
            return Behaviors.stopped();
        }
        SayingGoodbye phase = new SayingGoodbye(ward, spec);
        asker.ifPresent(phase.replyTo::add);
        return phase;
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Torrent.TrackersDone.class, this::onTrackersDone)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onGetPeers)
                .onMessage(Torrent.Welcome.class, this::onWelcome)
                .onAnyMessage(message -> this)
                .build();
    }

    private Behavior<Command> onTrackersDone(Torrent.TrackersDone message) {
        replyTo.forEach(asker -> asker.tell(Stopped.INSTANCE));
        return Behaviors.stopped();
    }

    private Behavior<Command> onStop(Torrent.Stop message) {
        replyTo.add(message.replyTo());
        return this;
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        message.replyTo()
                .tell(TorrentStatus.unknown(
                        spec.magnet().infoHash(),
                        spec.magnet().title(),
                        TorrentState.PAUSED,
                        new TorrentStatus.Peers(0, 0, 0, 0),
                        Optional.empty(),
                        new WaitReason.Stopping(),
                        Optional.empty()));
        return this;
    }

    private Behavior<Command> onGetPeers(Torrent.GetPeers message) {
        message.replyTo().tell(new Torrent.Peers(List.of()));
        return this;
    }

    private Behavior<Command> onWelcome(Torrent.Welcome message) {
        message.peer().tell(new PeerConnection.Disconnect("no peers are wanted now"));
        return this;
    }
}
