package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.engine.EngineSettings;
import ahti.tracker.Scraper;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system of its own that asks trackers how large a swarm is, and then ends. */
public final class Scraping {
    private Scraping() {}

    /**
     * Asks and waits. {@code told} is called on this thread, for one tracker after the other.
     *
     * @throws CommandFailure when the local address to ask from is none
     */
    public static void run(
            Configuration configuration, List<List<String>> tiers, InfoHash infoHash, Consumer<Scraper.Event> told)
            throws InterruptedException {
        try {
            EngineSettings.check(configuration.ahti());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.NETWORK, String.valueOf(e.getMessage()));
        }
        BlockingQueue<Scraper.Event> events = new LinkedBlockingQueue<>();
        ActorSystem<?> system = configuration.start("scrape", guardian(configuration, tiers, infoHash, events));
        // However it ends; touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> events.add(Scraper.Done.INSTANCE));
        for (Scraper.Event event = events.take(); event != Scraper.Done.INSTANCE; event = events.take()) {
            told.accept(event);
        }
    }

    private static Behavior<Scraper.Event> guardian(
            Configuration configuration,
            List<List<String>> tiers,
            InfoHash infoHash,
            BlockingQueue<Scraper.Event> events) {
        return Behaviors.setup(context -> {
            EngineSettings real = EngineSettings.real(context.getSystem(), configuration.ahti());
            context.spawn(
                    Scraper.create(tiers, infoHash, real.trackerWays(), real.random(), context.getSelf()), "scraper");
            return Behaviors.receive(Scraper.Event.class)
                    .onAnyMessage(event -> {
                        events.add(event);
                        return event == Scraper.Done.INSTANCE ? Behaviors.stopped() : Behaviors.same();
                    })
                    .onSignal(PostStop.class, stopped -> {
                        real.release();
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
