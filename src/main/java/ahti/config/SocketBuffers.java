package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigMemorySize;
import com.typesafe.config.ConfigValueFactory;

/**
 * How large Pekko's buffers between a socket and the heap may be. A connection whose peer does not take what we send holds one,
 * outside the heap, for as long as it likes; all of them together must fit into what there is for them.
 */
final class SocketBuffers {
    private static final String SIZE = "pekko.io.tcp.direct-buffer-size";

    /** Less makes a message of each block. */
    private static final long LEAST = 16 * 1024;

    private SocketBuffers() {}

    /** The same configuration, with smaller buffers when as many peers as it allows would need too much memory. */
    static Config fit(Config config) {
        int peers = Math.max(1, config.getInt("ahti.net.max-peers"));
        long most = Math.max(LEAST, config.getBytes("ahti.net.socket-memory") / peers);
        return config.getBytes(SIZE) <= most
                ? config
                : config.withValue(SIZE, ConfigValueFactory.fromAnyRef(ConfigMemorySize.ofBytes(most)));
    }
}
