package ahti.peer;

import ahti.actor.Handlers;
import ahti.core.PieceSet;
import ahti.peer.PeerConnection.Command;
import ahti.peer.PeerConnection.Parting;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A phase in which the connection belongs to a torrent, which hears how it ends. */
abstract class Owned extends Phase {
    final PeerSetup setup;
    /** What we have: the setup's bitfield and every piece announced since. */
    final PieceSet stored;
    /** Whether we want nothing more: as the setup says, until we hear otherwise. */
    boolean uploadOnly;

    final Pulse pulse;

    Owned(Common common, PeerSetup setup, PieceSet stored) {
        super(common);
        this.setup = setup;
        this.stored = stored;
        this.uploadOnly = setup.ourselves().uploadOnly();
        this.pulse = new Pulse(setup.config(), setup.clock().nanos());
        // Who stops when the torrent does.
        ActorRef<?> torrent = setup.content().isPresent() ? setup.picker() : setup.owner();
        getContext().watchWith(torrent, PeerConnection.TorrentGone.INSTANCE);
    }

    /** Adds the handlers that all such phases share. */
    final Handlers<Command> owned(Handlers<Command> builder) {
        return builder.onMessage(PeerConnection.Announce.class, this::onAnnounce)
                .onMessage(PeerConnection.SetUploadOnly.class, this::onSetUploadOnly)
                .onMessage(PeerConnection.Reveal.class, this::onReveal)
                .onMessage(PeerConnection.Started.class, this::onStarted)
                .onMessage(PeerConnection.Doubt.class, this::onDoubt)
                .onMessage(PeerConnection.Disconnect.class, this::onDisconnect)
                .onMessage(PeerConnection.Closed.class, this::onClosed)
                .onMessage(PeerConnection.Broken.class, this::onBroken)
                .onMessage(PeerConnection.TorrentGone.class, this::onTorrentGone);
    }

    abstract Behavior<Command> onAnnounce(PeerConnection.Announce message);

    Behavior<Command> onSetUploadOnly(PeerConnection.SetUploadOnly message) {
        uploadOnly = message.uploadOnly();
        return this;
    }

    private Behavior<Command> onReveal(PeerConnection.Reveal message) {
        PieceSet all = message.pieces().toSet();
        for (int piece = all.nextSet(0); piece >= 0; piece = all.nextSet(piece + 1)) {
            onAnnounce(new PeerConnection.Announce(piece));
        }
        return this;
    }

    private Behavior<Command> onDoubt(PeerConnection.Doubt message) {
        pulse.doubt(setup.clock().nanos());
        return this;
    }

    private Behavior<Command> onDisconnect(PeerConnection.Disconnect message) {
        return leave(Parting.TOLD, message.reason());
    }

    private Behavior<Command> onClosed(PeerConnection.Closed message) {
        return leave(Parting.CLOSED, "closed by the peer");
    }

    private Behavior<Command> onBroken(PeerConnection.Broken message) {
        return leave(Parting.CLOSED, message.reason());
    }

    private Behavior<Command> onTorrentGone(PeerConnection.TorrentGone message) {
        return Behaviors.stopped();
    }

    /** What the owner must hear before it hears of the end. */
    void lastWords() {}

    /** Ends the connection and says why. */
    final Behavior<Command> leave(Parting parting, String reason) {
        lastWords();
        setup.owner().tell(new PeerConnection.Left(setup.id(), parting, reason));
        return Behaviors.stopped();
    }
}
