package ahti.engine;

import ahti.config.AhtiConfig;
import org.apache.pekko.actor.typed.ActorSystem;

/** CONTRACT SKELETON: will also carry clock, randomness, transports; a caller needs only {@link #real}. */
public record EngineSettings(AhtiConfig config) {

    /** The real network, clock, disk and randomness. */
    public static EngineSettings real(ActorSystem<?> system, AhtiConfig config) {
        return new EngineSettings(config);
    }
}
