package ahti.testkit.record.event;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * What a recorded engine began with.
 *
 * @param ahti the version that recorded
 * @param java the version of Java that it ran on
 * @param seed of all its randomness
 * @param masked whether addresses, peer ids, names and paths were replaced
 * @param settings that differ from their defaults, as {@code key=value}
 * @param listenOn local addresses; empty means all
 */
public record Header(
        String ahti,
        String java,
        long seed,
        boolean masked,
        List<String> settings,
        List<InetAddress> listenOn,
        RecordedTorrent torrent) {

    /**
     * What a recorded engine does without: the DHT, whose datagrams are about others, and would have to stay the same from one
     * version to the next; and what peers tell of other peers, which a masked recording must not keep.
     */
    public static final Map<String, Object> WITHOUT =
            Map.of("ahti.dht.enabled", false, "ahti.discovery.lpd", false, "ahti.discovery.pex", false);
}
