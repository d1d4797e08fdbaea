package ahti.peer;

import ahti.core.InfoBytes;
import ahti.core.PeerContact;
import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import ahti.wire.MetadataMessage;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/**
 * The extension protocol on one open connection (BEP 10): both handshakes, and what the extensions say.
 *
 * <p>Numbers are for one direction each; a later handshake changes what it names. What makes no sense is idle talk and ends
 * nothing, for others extend the protocol, too.
 */
final class Extensions {
    /** What we call ourselves. */
    static final String CLIENT = "Ahti 0.1";

    private static final int HANDSHAKE = 0;
    private static final int INT = 4;

    private final PeerSetup setup;
    private final Link link;
    private final InetSocketAddress address;
    private final Patience patience;
    private final Listener listener;
    private final Numbers numbers = new Numbers();
    private final MetadataDesk metadata;
    private final PeerExchange exchange;
    private boolean spoke;
    private boolean uploadOnly;
    private Introduction introduction = Introduction.NONE;

    /** Who hears what extensions say about pieces, requests and metadata. */
    interface Listener {
        /** The peer has lost a piece (BEP 54). */
        void lost(int piece) throws ProtocolException;

        /** The peer keeps so many requests waiting at most. */
        void queueOf(int requests);

        /** The peer answers a request for metadata; of no meaning to who has them, and asks for none. */
        default void metadata(MetadataMessage answer) {}
    }

    Extensions(PeerSetup setup, Link link, InetSocketAddress address, Patience patience, Listener listener) {
        this.setup = setup;
        this.link = link;
        this.address = address;
        this.patience = patience;
        this.listener = listener;
        this.metadata = new MetadataDesk(setup.ourselves().metadata());
        this.exchange = new PeerExchange(setup.clock().nanos());
    }

    /** The peer speaks it, too: introduces us. */
    void begin(boolean wantsNothing) {
        spoke = true;
        uploadOnly = wantsNothing;
        Ourselves us = setup.ourselves();
        Map<ExtensionName, Integer> ours = new EnumMap<>(ExtensionName.class);
        for (ExtensionName name : ExtensionName.values()) {
            if (takes(name)) {
                ours.put(name, name.number());
            }
        }
        Optional<InfoBytes> info = us.metadata();
        link.queue(new ExtensionHandshake(
                        ours,
                        Optional.of(CLIENT),
                        us.port() == 0 ? OptionalInt.empty() : OptionalInt.of(us.port()),
                        OptionalInt.of(setup.config().uploadQueue()),
                        Optional.of(address.getAddress()),
                        info.isPresent() ? OptionalLong.of(info.get().length()) : OptionalLong.empty(),
                        uploadOnly ? Optional.of(true) : Optional.empty())
                .toMessage());
    }

    private boolean takes(ExtensionName name) {
        return switch (name) {
            // To be asked for it, or to ask.
            case METADATA ->
                setup.ourselves().metadata().isPresent() || setup.content().isEmpty();
            case PEERS -> setup.ourselves().exchangesPeers();
            case DONT_HAVE, UPLOAD_ONLY -> true;
        };
    }

    /** A message of an extension came. */
    void heard(PeerMessage.Extended message) throws ProtocolException {
        if (message.extension() == HANDSHAKE) {
            patience.spend(Patience.BITFIELD);
            onHandshake(message.body());
            return;
        }
        Optional<ExtensionName> name = ExtensionName.of(message.extension());
        if (!spoke || name.isEmpty() || !takes(name.get())) {
            patience.spend(1);
            return;
        }
        switch (name.get()) {
            case METADATA -> onMetadata(message.body());
            case DONT_HAVE -> onDontHave(message.body());
            case UPLOAD_ONLY -> onUploadOnly(message.body());
            case PEERS -> onPeers(message.body());
        }
    }

    private void onHandshake(ByteString body) {
        ExtensionHandshake.read(body).ifPresent(said -> {
            numbers.learn(said);
            said.queue().ifPresent(listener::queueOf);
            tell(introduction.with(said));
        });
    }

    private void tell(Introduction now) {
        if (!now.equals(introduction)) {
            introduction = now;
            setup.owner().tell(new PeerConnection.Introduced(setup.id(), now));
        }
    }

    private void onMetadata(ByteString body) throws ProtocolException {
        patience.spend(1);
        Optional<MetadataMessage> said = MetadataMessage.read(body);
        if (said.isPresent() && said.get() instanceof MetadataMessage.Request request) {
            metadata.asked(request).ifPresent(reject -> say(ExtensionName.METADATA, reject.toBody()));
        } else {
            said.ifPresent(listener::metadata);
        }
    }

    private void onPeers(ByteString body) throws ProtocolException {
        patience.spend(Patience.BITFIELD);
        List<PeerContact> contacts = exchange.heard(body, setup.clock().nanos());
        if (!contacts.isEmpty()) {
            setup.owner().tell(new PeerConnection.ContactsHeard(setup.id(), contacts));
        }
    }

    private void onDontHave(ByteString body) throws ProtocolException {
        patience.spend(Patience.BITFIELD);
        if (body.length() == INT) {
            listener.lost(body.asByteBuffer().getInt());
        }
    }

    private void onUploadOnly(ByteString body) throws ProtocolException {
        patience.spend(1);
        if (body.length() == 1) {
            tell(introduction.uploadOnly(body.apply(0) != 0));
        }
    }

    /** Whether we want nothing more has changed. */
    void uploadOnly(boolean only) {
        if (spoke && only != uploadOnly) {
            say(ExtensionName.UPLOAD_ONLY, ByteString.fromInts(only ? 1 : 0));
        }
        uploadOnly = only;
    }

    /** Gives out metadata that the peer asked for, as much as soon leaves. */
    void pump() {
        boolean more = true;
        while (more && link.talkWaiting() < MetadataMessage.BLOCK) {
            Optional<MetadataMessage> next = metadata.next();
            next.ifPresent(data -> say(ExtensionName.METADATA, data.toBody()));
            more = next.isPresent();
        }
    }

    /** Sends a message of an extension, if the peer takes it. */
    void say(ExtensionName name, ByteString body) {
        numbers.message(name, body).ifPresent(link::queue);
    }
}
