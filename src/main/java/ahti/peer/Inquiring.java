package ahti.peer;

import ahti.actor.Handlers;
import ahti.core.PeerId;
import ahti.peer.PeerConnection.Command;
import ahti.peer.PeerConnection.Parting;
import ahti.wire.Capabilities;
import ahti.wire.ExtensionName;
import ahti.wire.FrameDecoder;
import ahti.wire.MetadataMessage;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * Only the torrent's hash is known, so nothing can be shared: the peer is asked for the metadata, block by block as the torrent
 * says (BEP 9). What else it says is of no use yet, and is not kept.
 */
final class Inquiring extends Owned {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** A torrent may have so many pieces, and its peers send bitfields of that size. */
    private static final int MOST_PIECES = 4_000_000;

    private final FrameDecoder decoder;
    private final Patience patience;
    private final Extensions extensions;
    private final Capabilities agreed;
    private final DhtPort dhtPort;
    private final PeerId theirId;
    private final Set<Integer> asked = new LinkedHashSet<>();

    Inquiring(Owned before, PeerId theirId, Capabilities agreed) {
        super(before.common, before.setup, before.stored);
        this.theirId = theirId;
        this.agreed = agreed;
        this.decoder = new FrameDecoder(
                FrameDecoder.maxLength(MOST_PIECES, setup.config().message()));
        this.patience = new Patience(setup.config(), link);
        this.extensions = new Extensions(setup, link, common.address(), patience, new Answers());
        this.dhtPort = new DhtPort(setup, common.address(), agreed);
    }

    /** What the peer answers; of pieces it has nothing to say to us yet. */
    private final class Answers implements Extensions.Listener {
        @Override
        public void lost(int piece) {}

        @Override
        public void queueOf(int requests) {}

        @Override
        public void metadata(MetadataMessage message) {
            if (!asked.remove(message.block())) {
                return;
            }
            if (message instanceof MetadataMessage.Data data) {
                // A copy: a slice would keep the whole read in memory.
                setup.owner()
                        .tell(new PeerConnection.MetadataCame(
                                setup.id(),
                                data.block(),
                                data.totalSize(),
                                data.bytes().compact()));
            } else {
                setup.owner().tell(new PeerConnection.MetadataRefused(setup.id(), message.block()));
            }
        }
    }

    Behavior<Command> begin(ByteString rest) {
        if (!agreed.extended()) {
            return leave(Parting.CLOSED, "it cannot be asked for metadata");
        }
        if (agreed.fast()) {
            link.queue(PeerMessage.Possession.HAVE_NONE);
        }
        extensions.begin(false);
        dhtPort.begin(link);
        common.timers().startTimerWithFixedDelay(PeerConnection.Tick.INSTANCE, SECOND);
        setup.owner()
                .tell(new PeerConnection.Greeted(
                        setup.id(), getContext().getSelf(), theirId, common.address(), common.incoming()));
        return take(rest);
    }

    @Override
    public Receive<Command> createReceive() {
        return owned(new Handlers<Command>())
                .onMessage(PeerConnection.Received.class, this::onReceived)
                .onMessage(PeerConnection.Sent.class, this::onSent)
                .onMessage(PeerConnection.AskMetadata.class, this::onAskMetadata)
                .onMessage(PeerConnection.Tick.class, this::onTick)
                .onMessage(PeerConnection.Connected.class, this::ignore)
                .onMessage(PeerConnection.HandshakeOverdue.class, this::ignore)
                .build();
    }

    private Behavior<Command> onReceived(PeerConnection.Received message) {
        link.read(message.reader());
        pulse.heard(setup.clock().nanos());
        return take(message.bytes());
    }

    private Behavior<Command> take(ByteString bytes) {
        try {
            for (PeerMessage message : decoder.feed(bytes)) {
                if (message instanceof PeerMessage.Extended extended) {
                    extensions.heard(extended);
                } else {
                    patience.spend(1);
                }
                if (message instanceof PeerMessage.Port port) {
                    dhtPort.heard(port.port());
                }
            }
        } catch (ProtocolException e) {
            return leave(Parting.BROKE_RULE, e.violation().describe());
        }
        return finish();
    }

    private Behavior<Command> onAskMetadata(PeerConnection.AskMetadata message) {
        if (asked.add(message.block())) {
            extensions.say(ExtensionName.METADATA, new MetadataMessage.Request(message.block()).toBody());
        }
        return finish();
    }

    private Behavior<Command> onSent(PeerConnection.Sent message) {
        pulse.taken(setup.clock().nanos());
        link.sent();
        return finish();
    }

    private Behavior<Command> onTick(PeerConnection.Tick message) {
        long now = setup.clock().nanos();
        Optional<String> gone = pulse.gone(now, true, link.isWriting());
        if (gone.isPresent()) {
            return leave(Parting.SILENT, gone.get() + ", and nothing is known of the torrent yet");
        }
        patience.tick();
        if (pulse.isKeepAliveDue(now)) {
            link.queue(PeerMessage.KeepAlive.INSTANCE);
        }
        return finish();
    }

    private Behavior<Command> finish() {
        if (link.backlog() > 0) {
            pulse.said(setup.clock().nanos());
            link.flush();
        }
        if (link.talkWaiting() <= setup.config().talkBuffer()) {
            link.readOn();
        }
        return this;
    }

    @Override
    Behavior<Command> onAnnounce(PeerConnection.Announce message) {
        return this;
    }
}
