package ahti.config;

import com.typesafe.config.Config;

/** {@code ahti.disk}: see reference.conf for each key. */
public record DiskConfig(int maxOpenFiles, boolean preallocate, int hashers) {

    static DiskConfig from(Config disk) {
        int hashers = disk.getInt("hashers");
        return new DiskConfig(
                disk.getInt("max-open-files"),
                disk.getBoolean("preallocate"),
                hashers > 0 ? hashers : Runtime.getRuntime().availableProcessors());
    }
}
