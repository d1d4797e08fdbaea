package ahti.testkit;

import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.torrent.TorrentEvent;
import java.util.function.Consumer;

/** Watches an engine without ever being slow. */
public final class Watching {
    private Watching() {}

    /** For {@link Engine.Watch}: hands on what torrents tell, and asks for more at once. */
    public static Consumer<Engine.Watched> torrents(Consumer<TorrentEvent> listener) {
        return message -> {
            if (message instanceof Engine.Events news) {
                news.next().tell(Engine.More.INSTANCE);
                for (EngineEvent event : news.events()) {
                    if (event instanceof EngineEvent.Happened happened) {
                        listener.accept(happened.event());
                    }
                }
            }
        };
    }
}
