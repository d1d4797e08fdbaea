package ahti.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/** {@code ahti.net}: see reference.conf for each key. */
public record NetConfig(
        List<Integer> ports,
        List<String> bind,
        List<String> blocked,
        String blockList,
        int blockListSize,
        Duration connectTimeout,
        int maxHalfOpen,
        int maxPeers,
        boolean privateRedirects,
        boolean privateUrls,
        Duration webTimeout,
        int webRedirects,
        int maxStrangers,
        int backlog,
        int reservedHandles,
        int waitingDatagrams,
        int maxFetches,
        Duration lookInterval) {
    /** Of the connections that there are handles for, one in so many may be of somebody unknown. */
    private static final int STRANGERS_ARE_ONE_IN = 4;

    static NetConfig from(Config net) {
        return new NetConfig(
                PortRange.parse(net.getString("ports")),
                List.copyOf(net.getStringList("bind")),
                List.copyOf(net.getStringList("blocked")),
                net.getString("block-list"),
                (int) Math.min(Integer.MAX_VALUE, net.getBytes("block-list-size")),
                net.getDuration("connect-timeout"),
                net.getInt("max-half-open"),
                net.getInt("max-peers"),
                net.getBoolean("private-redirects"),
                net.getBoolean("private-urls"),
                net.getDuration("web-timeout"),
                net.getInt("web-redirects"),
                net.getInt("max-strangers"),
                net.getInt("backlog"),
                net.getInt("reserved-handles"),
                Math.max(1, net.getInt("waiting-datagrams")),
                Math.max(1, net.getInt("max-fetches")),
                net.getDuration("look-interval"));
    }

    /**
     * The same with fewer peers and strangers, when there are file handles for so many connections only: who is of no use must
     * leave because somebody else comes, and nobody else can come without a handle.
     */
    public NetConfig within(long handles) {
        int strangers = (int) Math.min(maxStrangers, Math.max(1, handles / STRANGERS_ARE_ONE_IN));
        int peers = (int) Math.min(maxPeers, Math.max(1, handles - strangers));
        return new NetConfig(
                ports,
                bind,
                blocked,
                blockList,
                blockListSize,
                connectTimeout,
                Math.min(maxHalfOpen, peers),
                peers,
                privateRedirects,
                privateUrls,
                webTimeout,
                webRedirects,
                strangers,
                backlog,
                reservedHandles,
                waitingDatagrams,
                maxFetches,
                lookInterval);
    }
}
