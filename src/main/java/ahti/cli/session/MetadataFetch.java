package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.engine.Engine;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** An actor system with one engine, which lives until a magnet link is known. */
public final class MetadataFetch {
    private final Env env;
    private final OneEngine system;

    /** With one of these engines. */
    public MetadataFetch(Env env, Engines engines, Configuration configuration) {
        this.env = env;
        this.system = new OneEngine(engines, configuration);
    }

    /**
     * Looks for the metadata; waits until they are here or the plan gives up.
     *
     * @throws CommandFailure when what the user configured does not exist on this machine
     */
    public MetadataOutcome run(MetadataPlan plan) throws InterruptedException {
        return system.<MetadataOutcome>ask(
                (context, engine, answered) -> begin(context, engine, plan, answered),
                () -> new MetadataOutcome.Failed(
                        ExitCode.INTERNAL, "the session stopped by itself; run again with --log FILE to see why"));
    }

    private ActorRef<?> begin(
            ActorContext<Void> context,
            ActorRef<Engine.Command> engine,
            MetadataPlan plan,
            Consumer<MetadataOutcome> answered) {
        ActorRef<MetadataSession.Command> session = context.spawn(
                MetadataSession.create(engine, plan, env.machine().clock(), answered),
                "metadata",
                DispatcherSelector.blocking());
        AtomicBoolean asked = new AtomicBoolean();
        env.machine().signals().on("INT", () -> interrupt(session, asked, ExitCode.INTERRUPTED));
        env.machine().signals().on("TERM", () -> interrupt(session, asked, ExitCode.TERMINATED));
        return session;
    }

    private void interrupt(ActorRef<MetadataSession.Command> session, AtomicBoolean asked, ExitCode code) {
        if (asked.compareAndSet(false, true)) {
            session.tell(new MetadataSession.Interrupt(code));
        } else {
            env.machine().exit().halt(code.code());
        }
    }
}
