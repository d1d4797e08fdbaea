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
        Duration webTimeout,
        int webRedirects,
        int maxStrangers,
        int backlog) {

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
                net.getDuration("web-timeout"),
                net.getInt("web-redirects"),
                net.getInt("max-strangers"),
                net.getInt("backlog"));
    }
}
