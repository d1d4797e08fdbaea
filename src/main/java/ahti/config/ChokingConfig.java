package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * Who is given upload slots, of {@code ahti.torrent}: see reference.conf for each key.
 *
 * @param slotsMin how many slots there are at least; with a fixed number the same as {@code slotsMax}
 */
public record ChokingConfig(
        int slotsMin,
        int slotsMax,
        boolean serveNeighbours,
        Duration interval,
        Duration optimisticInterval,
        Duration snubTime,
        SeedChoking seeding,
        int seedPieces,
        Duration seedTurnMin,
        Duration seedTurn) {

    /** Who is served by a torrent that wants nothing itself. */
    public enum SeedChoking {
        /** One after the other, who was given least lately first. */
        ROUND_ROBIN,
        /** Who takes most. */
        FASTEST
    }

    static ChokingConfig from(Config torrent) {
        boolean auto = torrent.getString("upload-slots").equals("auto");
        int min = auto ? atLeastOne(torrent, "upload-slots-min") : fixed(torrent);
        int max = auto ? atLeastOne(torrent, "upload-slots-max") : min;
        if (max < min) {
            throw new ConfigException.BadValue("ahti.torrent.upload-slots-max", "less than upload-slots-min");
        }
        return new ChokingConfig(
                min,
                max,
                torrent.getBoolean("serve-neighbours"),
                torrent.getDuration("choke-interval"),
                torrent.getDuration("optimistic-interval"),
                torrent.getDuration("snub-time"),
                seeding(torrent.getString("seed-choking")),
                atLeastOne(torrent, "seed-pieces"),
                torrent.getDuration("seed-turn-min"),
                torrent.getDuration("seed-turn"));
    }

    private static int fixed(Config torrent) {
        return atLeast(0, torrent, "upload-slots");
    }

    private static int atLeastOne(Config torrent, String key) {
        return atLeast(1, torrent, key);
    }

    private static int atLeast(int least, Config torrent, String key) {
        int value = torrent.getInt(key);
        if (value < least) {
            throw new ConfigException.BadValue("ahti.torrent." + key, "must be at least " + least);
        }
        return value;
    }

    private static SeedChoking seeding(String text) {
        return switch (text) {
            case "round-robin" -> SeedChoking.ROUND_ROBIN;
            case "fastest" -> SeedChoking.FASTEST;
            default ->
                throw new ConfigException.BadValue("ahti.torrent.seed-choking", "round-robin or fastest, not " + text);
        };
    }
}
