package ahti.engine;

import ahti.config.AhtiConfig;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.core.RateLimits;
import ahti.metainfo.FileSelection;
import ahti.torrent.Torrent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;

/** The plain door: what is asked goes to the {@link Doorkeeper}, what is known is here. Touched by any thread. */
final class PlainAhti implements Ahti {
    /** Beyond the engine's own cap: for the actor system and for what is on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** Names actors: several doors may stand in one actor system. */
    private static final AtomicLong DOORS = new AtomicLong();

    private final ActorSystem<?> system;
    private final boolean isOwner;
    private final AhtiConfig config;
    private final ActorRef<Engine.Command> engine;
    private final ActorRef<Doorkeeper.Command> keeper;
    private final Cancellable atShutdown;
    private final Promises promises;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final CountDownLatch isGone = new CountDownLatch(1);
    private final CountDownLatch engineIsGone = new CountDownLatch(1);
    private final Calls calls = new Calls();
    /** Guarded by itself; in the order in which they came. */
    private final Map<InfoHash, PlainDownload> downloads = new LinkedHashMap<>();

    private volatile boolean ended;

    /** {@code name}: of the actor that keeps the door. */
    PlainAhti(ActorSystem<?> system, boolean isOwner, AhtiConfig config, ActorRef<Engine.Command> engine, String name) {
        this.system = system;
        this.isOwner = isOwner;
        this.config = config;
        this.engine = engine;
        this.promises = new Promises(config.engine().maxCallbackThreads());
        this.atShutdown =
                OrderlyStop.before(system, name, engine, config.torrent().stopCap());
        // Last: from here on others look at this.
        this.keeper = system.systemActorOf(
                Doorkeeper.create(engine, this, config.engine().snapshotInterval()), name, Props.empty());
    }

    /** In an actor system of its own, whose guardian is the engine: the one ends with the other. */
    static Ahti start(Map<String, ?> settings) {
        Configuration configuration = Configuration.embedded(settings);
        EngineSettings.check(configuration.ahti());
        ActorSystem<Engine.Command> system = configuration.start("ahti", Engine.create());
        return new PlainAhti(system, true, configuration.ahti(), system, "ahti-door");
    }

    /** In somebody's actor system. */
    static Ahti on(ActorSystem<?> system) {
        AhtiConfig config = AhtiConfig.of(system);
        EngineSettings.check(config);
        String name = "ahti-door-" + DOORS.incrementAndGet();
        ActorRef<Engine.Command> engine = system.systemActorOf(Engine.create(), name + "-engine", Props.empty());
        return new PlainAhti(system, false, config, engine, name);
    }

    Promises promises() {
        return promises;
    }

    @Override
    public CompletionStage<Download> add(TorrentSource source, AddOptions options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(options, "options");
        CompletableFuture<Download> promise = promises.make();
        keeper.tell(new Doorkeeper.Add(source, options, promise));
        return promise.minimalCompletionStage();
    }

    @Override
    public void limits(RateLimits limits) {
        engine.tell(new Engine.SetLimits(limits));
    }

    CompletionStage<Void> remove(PlainDownload download, boolean deleteData) {
        CompletableFuture<Void> promise = promises.make();
        keeper.tell(new Doorkeeper.Remove(download, deleteData, promise));
        return promise.minimalCompletionStage();
    }

    CompletionStage<Void> tell(PlainDownload download, Torrent.Command command) {
        CompletableFuture<Void> promise = promises.make();
        keeper.tell(new Doorkeeper.Pass(download, command, promise));
        return promise.minimalCompletionStage();
    }

    CompletionStage<Void> select(PlainDownload download, FileSelection files) {
        CompletableFuture<Void> promise = promises.make();
        keeper.tell(new Doorkeeper.Choose(download, files, promise));
        return promise.minimalCompletionStage();
    }

    void add(PlainDownload download) {
        synchronized (downloads) {
            downloads.put(download.infoHash(), download);
        }
    }

    /** False when it was not here any more. */
    boolean forget(PlainDownload download) {
        synchronized (downloads) {
            return downloads.remove(download.infoHash(), download);
        }
    }

    Optional<PlainDownload> known(InfoHash infoHash) {
        synchronized (downloads) {
            return Optional.ofNullable(downloads.get(infoHash));
        }
    }

    List<PlainDownload> all() {
        synchronized (downloads) {
            return List.copyOf(downloads.values());
        }
    }

    @Override
    public Optional<Download> find(InfoHash infoHash) {
        Objects.requireNonNull(infoHash, "infoHash");
        return known(infoHash).map(download -> download);
    }

    @Override
    public List<Download> downloads() {
        return List.copyOf(all());
    }

    @Override
    public Flow.Publisher<EngineEvent> events(EventFilter filter) {
        Objects.requireNonNull(filter, "filter");
        return publisher(Streams.events(engine, filter), Optional::empty);
    }

    /**
     * Each subscription runs the source anew, where subscribers may wait.
     *
     * @param atTheEnd what the end of the engine is for them; empty when it is a completion
     */
    <T> Flow.Publisher<T> publisher(Source<T, NotUsed> source, Supplier<Optional<RuntimeException>> atTheEnd) {
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            run(source, new UntilTheEnd<>(subscriber, atTheEnd.get(), calls));
        };
    }

    private <S, T extends S> void run(Source<T, NotUsed> source, UntilTheEnd<S> subscriber) {
        if (!ended) {
            try {
                source.<S>map(element -> element)
                        .to(JavaFlowSupport.Sink.fromSubscriber(subscriber))
                        .withAttributes(ActorAttributes.dispatcher("ahti.callback-dispatcher"))
                        .run(system);
                return;
            } catch (IllegalStateException e) {
                // The actor system is on its way out, and runs no more streams.
                system.log().debug("no stream: {}", e.getMessage());
            }
        }
        subscriber.neverBegins();
    }

    @Override
    public CompletionStage<Void> stop(Duration grace) {
        engine.tell(new Engine.Stop(Optional.of(grace), system.ignoreRef()));
        return gone.minimalCompletionStage();
    }

    @Override
    public void close() {
        Duration cap = config.torrent().stopCap();
        var unusedStage = stop(cap);
        // The actor system ends when its streams have, and a stream when its subscriber returns: that cannot be waited
        // for there.
        CountDownLatch end = calls.isInside() ? engineIsGone : isGone;
        try {
            if (!end.await(cap.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)) {
                system.log().warn("the engine did not stop in time");
            }
        } catch (InterruptedException e) {
            // Whoever interrupts wants it over: it goes on by itself.
            Thread.currentThread().interrupt();
        }
    }

    /** The engine is gone, and the keeper goes. */
    void ended() {
        ended = true;
        engineIsGone.countDown();
        var unusedCancelled = atShutdown.cancel();
        if (isOwner) {
            // Whoever waits for it waits for the threads of the actor system, too.
            system.getWhenTerminated().whenComplete((done, failure) -> isGone());
        } else {
            isGone();
        }
    }

    /** On whichever thread: touches nothing that is not made for that, and runs nobody's callback. */
    private void isGone() {
        isGone.countDown();
        promises.end(() -> gone.complete(null));
    }
}
