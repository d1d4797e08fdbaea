package ahti.peer;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.core.PieceSet;
import ahti.peer.PeerConnection.Command;
import ahti.peer.PeerConnection.Parting;
import ahti.wire.Capabilities;
import ahti.wire.Handshake;
import ahti.wire.ProtocolException;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * The torrent is known and our handshake is on its way; the peer's is not complete yet. Becomes {@link Open} when it is.
 *
 * <p>A dialled connection begins here before the network has answered: the dialler speaks first.
 */
final class Greeting extends Owned {
    private ByteString seen;

    private Greeting(Common common, PeerSetup setup, ByteString seen) {
        super(
                common,
                setup,
                setup.content().map(content -> content.stored().toSet()).orElseGet(() -> new PieceSet(0)));
        this.seen = seen;
    }

    /** Speaks first; the deadline begins when the connection is open, for its opening has a timeout of its own. */
    static Behavior<Command> dialling(Common common, PeerSetup setup) {
        common.link().sendFirst(Handshake.encode(setup.infoHash(), setup.ours(), offered(setup)));
        return new Greeting(common, setup, ByteString.emptyByteString());
    }

    /** Answers a stranger that may enter; its deadline is running already. */
    static Behavior<Command> welcoming(Common common, PeerSetup setup, ByteString seen) {
        common.link().sendFirst(Handshake.encode(setup.infoHash(), setup.ours(), offered(setup)));
        return new Greeting(common, setup, seen).advance();
    }

    @Override
    public Receive<Command> createReceive() {
        return owned(new Handlers<Command>())
                .onMessage(PeerConnection.Received.class, this::onReceived)
                .onMessage(PeerConnection.Connected.class, this::onConnected)
                .onMessage(PeerConnection.NotConnected.class, this::onNotConnected)
                .onMessage(PeerConnection.HandshakeOverdue.class, this::onHandshakeOverdue)
                .onMessage(PeerConnection.Sent.class, this::onSent)
                .build();
    }

    private Behavior<Command> onConnected(PeerConnection.Connected message) {
        common.timers()
                .startSingleTimer(
                        PeerConnection.HandshakeOverdue.INSTANCE, setup.config().handshakeTimeout());
        return this;
    }

    private Behavior<Command> onNotConnected(PeerConnection.NotConnected message) {
        return leave(Parting.UNREACHABLE, message.reason());
    }

    private Behavior<Command> onHandshakeOverdue(PeerConnection.HandshakeOverdue message) {
        return leave(Parting.SILENT, "no handshake in time");
    }

    private Behavior<Command> onSent(PeerConnection.Sent message) {
        link.sent();
        return this;
    }

    private Behavior<Command> onReceived(PeerConnection.Received message) {
        link.read(message.reader());
        seen = seen.concat(message.bytes());
        return advance();
    }

    private Behavior<Command> advance() {
        Optional<InfoHash> theirTorrent;
        try {
            theirTorrent = Handshake.infoHash(seen);
        } catch (ProtocolException e) {
            return leave(Parting.BROKE_RULE, e.violation().describe());
        }
        if (theirTorrent.isPresent() && !isOurs(theirTorrent.get())) {
            return leave(Parting.BROKE_RULE, "its handshake names another torrent");
        }
        Optional<PeerId> theirs = Handshake.peerId(seen);
        if (theirs.isEmpty()) {
            link.readOn();
            return this;
        }
        if (theirs.get().equals(setup.ours())) {
            return leave(Parting.SELF, "that is ourselves");
        }
        common.timers().cancel(PeerConnection.HandshakeOverdue.INSTANCE);
        Capabilities agreed = offered(setup).and(Handshake.capabilities(seen));
        if (setup.content().isEmpty()) {
            return new Inquiring(this, theirs.get(), agreed).begin(seen.drop(Handshake.LENGTH));
        }
        return new Open(this, theirs.get(), agreed).begin(seen.drop(Handshake.LENGTH));
    }

    private static Capabilities offered(PeerSetup setup) {
        return new Capabilities(setup.config().fast(), true, setup.ourselves().dhtPort() != 0);
    }

    private boolean isOurs(InfoHash wire) {
        return wire.equals(InfoHash.v1(setup.infoHash().wireBytes()));
    }

    @Override
    Behavior<Command> onAnnounce(PeerConnection.Announce message) {
        PieceSet ours = stored;
        ours.add(message.piece());
        return this;
    }
}
