package ahti.peer;

import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import ahti.wire.PeerMessage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** The numbers that the peer gave to the extensions it takes (BEP 10): with them our messages reach it. */
final class Numbers {
    private final Map<ExtensionName, Integer> theirs = new EnumMap<>(ExtensionName.class);

    /** It said so now; what it left out stays. */
    void learn(ExtensionHandshake said) {
        theirs.putAll(said.numbers());
    }

    /** Whether it takes messages of an extension. */
    boolean has(ExtensionName name) {
        return theirs.getOrDefault(name, 0) != 0;
    }

    /** A message that it understands; empty when it takes none of that extension. */
    Optional<PeerMessage> message(ExtensionName name, ByteString body) {
        int number = theirs.getOrDefault(name, 0);
        return number == 0 ? Optional.empty() : Optional.of(new PeerMessage.Extended(number, body));
    }
}
