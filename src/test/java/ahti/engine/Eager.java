package ahti.engine;

import ahti.torrent.TorrentEvent;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A watcher that is never slow: passes on what happens in torrents, and asks for more at once. */
final class Eager {
    private Eager() {}

    static Behavior<Engine.Watched> tells(ActorRef<TorrentEvent> subscriber) {
        return Behaviors.receive(Engine.Watched.class)
                .onMessage(Engine.Events.class, message -> {
                    for (EngineEvent event : message.events()) {
                        if (event instanceof EngineEvent.Happened happened) {
                            subscriber.tell(happened.event());
                        }
                    }
                    message.next().tell(Engine.More.INSTANCE);
                    return Behaviors.same();
                })
                .onMessage(Engine.WatchEnded.class, ended -> Behaviors.stopped())
                .build();
    }
}
