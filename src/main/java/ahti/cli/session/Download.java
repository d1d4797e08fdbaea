package ahti.cli.session;

import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Keyboard;
import ahti.cli.screen.Closing;
import ahti.cli.screen.Console;
import ahti.cli.screen.Key;
import ahti.cli.screen.Screen;
import ahti.config.Configuration;
import ahti.engine.Engine;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one engine and one session, from start to end. What {@code get}, {@code seed} and {@code demo} run. */
public final class Download {
    private static final Duration SHUTDOWN_CAP = Duration.ofSeconds(5);

    private final Env env;
    private final Engines engines;
    private final Configuration configuration;
    private final Console console;
    private final Keyboard keyboard;

    /** With one of these engines, on this console and keyboard, which are given back when a second signal ends the process. */
    public Download(Env env, Engines engines, Configuration configuration, Console console, Keyboard keyboard) {
        this.keyboard = keyboard;
        this.env = env;
        this.engines = engines;
        this.configuration = configuration;
        this.console = console;
    }

    /** Runs the plan to its end; waits for it. */
    public Closing run(SessionPlan plan, Screen screen) throws InterruptedException {
        BlockingQueue<Closing> end = new ArrayBlockingQueue<>(2);
        Closing crashed =
                unbegun(plan, ExitCode.INTERNAL, "the session stopped by itself; run again with --log FILE to see why");
        ActorSystem<Void> system = configuration.start(
                "ahti", Behaviors.setup(context -> guardian(context.getSystem(), plan, screen, end)));
        CountDownLatch gone = new CountDownLatch(1);
        // Touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> {
            end.offer(crashed);
            gone.countDown();
        });
        Closing closing = end.take();
        system.terminate();
        if (!gone.await(SHUTDOWN_CAP.toMillis(), TimeUnit.MILLISECONDS)) {
            console.line("the actor system did not stop in " + SHUTDOWN_CAP.toSeconds() + " s");
        }
        if (closing.equals(crashed)) {
            screen.ended(closing);
        }
        return closing;
    }

    private Behavior<Void> guardian(
            ActorSystem<Void> system, SessionPlan plan, Screen screen, BlockingQueue<Closing> end) {
        return Behaviors.setup(context -> {
            Behavior<Engine.Command> behavior;
            try {
                behavior = engines.create(system, configuration.ahti());
            } catch (IllegalArgumentException e) {
                // What the user configured does not exist on this machine.
                Closing refused = unbegun(plan, ExitCode.NETWORK, String.valueOf(e.getMessage()));
                screen.ended(refused);
                end.offer(refused);
                return Behaviors.stopped();
            }
            ActorRef<Engine.Command> engine = context.spawn(behavior, "engine");
            ActorRef<Session.Command> session = context.spawn(
                    Session.create(engine, plan, screen, end::offer), "session", DispatcherSelector.blocking());
            context.watch(session);
            listen(context, session);
            return Behaviors.receive(Void.class)
                    .onSignal(org.apache.pekko.actor.typed.Terminated.class, terminated -> Behaviors.stopped())
                    .build();
        });
    }

    private void listen(ActorContext<Void> context, ActorRef<Session.Command> session) {
        AtomicBoolean asked = new AtomicBoolean();
        if (keyboard != Keyboard.NONE) {
            Consumer<Key> pressed = key -> {
                if (key != Key.QUIT) {
                    session.tell(new Session.Press(key));
                } else if (!asked.get()) {
                    // A key that repeats itself is no wish to quit at once.
                    interrupt(session, asked, ExitCode.INTERRUPTED);
                }
            };
            context.spawn(Keys.create(keyboard, pressed), "keys", DispatcherSelector.blocking());
            env.machine().signals().on("CONT", keyboard::retake);
        }
        env.machine().signals().on("INT", () -> interrupt(session, asked, ExitCode.INTERRUPTED));
        env.machine().signals().on("TERM", () -> interrupt(session, asked, ExitCode.TERMINATED));
        env.machine().signals().on("HUP", () -> session.tell(Session.Reannounce.INSTANCE));
        env.machine()
                .signals()
                .on(
                        "WINCH",
                        () -> session.tell(
                                new Session.Resize(env.machine().terminal().width())));
    }

    private void interrupt(ActorRef<Session.Command> session, AtomicBoolean asked, ExitCode code) {
        if (asked.compareAndSet(false, true)) {
            session.tell(new Session.Interrupt(code));
        } else {
            console.close();
            keyboard.close();
            env.machine().exit().halt(code.code());
        }
    }

    private static Closing unbegun(SessionPlan plan, ExitCode code, String sentence) {
        return new Closing(
                code,
                plan.spec().metainfo().infoHash().hex(),
                plan.spec().metainfo().name(),
                plan.path(),
                false,
                false,
                sentence,
                0,
                0,
                0,
                0,
                0,
                0,
                Duration.ZERO);
    }
}
