package ahti.peer;

import ahti.actor.Handlers;
import ahti.config.PeerConfig;
import ahti.core.InfoHash;
import ahti.peer.PeerConnection.Command;
import ahti.wire.Handshake;
import ahti.wire.ProtocolException;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * A stranger: connected, but has not said yet which torrent it wants, or nobody has said yet that it may enter.
 *
 * <p>Nothing is sent to it. Ends after the handshake timeout, without a word to anyone when it never named a torrent.
 */
final class Arriving extends Phase {
    private final ActorRef<PeerConnection.Event> receptionist;
    /** What it sent so far; bounded, for nothing is read on once the info hash is here. */
    private ByteString seen = ByteString.emptyByteString();

    Arriving(Common common, PeerConfig config, ActorRef<PeerConnection.Event> receptionist) {
        super(common);
        this.receptionist = receptionist;
        common.timers().startSingleTimer(PeerConnection.HandshakeOverdue.INSTANCE, config.handshakeTimeout());
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(PeerConnection.Received.class, this::onReceived)
                .onMessage(PeerConnection.Enter.class, this::onEnter)
                .onMessage(PeerConnection.Started.class, this::onStarted)
                .onMessage(PeerConnection.Disconnect.class, this::onDisconnect)
                .onMessage(PeerConnection.HandshakeOverdue.class, message -> Behaviors.stopped())
                .onMessage(PeerConnection.Closed.class, message -> Behaviors.stopped())
                .onMessage(PeerConnection.Broken.class, message -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> onReceived(PeerConnection.Received message) {
        link.read(message.reader());
        seen = seen.concat(message.bytes());
        try {
            Optional<InfoHash> wanted = Handshake.infoHash(seen);
            if (wanted.isEmpty()) {
                link.readOn();
            } else {
                receptionist.tell(
                        new PeerConnection.Arrived(wanted.get(), getContext().getSelf(), common.address()));
            }
            return this;
        } catch (ProtocolException e) {
            getContext().getLog().debug("{} is no peer: {}", common.address(), e.getMessage());
            return Behaviors.stopped();
        }
    }

    private Behavior<Command> onDisconnect(PeerConnection.Disconnect message) {
        getContext().getLog().debug("{} may not come in: {}", common.address(), message.reason());
        return Behaviors.stopped();
    }

    private Behavior<Command> onEnter(PeerConnection.Enter message) {
        return Greeting.welcoming(common, message.setup(), seen);
    }
}
