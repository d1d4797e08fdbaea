package ahti.engine;

import ahti.ActorKit;
import ahti.config.AhtiConfig;
import ahti.disk.FileStore;
import ahti.disk.SampleTorrent;
import ahti.net.Resolver;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** Engines on a network in memory and real files. */
final class EngineRig {
    static final int PORT = 6881;

    final ActorKit kit;
    private int engines;

    EngineRig(ActorKit kit) {
        this.kit = kit;
    }

    ActorRef<Engine.Command> engine(Lan lan, FileStore files, String... settings) {
        AhtiConfig config = AhtiConfig.from(
                ConfigFactory.parseString(String.join("\n", settings)).withFallback(ConfigFactory.load()));
        return kit.spawn(Engine.create(new EngineSettings(
                config,
                kit::nanos,
                new Random(++engines),
                lan,
                (uri, bounds) -> {
                    throw new UnsupportedOperationException("no HTTP here");
                },
                (local, receiver) -> {
                    throw new UnsupportedOperationException("no UDP here");
                },
                host -> CompletableFuture.completedFuture(new Resolver.Unknown("no names here")),
                files,
                List.of())));
    }

    static TorrentSpec spec(SampleTorrent sample, Path directory, InetSocketAddress... peers) {
        return new TorrentSpec(
                sample.metainfo(),
                directory.resolve("data"),
                Set.of(),
                false,
                false,
                false,
                List.of(peers),
                List.of(),
                false,
                Optional.of(directory.resolve("state")));
    }

    Engine.AddReply add(ActorRef<Engine.Command> engine, TorrentSource source, AddOptions options) {
        TestProbe<Engine.AddReply> probe = kit.probe();
        engine.tell(new Engine.Add(source, options, probe.ref()));
        return probe.receiveMessage(Duration.ofSeconds(10));
    }

    Engine.AddReply add(ActorRef<Engine.Command> engine, TorrentSpec spec) {
        return add(engine, new TorrentSource.FromMetainfo(spec.metainfo()), AddOptions.like(spec));
    }

    /** Adds a torrent, whose events go to the subscriber. */
    Engine.AddReply add(ActorRef<Engine.Command> engine, TorrentSpec spec, ActorRef<TorrentEvent> subscriber) {
        engine.tell(new Engine.Watch(EventFilter.of(spec.metainfo().infoHash()), kit.spawn(Eager.tells(subscriber))));
        return add(engine, spec);
    }

    /** Adds a torrent, and waits until it is there. */
    ActorRef<Torrent.Command> run(
            ActorRef<Engine.Command> engine, TorrentSpec spec, TestProbe<TorrentEvent> events, TorrentState until) {
        Engine.Added added = (Engine.Added) add(engine, spec, events.ref());
        reaches(events, until);
        return added.torrent().actor();
    }

    static void reaches(TestProbe<TorrentEvent> events, TorrentState state) {
        while (!(events.receiveMessage(Duration.ofSeconds(20)) instanceof TorrentEvent.StateChanged changed
                && changed.state() == state)) {
            // what comes before passes by
        }
    }

    void stop(ActorRef<Engine.Command> engine) {
        TestProbe<Engine.Stopped> probe = kit.probe();
        engine.tell(new Engine.Stop(probe.ref()));
        probe.expectMessage(Duration.ofSeconds(10), Engine.Stopped.INSTANCE);
        probe.expectTerminated(engine, Duration.ofSeconds(10));
    }
}
