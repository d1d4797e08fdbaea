package ahti.peer;

import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a peer has told of itself (BEP 10), all of it lies perhaps.
 *
 * @param client what it calls itself, cleaned and cut
 * @param port where it listens; 0: it did not say
 * @param weAre our address, as it sees us
 * @param metadataSize bytes of the info dictionary that it can hand out
 * @param exchangesPeers whether it wants to be told of other peers (BEP 11)
 * @param uploadOnly whether it wants nothing more (BEP 21)
 */
public record Introduction(
        Optional<String> client,
        int port,
        Optional<InetAddress> weAre,
        OptionalLong metadataSize,
        boolean exchangesPeers,
        boolean uploadOnly) {
    /** Nothing. */
    public static final Introduction NONE =
            new Introduction(Optional.empty(), 0, Optional.empty(), OptionalLong.empty(), false, false);

    /** With what it said now; what that leaves out stays. */
    Introduction with(ExtensionHandshake said) {
        return new Introduction(
                said.client().or(this::client),
                said.port().orElse(port),
                said.youAre().or(this::weAre),
                said.metadataSize().isPresent() ? said.metadataSize() : metadataSize,
                said.numbers().getOrDefault(ExtensionName.PEERS, exchangesPeers ? 1 : 0) != 0,
                said.uploadOnly().orElse(uploadOnly));
    }

    Introduction uploadOnly(boolean only) {
        return new Introduction(client, port, weAre, metadataSize, exchangesPeers, only);
    }
}
