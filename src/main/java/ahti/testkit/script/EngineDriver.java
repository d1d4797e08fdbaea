package ahti.testkit.script;

import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.engine.EventFilter;
import ahti.engine.TorrentSource;
import ahti.testkit.Watching;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Speaks to an engine and its one torrent: the only file here that knows their protocols. */
final class EngineDriver {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Stage stage;
    private final ActorRef<Engine.Command> engine;
    private final List<TorrentEvent> events = new ArrayList<>();
    private @Nullable ActorRef<Torrent.Command> torrent;
    private boolean stopped;
    private int questions;

    EngineDriver(Stage stage, EngineSettings settings) {
        this.stage = stage;
        this.engine = stage.spawn(Engine.create(settings), "engine");
    }

    /** Adds the torrent, and lets time pass until its data is checked. */
    void add(TorrentSpec spec) {
        add(new TorrentSource.FromMetainfo(spec.metainfo()), AddOptions.like(spec));
    }

    /** Adds it, and lets time pass until it looks for metadata, or its data is checked. */
    void add(TorrentSource source, AddOptions options) {
        engine.tell(new Engine.Watch(EventFilter.all(), stage.listener(Watching.torrents(events::add), "watcher")));
        Engine.AddReply reply = stage.ask(engine, asker -> new Engine.Add(source, options, asker), nextQuestion("add"));
        if (!(reply instanceof Engine.Added added)) {
            throw new AssertionError("the engine did not take the torrent: " + reply);
        }
        torrent = added.torrent().actor();
        if (!stage.time().runUntil(this::isChecked, PATIENCE)) {
            throw new AssertionError("the torrent did not begin within " + PATIENCE.toSeconds() + " s: " + events);
        }
    }

    private boolean isChecked() {
        return events.stream()
                .anyMatch(event ->
                        event instanceof TorrentEvent.StateChanged changed && changed.state() != TorrentState.CHECKING);
    }

    /** What it told of its life, oldest first. */
    List<TorrentEvent> events() {
        return List.copyOf(events);
    }

    TorrentStatus status() {
        return stage.<Torrent.Command, TorrentStatus>ask(
                torrent(), asker -> new Torrent.GetStatus(0, asker), nextQuestion("status"));
    }

    void dial(List<InetSocketAddress> peers) {
        torrent().tell(new Torrent.AddPeers(peers));
        stage.settle();
    }

    void pause() {
        torrent().tell(Torrent.Pause.INSTANCE);
        stage.settle();
    }

    void resume() {
        torrent().tell(Torrent.Resume.INSTANCE);
        stage.settle();
    }

    /** Begins an orderly stop. */
    void stop() {
        engine.tell(new Engine.Stop(stage.listener(done -> stopped = true, nextQuestion("stop"))));
        stage.settle();
    }

    boolean isStopped() {
        return stopped;
    }

    private ActorRef<Torrent.Command> torrent() {
        return Objects.requireNonNull(torrent, "the engine must start first");
    }

    private String nextQuestion(String about) {
        return about + "-" + ++questions;
    }
}
