package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.tracker.Scraper;
import java.util.List;
import java.util.function.Consumer;

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
        new Errand<>(Scraper.Event.class, Scraper.Done.INSTANCE, event -> event == Scraper.Done.INSTANCE)
                .run(
                        configuration,
                        (settings, replyTo) ->
                                Scraper.create(tiers, infoHash, settings.trackerWays(), settings.random(), replyTo),
                        event -> {
                            if (event != Scraper.Done.INSTANCE) {
                                told.accept(event);
                            }
                        });
    }
}
