package ahti.testkit.time;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Puts the scheduler and every dispatcher of an actor system's configuration under virtual time. */
final class SystemConfig {
    static final String TIME = "ahti-virtual-time.id";
    static final String BLOCKING = "ahti-may-block";

    private SystemConfig() {}

    /** These lines, before what is on the class path. */
    static Config parse(String... settings) {
        return ConfigFactory.parseString(String.join("\n", settings)).withFallback(ConfigFactory.load());
    }

    static Config virtual(Config real, String id, Set<String> blocking) {
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put(TIME, id);
        changes.put("pekko.scheduler.implementation", VirtualScheduler.class.getName());
        changes.put("pekko.jvm-shutdown-hooks", "off");
        changes.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
        changes.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "on");
        Config resolved = real.resolve();
        dispatchers("", resolved.root(), changes);
        for (String dispatcher : blocking) {
            changes.put(dispatcher + "." + BLOCKING, true);
        }
        Config config = resolved;
        for (Map.Entry<String, Object> change : changes.entrySet()) {
            config = config.withValue(change.getKey(), ConfigValueFactory.fromAnyRef(change.getValue()));
        }
        return config;
    }

    /** Whatever has a type and an executor is a dispatcher. */
    private static void dispatchers(String path, ConfigObject object, Map<String, Object> changes) {
        if (object.containsKey("executor") && object.containsKey("type")) {
            changes.put(path + "type", "Dispatcher");
            changes.put(path + "executor", VirtualDispatcher.class.getName());
        }
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            if (entry.getValue() instanceof ConfigObject inner) {
                dispatchers(path + quoted(entry.getKey()) + ".", inner, changes);
            }
        }
    }

    private static String quoted(String key) {
        return com.typesafe.config.ConfigUtil.joinPath(key);
    }
}
