package ahti.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code ahti.dht}: see reference.conf for each key. */
public record DhtConfig(
        boolean enabled,
        List<HostAndPort> bootstrap,
        Optional<Path> state,
        boolean readOnly,
        boolean enforceIds,
        Duration queryTimeout,
        Duration slowAfter,
        int parallel,
        int maxAsked,
        int maxLookups,
        Duration searchInterval,
        Duration searchPause,
        Duration joinPause,
        Duration joinPauseMax,
        int answersPerSecond,
        int answersPerAddress,
        int maxHashes,
        int maxPeers,
        int peersPerAddress,
        Duration peerLifetime,
        Duration tokenLifetime,
        int values,
        Duration saveInterval,
        int maxSaved,
        int introductionsPerMinute) {

    static DhtConfig from(Config dht) {
        String state = dht.getString("state");
        return new DhtConfig(
                dht.getBoolean("enabled"),
                dht.getStringList("bootstrap").stream().map(HostAndPort::parse).toList(),
                state.isEmpty() ? Optional.empty() : Optional.of(Path.of(state)),
                dht.getBoolean("read-only"),
                dht.getBoolean("enforce-ids"),
                dht.getDuration("query-timeout"),
                dht.getDuration("slow-after"),
                atLeast(1, dht, "parallel"),
                atLeast(8, dht, "max-asked"),
                atLeast(1, dht, "max-lookups"),
                dht.getDuration("search-interval"),
                dht.getDuration("search-pause"),
                dht.getDuration("join-pause"),
                dht.getDuration("join-pause-max"),
                atLeast(1, dht, "answers-per-second"),
                atLeast(1, dht, "answers-per-address"),
                atLeast(1, dht, "max-hashes"),
                atLeast(1, dht, "max-peers"),
                atLeast(1, dht, "peers-per-address"),
                dht.getDuration("peer-lifetime"),
                dht.getDuration("token-lifetime"),
                atLeast(1, dht, "values"),
                dht.getDuration("save-interval"),
                atLeast(0, dht, "max-saved"),
                atLeast(0, dht, "introductions-per-minute"));
    }

    private static int atLeast(int least, Config dht, String key) {
        int value = dht.getInt(key);
        if (value < least) {
            throw new IllegalArgumentException("ahti.dht." + key + " must be " + least + " or more, not " + value);
        }
        return value;
    }
}
