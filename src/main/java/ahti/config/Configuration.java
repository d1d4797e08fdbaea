package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** A whole configuration, Pekko's part included: flags over a file over the defaults of reference.conf. */
public final class Configuration {
    private final Config root;
    private final Config defaults;
    private final AhtiConfig ahti;

    private Configuration(Config root, Config defaults, AhtiConfig ahti) {
        this.root = root;
        this.defaults = defaults;
        this.ahti = ahti;
    }

    /** Makes actor systems: {@link #start(String, Behavior)} otherwise does it itself. */
    @FunctionalInterface
    public interface Starter {
        /** An actor system with that configuration. */
        <T> ActorSystem<T> start(Behavior<T> guardian, String name, Config config);
    }

    /**
     * Reads and checks everything.
     *
     * @param file HOCON of the user; none: only defaults
     * @param mustExist whether a missing file is an error; otherwise it is as if empty
     * @param settings {@code key=value} of the user; {@code ahti.} may be left out; every key must exist
     * @param flags what other options of the command say, by full key
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Configuration load(
            Optional<Path> file, boolean mustExist, List<String> settings, Map<String, Object> flags) {
        try {
            Config defaults = defaults();
            Config user = file.map(path -> parse(path, mustExist)).orElse(ConfigFactory.empty());
            for (String setting : settings) {
                user = set(setting, user, defaults);
            }
            for (Map.Entry<String, Object> flag : flags.entrySet()) {
                user = user.withValue(flag.getKey(), ConfigValueFactory.fromAnyRef(flag.getValue(), "option"));
            }
            Config root = user.withFallback(defaults).resolve();
            return new Configuration(root, defaults, AhtiConfig.from(root));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("configuration: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            // The library calls itself for each bracket, and has no bound of its own.
            throw new IllegalArgumentException("configuration: too many brackets inside each other", e);
        }
    }

    /**
     * For an actor system that a library keeps to itself: {@code settings} over what the application's own configuration says
     * under {@code ahti}. What it says to its own actor systems under {@code pekko} is not for this one: it may make them a
     * cluster, or give them a port.
     *
     * @param settings by key of reference.conf; {@code ahti.} may be left out
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Configuration embedded(Map<String, ?> settings) {
        try {
            Config reference = ConfigFactory.defaultReference();
            Config user = ConfigFactory.empty();
            for (Map.Entry<String, ?> setting : settings.entrySet()) {
                String key = key(setting.getKey());
                if (!isKey(key, reference)) {
                    throw new IllegalArgumentException("'" + setting.getKey() + "' is no key of reference.conf");
                }
                user = user.withValue(key, ConfigValueFactory.fromAnyRef(setting.getValue(), "setting"));
            }
            Config root = ConfigFactory.parseResources("ahti-embedded.conf")
                    .withFallback(user)
                    .withFallback(ConfigFactory.defaultOverrides().withOnlyPath("ahti"))
                    .withFallback(ConfigFactory.defaultApplication().withOnlyPath("ahti"))
                    .withFallback(reference)
                    .resolve();
            return new Configuration(root, defaults(), AhtiConfig.from(root));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("configuration: " + e.getMessage(), e);
        }
    }

    /** Those of the command. */
    private static Config defaults() {
        return ConfigFactory.parseResources("ahti-command.conf").withFallback(ConfigFactory.defaultReference());
    }

    private static String key(String written) {
        return written.startsWith("ahti.") || written.startsWith("pekko.") ? written : "ahti." + written;
    }

    private static Config parse(Path file, boolean mustExist) {
        try {
            return ConfigFactory.parseURL(
                    file.toUri().toURL(),
                    ConfigParseOptions.defaults().setAllowMissing(!mustExist).setOriginDescription(file.toString()));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("'" + file + "' is not a path", e);
        }
    }

    private static Config set(String setting, Config user, Config defaults) {
        int equals = setting.indexOf('=');
        String written = setting.substring(0, Math.max(0, equals)).strip();
        String key = key(written);
        if (equals < 1 || !isKey(key, defaults)) {
            throw new IllegalArgumentException(
                    "'" + setting + "' sets nothing: write KEY=VALUE with a key of reference.conf");
        }
        String value = setting.substring(equals + 1).strip();
        return user.withValue(
                key,
                value.startsWith("[")
                        ? ConfigFactory.parseString("value = " + value).getValue("value")
                        : ConfigValueFactory.fromAnyRef(value, "--set"));
    }

    private static boolean isKey(String key, Config defaults) {
        try {
            return defaults.hasPath(key);
        } catch (ConfigException.BadPath e) {
            return false;
        }
    }

    /** The checked values. */
    public AhtiConfig ahti() {
        return ahti;
    }

    /** Starts an actor system that reads this configuration. */
    public <T> ActorSystem<T> start(String name, Behavior<T> guardian) {
        return ActorSystem.create(guardian, name, SocketBuffers.fit(root));
    }

    /** Has somebody else start an actor system that reads this configuration. */
    public <T> ActorSystem<T> start(String name, Behavior<T> guardian, Starter starter) {
        return starter.start(guardian, name, SocketBuffers.fit(root));
    }

    /** What differs from the defaults of {@link #load}, as {@code key=value} in the order of the keys; it reads them again. */
    public List<String> changes() {
        Config resolved = defaults.resolve();
        Map<String, String> changes = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry : root.entrySet()) {
            String key = entry.getKey();
            boolean changed = resolved.hasPath(key)
                    && !resolved.getValue(key)
                            .unwrapped()
                            .equals(entry.getValue().unwrapped());
            if (changed && (key.startsWith("ahti.") || key.startsWith("pekko."))) {
                changes.put(key, written(entry.getValue()));
            }
        }
        return changes.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static String written(ConfigValue value) {
        return value instanceof ConfigList
                ? value.render(ConfigRenderOptions.concise())
                : String.valueOf(value.unwrapped());
    }
}
