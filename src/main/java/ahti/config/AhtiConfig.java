package ahti.config;

import ahti.core.Limits;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Everything under {@code ahti} in the configuration, checked and typed; a bad value fails here, naming its key. */
public record AhtiConfig(
        Limits limits,
        NetConfig net,
        PeerConfig peer,
        PickerConfig picker,
        DiskConfig disk,
        TrackerConfig tracker,
        TorrentConfig torrent,
        ReadConfig read,
        EngineConfig engine) {

    /** The defaults and what the application's configuration on the class path says, overridden by these lines. */
    public static AhtiConfig load(String... lines) {
        return from(ConfigFactory.parseString(String.join("\n", lines))
                .withFallback(ConfigFactory.load())
                .resolve());
    }

    /** Reads the {@code ahti} block of a resolved configuration. */
    public static AhtiConfig from(Config root) {
        Config ahti = root.getConfig("ahti");
        return new AhtiConfig(
                LimitsReader.from(ahti.getConfig("limits")),
                NetConfig.from(ahti.getConfig("net")),
                PeerConfig.from(ahti.getConfig("peer")),
                PickerConfig.from(ahti.getConfig("picker")),
                DiskConfig.from(ahti.getConfig("disk")),
                TrackerConfig.from(ahti.getConfig("tracker")),
                TorrentConfig.from(ahti.getConfig("torrent")),
                ReadConfig.from(ahti.getConfig("read")),
                EngineConfig.from(ahti.getConfig("engine")));
    }
}
