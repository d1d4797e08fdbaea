package ahti.config;

import com.typesafe.config.Config;

/** {@code ahti.record}: see reference.conf for each key. */
public record RecordConfig(long maxSize) {

    static RecordConfig from(Config record) {
        return new RecordConfig(record.getBytes("max-size"));
    }
}
