package ahti.testkit.script;

import ahti.wire.FrameDecoder;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/** Makes messages of what a scripted peer hears on one connection, and keeps them until the script takes them. */
final class Hearing implements Wire.Ear {
    private static final int RESERVED_FROM = 20;
    private static final int RESERVED_TO = 28;

    private final Transcript transcript;
    private final int pieces;
    private final FrameDecoder decoder;
    private final ArrayDeque<Heard> untaken = new ArrayDeque<>();
    private ByteString opening = ByteString.emptyByteString();
    private boolean greeted;
    private boolean lost;
    private Optional<String> over = Optional.empty();

    Hearing(Transcript transcript, int pieces) {
        this.transcript = transcript;
        this.pieces = pieces;
        this.decoder = new FrameDecoder(FrameDecoder.maxLength(pieces));
    }

    /** How the connection ended; empty while it has not. */
    Optional<String> over() {
        return over;
    }

    /** Whether something waits that is not to be ignored. Drops what is. */
    boolean has(Predicate<Heard> ignored) {
        while (!untaken.isEmpty() && ignored.test(untaken.peek())) {
            untaken.remove();
        }
        return !untaken.isEmpty();
    }

    Heard take() {
        return untaken.remove();
    }

    @Override
    public void heard(ByteString bytes) {
        if (lost) {
            return;
        }
        try {
            ByteString frames = greeted ? bytes : greeting(bytes);
            if (greeted) {
                for (PeerMessage message : decoder.feed(frames)) {
                    transcript.hears(Wording.of(message, pieces));
                    untaken.add(new Heard.Message(message));
                }
            }
        } catch (ProtocolException e) {
            lost = true;
            transcript.hears("nonsense: " + e.getMessage());
            untaken.add(new Heard.Nonsense(String.valueOf(e.getMessage())));
        }
    }

    /** What comes after the handshake. */
    private ByteString greeting(ByteString bytes) throws ProtocolException {
        opening = opening.concat(bytes);
        var infoHash = Handshake.infoHash(opening);
        var peerId = Handshake.peerId(opening);
        if (infoHash.isEmpty() || peerId.isEmpty()) {
            return ByteString.emptyByteString();
        }
        greeted = true;
        transcript.hears(Wording.handshake(peerId.get(), infoHash.get()));
        untaken.add(
                new Heard.Handshake(opening.slice(RESERVED_FROM, RESERVED_TO).compact(), infoHash.get(), peerId.get()));
        return opening.drop(Handshake.LENGTH);
    }

    @Override
    public void over(String how) {
        over = Optional.of(how);
        transcript.hears(how);
    }

    /** Says in words what was heard. */
    String words(Heard heard) {
        if (heard instanceof Heard.Message message) {
            return Wording.of(message.message(), pieces);
        } else if (heard instanceof Heard.Handshake handshake) {
            return Wording.handshake(handshake.peerId(), handshake.infoHash());
        }
        return "nonsense: " + ((Heard.Nonsense) heard).why();
    }
}
