package ahti.cli;

import ahti.cli.env.Engines;
import ahti.config.AhtiConfig;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** The real engine. A class and not a lambda, so that starting the command loads nothing of Pekko. */
final class RealEngines implements Engines {

    @Override
    public Behavior<Engine.Command> create(ActorSystem<?> system, AhtiConfig config) {
        return Engine.create(EngineSettings.real(system, config));
    }
}
