package ahti.engine;

import ahti.net.PeerTransport;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import java.net.InetSocketAddress;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Runs torrents: listens for peers, hands each to the torrent it asks for, and keeps torrents apart, so that one that fails
 * harms no other.
 *
 * <p>Phases: {@link Binding} until the listener is there or cannot be, then {@link Running} or {@link Deaf}, at the end
 * {@link Ending}. Several engines may live in one actor system.
 */
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

    record Bound(PeerTransport.Listener listener) implements Command {}

    record NotBound(String reason) implements Command {}

    record Knocked(ActorRef<ListenerAck> listener, PeerTransport.Incoming connection) implements Command {}

    record ListenerReady(ActorRef<ListenerAck> listener) implements Command {}

    enum ListenerEnded implements Command {
        INSTANCE
    }

    record ListenerBroke(String reason) implements Command {}

    record PeerTold(PeerConnection.Event event) implements Command {}

    enum StrangerGone implements Command {
        INSTANCE
    }

    enum StopOverdue implements Command {
        INSTANCE
    }

    /** Asks the listener for the next connection. */
    enum ListenerAck {
        INSTANCE
    }

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

    /** An engine; it begins to listen at once. */
    public static Behavior<Command> create(EngineSettings settings) {
        return Behaviors.setup(context -> Binding.begin(context, settings));
    }
}
