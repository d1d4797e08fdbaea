package ahti.config;

import com.typesafe.config.Config;

/**
 * {@code ahti.read}: see reference.conf for each key.
 *
 * @param ahead bytes
 * @param chunk bytes
 */
public record ReadConfig(long ahead, int chunk, int maxReaders) {
    public ReadConfig {
        if (ahead < 1 || chunk < 1 || maxReaders < 0) {
            throw new IllegalArgumentException("ahti.read: ahead = " + ahead + " and chunk = " + chunk
                    + " must be at least 1, max-readers = " + maxReaders + " at least 0");
        }
    }

    static ReadConfig from(Config read) {
        return new ReadConfig(
                read.getBytes("ahead"), Math.toIntExact(read.getBytes("chunk")), read.getInt("max-readers"));
    }
}
