package ahti.testkit.script;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.wire.PeerMessage;
import org.apache.pekko.util.ByteString;

/** What a scripted peer heard from the engine and no step of the script has taken yet. */
public sealed interface Heard {

    /**
     * The engine's handshake.
     *
     * @param reserved eight bytes, in which extensions are offered
     */
    record Handshake(ByteString reserved, InfoHash infoHash, PeerId peerId) implements Heard {}

    /** A message. */
    record Message(PeerMessage message) implements Heard {}

    /** Bytes that are none of the protocol's. Nothing is understood after them. */
    record Nonsense(String why) implements Heard {}
}
