package ahti.engine;

import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import java.net.InetSocketAddress;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** CONTRACT SKELETON. */
public final class Engine {

    /** What may be asked of an engine. */
    public sealed interface Command {}

    /** Take on a torrent. Answered with {@link Added} or {@link NotAdded} once the listener is bound or has failed. */
    public record Add(TorrentSpec spec, ActorRef<TorrentEvent> subscriber, ActorRef<AddReply> replyTo)
            implements Command {}

    /**
     * Stop everything gracefully: requests, writes, resume records, the trackers' goodbye (under its cap); answered with
     * {@link Stopped} when done, and then the engine is gone.
     */
    public record Stop(ActorRef<Stopped> replyTo) implements Command {}

    /** Answers to {@link Add}. */
    public sealed interface AddReply {}

    /** The torrent is on its way. {@code listening} is the address that peers can reach us at. */
    public record Added(ActorRef<Torrent.Command> torrent, InetSocketAddress listening) implements AddReply {}

    /** The torrent was not taken on. */
    public record NotAdded(Refusal refusal) implements AddReply {}

    /** Everything is stopped. */
    public enum Stopped {
        INSTANCE
    }

    private Engine() {}

    /** An engine; several may live in one actor system. */
    public static Behavior<Command> create(EngineSettings settings) {
        return org.apache.pekko.actor.typed.javadsl.Behaviors.empty();
    }
}
