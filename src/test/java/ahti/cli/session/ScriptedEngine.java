package ahti.cli.session;

import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.Refusal;
import ahti.engine.TorrentRef;
import ahti.engine.TorrentSource;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentStatus;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Plays an engine with one torrent: refuses it, or tells these events and always the same status. Remembers what it was asked. */
public final class ScriptedEngine {
    private final BlockingQueue<TorrentSpec> added = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch watched = new CountDownLatch(1);
    private final Function<TorrentSpec, List<TorrentEvent>> events;
    private final Function<TorrentSpec, TorrentStatus> status;
    private Optional<Refusal> refusal = Optional.empty();
    private final List<Engine.Watch> watches = new ArrayList<>();

    public ScriptedEngine(
            Function<TorrentSpec, List<TorrentEvent>> events, Function<TorrentSpec, TorrentStatus> status) {
        this.events = events;
        this.status = status;
    }

    public ScriptedEngine refusing(Refusal reason) {
        refusal = Optional.of(reason);
        return this;
    }

    public Behavior<Engine.Command> behavior() {
        return Behaviors.setup(context -> Behaviors.receive(Engine.Command.class)
                .onMessage(Engine.Watch.class, watch -> {
                    watches.add(watch);
                    return Behaviors.same();
                })
                .onMessage(Engine.Add.class, add -> {
                    TorrentSpec spec = specOf(add);
                    added.add(spec);
                    if (refusal.isPresent()) {
                        add.replyTo().tell(new Engine.NotAdded(refusal.get()));
                        return Behaviors.same();
                    }
                    ActorRef<Torrent.Command> torrent = context.spawnAnonymous(torrent(spec));
                    TorrentRef ref = new TorrentRef(
                            spec.metainfo().infoHash(), spec.metainfo().name(), torrent);
                    add.replyTo().tell(new Engine.Added(ref, new InetSocketAddress(6881)));
                    List<EngineEvent> happened = events.apply(spec).stream()
                            .<EngineEvent>map(EngineEvent.Happened::new)
                            .toList();
                    for (Engine.Watch watch : watches) {
                        watch.subscriber()
                                .tell(new Engine.Events(
                                        happened.stream()
                                                .filter(watch.filter()::lets)
                                                .toList(),
                                        context.getSystem().ignoreRef()));
                    }
                    return Behaviors.same();
                })
                .onMessage(Engine.Stop.class, stop -> {
                    asked.add(stop);
                    stop.replyTo().tell(Engine.Stopped.INSTANCE);
                    return Behaviors.stopped();
                })
                .build());
    }

    /** What an engine was asked to add, as the torrent gets to know it. */
    static TorrentSpec specOf(Engine.Add add) {
        return add.options().of(((TorrentSource.FromMetainfo) add.source()).metainfo());
    }

    private Behavior<Torrent.Command> torrent(TorrentSpec spec) {
        return Behaviors.receive(Torrent.Command.class)
                .onMessage(Torrent.GetStatus.class, get -> {
                    watched.countDown();
                    get.replyTo().tell(status.apply(spec));
                    return Behaviors.same();
                })
                .onMessage(Torrent.Stop.class, stop -> {
                    asked.add(stop);
                    stop.replyTo().tell(Torrent.Stopped.INSTANCE);
                    return Behaviors.stopped();
                })
                .onAnyMessage(other -> {
                    asked.add(other);
                    return Behaviors.same();
                })
                .build();
    }

    public TorrentSpec spec() throws InterruptedException {
        return added.take();
    }

    /** Waits until the session knows its torrent. */
    public void awaitWatched() throws InterruptedException {
        watched.await();
    }

    /** What the engine and its torrent were asked, in order, questions about the status left out. */
    public BlockingQueue<Object> asked() {
        return asked;
    }
}
