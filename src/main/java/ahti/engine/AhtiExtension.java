package ahti.engine;

import ahti.config.AhtiConfig;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;

/**
 * One engine for a whole actor system, for those who like it so: started at the first use, configured by the system, stopped
 * gracefully in the phase {@code before-service-unbind} of its {@code CoordinatedShutdown}. Nothing needs it: {@link
 * Engine#create} can be spawned anywhere, and more than once.
 */
public final class AhtiExtension implements Extension {
    private final ActorRef<Engine.Command> engine;

    private AhtiExtension(ActorSystem<?> system) {
        AhtiConfig config = AhtiConfig.of(system);
        this.engine = system.systemActorOf(Engine.create(), "ahti", Props.empty());
        var unusedForGood =
                OrderlyStop.before(system, "ahti", engine, config.torrent().stopCap());
    }

    /** That of this system. */
    public static AhtiExtension get(ActorSystem<?> system) {
        return system.registerExtension(Id.INSTANCE);
    }

    /** The engine. */
    public ActorRef<Engine.Command> engine() {
        return engine;
    }

    private static final class Id extends ExtensionId<AhtiExtension> {
        private static final Id INSTANCE = new Id();

        @Override
        public AhtiExtension createExtension(ActorSystem<?> system) {
            return new AhtiExtension(system);
        }
    }
}
