package ahti.examples;

import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.EventFilter;
import ahti.engine.Streams;
import ahti.engine.TorrentSource;
import ahti.torrent.TorrentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An application that has actors already: the engine is one more. */
final class YourActorSystem {
    private YourActorSystem() {}

    // README: actors
    static Behavior<Engine.AddReply> downloads(
            Path torrent, Path directory, Consumer<EngineEvent> events, Consumer<TorrentStatus> statuses) {
        return Behaviors.setup(context -> {
            ActorRef<Engine.Command> engine = context.spawn(Engine.create(), "torrents");
            Streams.events(engine, EventFilter.all()).runForeach(events::accept, context.getSystem());
            engine.tell(new Engine.Add(TorrentSource.file(torrent), AddOptions.to(directory), context.getSelf()));
            return Behaviors.receive(Engine.AddReply.class)
                    .onMessage(Engine.Added.class, added -> {
                        Streams.status(added.torrent(), Duration.ofSeconds(1))
                                .runForeach(statuses::accept, context.getSystem());
                        return Behaviors.same();
                    })
                    .onMessage(Engine.NotAdded.class, not -> {
                        context.getLog().warn("{}", not.refusal().describe());
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }
    // README: end
}
