package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.regex.Pattern;

/** No number, size or time of ours means anything below zero: refused here for all keys, with the key's name. */
final class Negatives {
    private static final Pattern NEGATIVE = Pattern.compile("-\\s*[0-9.]+([eE][+-]?[0-9]+)?\\s*[A-Za-z]*");

    private Negatives() {}

    static void refuse(Config ahti) {
        for (Map.Entry<String, ConfigValue> entry : ahti.entrySet()) {
            String written = String.valueOf(entry.getValue().unwrapped());
            if (NEGATIVE.matcher(written).matches()) {
                throw new ConfigException.BadValue(
                        entry.getValue().origin(), "ahti." + entry.getKey(), written + " is below zero");
            }
        }
    }
}
