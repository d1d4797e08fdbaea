package ahti.config;

import ahti.core.Limits;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;

/** Everything under {@code ahti} in the configuration, checked and typed; a bad value fails here, naming its key. */
public record AhtiConfig(
        Limits limits,
        NetConfig net,
        PeerConfig peer,
        RatesConfig rates,
        PickerConfig picker,
        DiskConfig disk,
        TrackerConfig tracker,
        TorrentConfig torrent,
        ReadConfig read,
        EngineConfig engine,
        RecordConfig record,
        DhtConfig dht,
        DiscoveryConfig discovery,
        WebSeedConfig webSeed) {

    /** The defaults and what the application's configuration on the class path says, overridden by these lines. */
    public static AhtiConfig load(String... lines) {
        return from(ConfigFactory.parseString(String.join("\n", lines))
                .withFallback(ConfigFactory.load())
                .resolve());
    }

    /**
     * What the configuration of this actor system says: {@code application.conf} and whatever else its application chose.
     *
     * @throws IllegalArgumentException with a sentence for the user, naming the key
     */
    public static AhtiConfig of(ActorSystem<?> system) {
        try {
            return from(system.settings().config());
        } catch (ConfigException e) {
            throw new IllegalArgumentException("configuration: " + e.getMessage(), e);
        }
    }

    /** Reads the {@code ahti} block of a resolved configuration. */
    public static AhtiConfig from(Config root) {
        Config ahti = root.getConfig("ahti");
        Negatives.refuse(ahti);
        return new AhtiConfig(
                LimitsReader.from(ahti.getConfig("limits")),
                NetConfig.from(ahti.getConfig("net")),
                PeerConfig.from(ahti.getConfig("peer")),
                RatesConfig.from(ahti.getConfig("rates")),
                PickerConfig.from(ahti.getConfig("picker")),
                DiskConfig.from(ahti.getConfig("disk")),
                TrackerConfig.from(ahti.getConfig("tracker")),
                TorrentConfig.from(ahti.getConfig("torrent")),
                ReadConfig.from(ahti.getConfig("read")),
                EngineConfig.from(ahti.getConfig("engine")),
                RecordConfig.from(ahti.getConfig("record")),
                DhtConfig.from(ahti.getConfig("dht")),
                DiscoveryConfig.from(ahti.getConfig("discovery")),
                WebSeedConfig.from(ahti.getConfig("web-seed")));
    }

    /** The same with another part. */
    public AhtiConfig with(NetConfig other) {
        return new AhtiConfig(
                limits, other, peer, rates, picker, disk, tracker, torrent, read, engine, record, dht, discovery,
                webSeed);
    }
}
