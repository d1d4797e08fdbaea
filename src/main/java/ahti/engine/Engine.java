package ahti.engine;

import ahti.config.AhtiConfig;
import ahti.core.InfoHash;
import ahti.core.RateLimits;
import ahti.dht.Dht;
import ahti.disk.DiskClerk;
import ahti.net.PeerTransport;
import ahti.peer.PeerConnection;
import ahti.torrent.TorrentEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Runs torrents: listens for peers, hands each to the torrent it asks for, and keeps torrents apart, so that one that fails
 * harms no other.
 *
 * <p>A message that lacks something cannot be made: what is null is a {@link NullPointerException} of whoever makes it, and
 * never one of the engine.
 *
 * <p>Phases: {@link Binding} until the listener is there or cannot be, then {@link Running} or {@link Deaf}, at the end
 * {@link Ending}. Several engines may live in one actor system.
 */
public final class Engine {

    /** What may be asked of an engine. */
    public sealed interface Command {}

    /**
     * Take on a torrent. Answered with {@link Added} or {@link NotAdded}: once a port is bound or none can be, the .torrent
     * file is read, and the place is ready.
     */
    public record Add(TorrentSource source, AddOptions options, ActorRef<AddReply> replyTo) implements Command {
        public Add {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /** Is it here? Answered with {@link Found} or {@link NotFound}. */
    public record Find(InfoHash infoHash, ActorRef<FindReply> replyTo) implements Command {
        public Find {
            Objects.requireNonNull(infoHash, "infoHash");
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /**
     * Which torrents are here, and how are they? {@code changedSince} is the revision of an earlier {@link Listing} of this
     * engine, for what changed since then; 0 for everything.
     */
    public record ListAll(long changedSince, ActorRef<Listing> replyTo) implements Command {
        public ListAll {
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /**
     * Stop a torrent and forget it. Answered with {@link Removed} when it has stopped, or {@link NotRemoved}.
     *
     * @param deleteData delete its files and its resume record, too; whatever else lies in its directories stays
     */
    public record Remove(InfoHash infoHash, boolean deleteData, ActorRef<RemoveReply> replyTo) implements Command {
        public Remove {
            Objects.requireNonNull(infoHash, "infoHash");
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /**
     * Tell what happens, from now on. The subscriber gets {@link Events} and asks for more when it is done with them; what
     * happens meanwhile is kept, up to {@code ahti.engine.events-buffer} events, and beyond that counted ({@link
     * EngineEvent.EventsLost}). Ends with the subscriber, or with the engine: then it gets {@link WatchEnded}. A stream of
     * the same is {@link Streams#events}.
     */
    public record Watch(EventFilter filter, ActorRef<Watched> subscriber) implements Command {
        public Watch {
            Objects.requireNonNull(filter, "filter");
            Objects.requireNonNull(subscriber, "subscriber");
        }
    }

    /** Keep all torrents together to these rates, from now on. What configuration says, under {@code ahti.rates}, is forgotten. */
    public record SetLimits(RateLimits limits) implements Command {
        public SetLimits {
            Objects.requireNonNull(limits, "limits");
        }
    }

    /**
     * Look for peers of a torrent in the DHT; nothing is fetched, nothing announced. Answered with {@link Dht.PeersFound} as
     * they come, at last with one {@link Dht.SearchEnded}: an empty one where there is no DHT.
     */
    public record FindPeers(InfoHash infoHash, ActorRef<Dht.SearchReply> replyTo) implements Command {
        public FindPeers {
            Objects.requireNonNull(infoHash, "infoHash");
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /**
     * Stop everything gracefully: requests, writes, resume records, the trackers' goodbye (under its cap); answered with
     * {@link Stopped} when done, and then the engine is gone.
     *
     * @param grace how long that may take; empty, and at most: {@code ahti.torrent.stop-cap}
     */
    public record Stop(Optional<Duration> grace, ActorRef<Stopped> replyTo) implements Command {
        public Stop {
            Objects.requireNonNull(grace, "grace");
            Objects.requireNonNull(replyTo, "replyTo");
        }

        /** Within the configured time. */
        public Stop(ActorRef<Stopped> replyTo) {
            this(Optional.empty(), replyTo);
        }
    }

    record Bound(PeerTransport.Listener listener) implements Command {}

    record NotBound(String reason) implements Command {}

    record Knocked(ActorRef<ListenerAck> listener, PeerTransport.Incoming connection) implements Command {}

    record ListenerReady(ActorRef<ListenerAck> listener) implements Command {}

    enum ListenerEnded implements Command {
        INSTANCE
    }

    record ListenerBroke(String reason) implements Command {}

    record PeerTold(PeerConnection.Event event) implements Command {}

    record TorrentTold(TorrentEvent event) implements Command {}

    record DhtTold(Dht.Event event) implements Command {}

    record ClerkTold(DiskClerk.Reply reply) implements Command {}

    record StrangerGone(ActorRef<PeerConnection.Command> stranger) implements Command {}

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
    public record Added(TorrentRef torrent, InetSocketAddress listening) implements AddReply {}

    /** The torrent was not taken on. */
    public record NotAdded(Refusal refusal) implements AddReply {}

    /** Answers to {@link Find}. */
    public sealed interface FindReply {}

    /** It is here. */
    public record Found(TorrentRef torrent) implements FindReply {}

    /** It is not here. */
    public record NotFound(InfoHash infoHash) implements FindReply {}

    /** Answers to {@link Remove}. */
    public sealed interface RemoveReply {}

    /** It is gone, and its data too, if that was asked for. */
    public record Removed(InfoHash infoHash) implements RemoveReply {}

    /** It was not here, or not everything could be deleted. */
    public record NotRemoved(Refusal refusal) implements RemoveReply {}

    /**
     * The answer to {@link ListAll}.
     *
     * @param revision what to ask with next time
     * @param whole whether {@code torrents} are all there are; otherwise those that changed
     * @param torrents in the order in which they were added
     * @param gone torrents that left since; empty when {@code whole}
     */
    public record Listing(long revision, boolean whole, List<TorrentSummary> torrents, List<InfoHash> gone) {}

    /** What a subscriber of {@link Watch} is told. */
    public sealed interface Watched {}

    /** It happened, in this order. Nothing more is told before {@code next} is told {@link More}. */
    public record Events(List<EngineEvent> events, ActorRef<More> next) implements Watched {}

    /** The engine is gone, and nothing more will happen in it. */
    public enum WatchEnded implements Watched {
        INSTANCE
    }

    /** A subscriber is done with its {@link Events}. */
    public enum More {
        INSTANCE
    }

    /** Everything is stopped. */
    public enum Stopped {
        INSTANCE
    }

    private Engine() {}

    /**
     * An engine with the settings of the actor system it is spawned in, under {@code ahti}, and the real network, clock and
     * disk. It begins to listen at once.
     */
    public static Behavior<Command> create() {
        return Behaviors.setup(context -> {
            EngineSettings settings = EngineSettings.real(context.getSystem(), AhtiConfig.of(context.getSystem()));
            context.spawn(atTheEnd(settings::release), "threads");
            return create(settings);
        });
    }

    /** A child that does nothing but end with its parent, and then this. */
    private static Behavior<Void> atTheEnd(Runnable then) {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, signal -> {
                    then.run();
                    return Behaviors.same();
                })
                .build();
    }

    /** An engine that works with what it is given; it begins to listen at once. */
    public static Behavior<Command> create(EngineSettings settings) {
        return Behaviors.setup(context -> {
            ActorRef<EventBoard.Command> board =
                    context.spawn(EventBoard.create(settings.config().engine().eventsBuffer()), "events");
            return Binding.begin(context, settings, board);
        });
    }
}
