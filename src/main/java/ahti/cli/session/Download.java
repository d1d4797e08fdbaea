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
import ahti.engine.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one engine and a session for each torrent, from start to end. What {@code get}, {@code seed} and {@code demo} run. */
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

    /** One of the torrents: what to do with it, and where it is shown. */
    public record Part(SessionPlan plan, Screen screen) {}

    /** Runs the plans to their ends, in one engine; waits for all of them. The ends are in the order of the parts. */
    public List<Closing> run(List<Part> parts) throws InterruptedException {
        Map<Part, Closing> ends = new ConcurrentHashMap<>();
        CountDownLatch running = new CountDownLatch(parts.size());
        CountDownLatch gone = new CountDownLatch(1);
        ActorSystem<Void> system = configuration.start(
                "ahti",
                Behaviors.setup(context -> guardian(context.getSystem(), parts, (part, closing) -> {
                    if (ends.putIfAbsent(part, closing) == null) {
                        running.countDown();
                    }
                })));
        // Touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> {
            parts.forEach(part -> running.countDown());
            gone.countDown();
        });
        running.await();
        system.terminate();
        if (!gone.await(SHUTDOWN_CAP.toMillis(), TimeUnit.MILLISECONDS)) {
            console.line("the actor system did not stop in " + SHUTDOWN_CAP.toSeconds() + " s");
        }
        return parts.stream()
                .map(part -> {
                    Closing end = ends.get(part);
                    return end != null ? end : crashed(part);
                })
                .toList();
    }

    private static Closing crashed(Part part) {
        Closing closing = unbegun(
                part.plan(), ExitCode.INTERNAL, "the session stopped by itself; run again with --log FILE to see why");
        part.screen().ended(closing);
        return closing;
    }

    private Behavior<Void> guardian(ActorSystem<Void> system, List<Part> parts, BiConsumer<Part, Closing> ended) {
        return Behaviors.setup(context -> {
            Behavior<Engine.Command> behavior;
            try {
                EngineSettings.complaints(configuration.ahti()).forEach(console::line);
            } catch (IllegalArgumentException e) {
                return refused(parts, ended, ExitCode.BAD_OPTION, e);
            }
            try {
                behavior = engines.create(system, configuration.ahti());
            } catch (IllegalArgumentException e) {
                // What the user configured does not exist on this machine.
                return refused(parts, ended, ExitCode.NETWORK, e);
            }
            ActorRef<Engine.Command> engine = context.spawn(behavior, "engine");
            List<ActorRef<Session.Command>> sessions = new ArrayList<>();
            for (Part part : parts) {
                ActorRef<Session.Command> session = context.spawn(
                        Session.create(engine, part.plan(), part.screen(), closing -> ended.accept(part, closing)),
                        "session-" + (sessions.size() + 1),
                        DispatcherSelector.blocking());
                context.watch(session);
                sessions.add(session);
            }
            listen(context, sessions);
            AtomicInteger left = new AtomicInteger(sessions.size());
            return Behaviors.receive(Void.class)
                    .onSignal(
                            org.apache.pekko.actor.typed.Terminated.class,
                            terminated -> left.decrementAndGet() == 0 ? Behaviors.stopped() : Behaviors.same())
                    .build();
        });
    }

    private static Behavior<Void> refused(
            List<Part> parts, BiConsumer<Part, Closing> ended, ExitCode code, IllegalArgumentException why) {
        for (Part part : parts) {
            Closing closing = unbegun(part.plan(), code, String.valueOf(why.getMessage()));
            part.screen().ended(closing);
            ended.accept(part, closing);
        }
        return Behaviors.stopped();
    }

    private void listen(ActorContext<Void> context, List<ActorRef<Session.Command>> sessions) {
        AtomicBoolean asked = new AtomicBoolean();
        if (keyboard != Keyboard.NONE) {
            Consumer<Key> pressed = key -> {
                if (key != Key.QUIT) {
                    sessions.forEach(session -> session.tell(new Session.Press(key)));
                } else if (!asked.get()) {
                    // A key that repeats itself is no wish to quit at once.
                    interrupt(sessions, asked, ExitCode.INTERRUPTED);
                }
            };
            context.spawn(Keys.create(keyboard, pressed), "keys", DispatcherSelector.blocking());
            env.machine().signals().on("CONT", keyboard::retake);
        }
        env.machine().signals().on("INT", () -> interrupt(sessions, asked, ExitCode.INTERRUPTED));
        env.machine().signals().on("TERM", () -> interrupt(sessions, asked, ExitCode.TERMINATED));
        env.machine().signals().on("HUP", () -> sessions.forEach(session -> session.tell(Session.Reannounce.INSTANCE)));
        env.machine().signals().on("WINCH", () -> {
            Session.Resize resize = new Session.Resize(env.machine().terminal().width());
            sessions.forEach(session -> session.tell(resize));
        });
    }

    private void interrupt(List<ActorRef<Session.Command>> sessions, AtomicBoolean asked, ExitCode code) {
        if (asked.compareAndSet(false, true)) {
            sessions.forEach(session -> session.tell(new Session.Interrupt(code)));
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
