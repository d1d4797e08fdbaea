package ahti.cli.command;

import ahti.cli.env.Engines;
import ahti.config.AhtiConfig;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.testkit.record.RecordedEngine;
import ahti.testkit.record.live.RecordingPlan;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** The real engine, recorded. A class and not a lambda, so that the help of the command loads nothing of Pekko. */
record RecordedEngines(RecordingPlan plan) implements Engines {

    @Override
    public Behavior<Engine.Command> create(ActorSystem<?> system, AhtiConfig config) {
        return RecordedEngine.create(EngineSettings.real(system, config), plan);
    }
}
