package ahti.cli.env;

import ahti.config.AhtiConfig;
import ahti.engine.Engine;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** Makes engines: the real one, or one that a test has scripted. */
@FunctionalInterface
public interface Engines {

    /** An engine for this system. */
    Behavior<Engine.Command> create(ActorSystem<?> system, AhtiConfig config);
}
