package ahti.engine;

import ahti.core.InfoHash;
import ahti.core.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * An engine for those who run no actors: a {@code main}, Spring, Quarkus, tests. Types of the JDK and values of ours only.
 *
 * <pre>{@code
 * try (Ahti ahti = Ahti.start()) {
 *     ahti.add(TorrentSource.file(torrent), AddOptions.to(directory)).thenCompose(Download::finished).toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <p>Safe to be used by any number of threads. Nothing here waits but {@link #close}. What you chain to a stage runs on a few
 * threads of this door's own, and subscribers are called on the dispatcher {@code ahti.callback-dispatcher}: code that waits
 * there holds up other callbacks, never the engine. What is chained to a stage may wait for another stage: meanwhile
 * another thread does the work, up to {@code ahti.engine.max-callback-threads}.
 *
 * <p>What the world did wrong comes as a failed stage with {@link RefusedException} or {@link ProblemException}.
 */
public interface Ahti extends AutoCloseable {

    /** An engine of its own, configured by the application's {@code application.conf}, if there is one. */
    static Ahti start() {
        return start(Map.of());
    }

    /**
     * An engine of its own, in an actor system of its own with daemon threads; they end with it.
     *
     * @param settings by key of {@code reference.conf}, over everything else; {@code ahti.} may be left out: {@code
     *     Map.of("net.ports", "7000-7009")}
     * @throws IllegalArgumentException when there is no such setting or a value is bad, with a sentence for the user
     */
    static Ahti start(Map<String, ?> settings) {
        return PlainAhti.start(settings);
    }

    /**
     * An engine in an actor system of yours, configured by it. {@link #close} stops the engine, not the system; when the
     * system ends first, the engine stops in the phase {@code before-service-unbind} of its {@code CoordinatedShutdown}.
     * Resume records and goodbyes to trackers may take longer than the 5 seconds which that phase has by default: see {@code
     * pekko.coordinated-shutdown.phases.before-service-unbind.timeout}.
     *
     * @throws IllegalArgumentException when the system's configuration is bad, with a sentence for the user
     */
    static Ahti on(ActorSystem<?> system) {
        return PlainAhti.on(system);
    }

    /** Takes on a torrent; fails with {@link RefusedException}. */
    CompletionStage<Download> add(TorrentSource source, AddOptions options);

    /** Keeps all downloads together to these rates, from now on; at first they are what {@code ahti.rates} says. */
    void limits(RateLimits limits);

    /** The download of that torrent, if it was added here. */
    Optional<Download> find(InfoHash infoHash);

    /** All downloads, in the order in which they were added. */
    List<Download> downloads();

    /**
     * What happens, from soon after each subscription on; completes when the engine stops. A slow subscriber never slows the
     * engine: it loses events beyond {@code ahti.engine.events-buffer}, and is told how many ({@link EngineEvent.EventsLost}).
     */
    Flow.Publisher<EngineEvent> events(EventFilter filter);

    /**
     * Stops everything gracefully: resume records, the trackers' goodbye; completes when the engine is gone. Later calls get
     * the same end.
     *
     * @param grace how long that may take; at most {@code ahti.torrent.stop-cap}
     */
    CompletionStage<Void> stop(Duration grace);

    /**
     * Stops gracefully and waits for it, somewhat longer than {@code ahti.torrent.stop-cap} at most. A second call finds
     * nothing left to do. Called by a subscriber it waits for the engine; the last threads end when the subscriber returns.
     */
    @Override
    void close();
}
