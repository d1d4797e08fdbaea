package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;

/**
 * {@code ahti.disk}: see reference.conf for each key.
 *
 * @param maxOpenFiles per torrent, at least 1
 * @param preallocate whether the room of a file is taken before its first byte is written
 * @param hashers pieces hashed at the same time, at least 1
 * @param compareChangeTime whether a file whose time of change is another counts as changed
 */
public record DiskConfig(int maxOpenFiles, boolean preallocate, int hashers, boolean compareChangeTime) {

    static DiskConfig from(Config disk) {
        int hashers = atLeast(0, disk, "hashers");
        return new DiskConfig(
                atLeast(1, disk, "max-open-files"),
                disk.getBoolean("preallocate"),
                hashers > 0 ? hashers : Runtime.getRuntime().availableProcessors(),
                disk.getBoolean("compare-change-time"));
    }

    private static int atLeast(int least, Config disk, String key) {
        int value = disk.getInt(key);
        if (value < least) {
            throw new ConfigException.BadValue(disk.getValue(key).origin(), "ahti.disk." + key, "below " + least);
        }
        return value;
    }
}
