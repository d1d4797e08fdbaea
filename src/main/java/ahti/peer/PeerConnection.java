package ahti.peer;

import ahti.config.PeerConfig;
import ahti.core.Bitfield;
import ahti.core.ConnectionId;
import ahti.core.InfoHash;
import ahti.core.PeerContact;
import ahti.core.PeerId;
import ahti.disk.DiskProblem;
import ahti.disk.DiskWriter;
import ahti.limit.Allotter;
import ahti.net.PeerTransport;
import ahti.picker.PiecePicker;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/**
 * One connection to one peer, from the first byte to the last.
 *
 * <p>Its phases are classes: {@link Arriving} (a stranger, its torrent unknown) and {@link Greeting} (handshakes under way)
 * lead to {@link Open} (messages flow), or to {@link Inquiring} while only the torrent's hash is known. It never restarts: whatever goes wrong ends it, and the torrent hears
 * {@link Left} exactly once, unless the actor dies of a bug of ours, which its parent sees by watching.
 */
public final class PeerConnection {

    /** What a connection may be told. */
    public sealed interface Command {}

    /** To one that {@link Arrived}: you belong to this torrent. */
    public record Enter(PeerSetup setup) implements Command {}

    /** We have stored this piece: the peer may have it. */
    public record Announce(int piece) implements Command {}

    /** We have all of these, and the peer may know of them from now on. */
    public record Reveal(Bitfield pieces) implements Command {}

    /** Tell the owner from now on which pieces the peer has ({@link Gained}), first those that it has already. */
    public enum TellPieces implements Command {
        INSTANCE
    }

    /** The peer's requests are to be ignored as soon as it has the piece that it is being sent. */
    public enum EndTurn implements Command {
        INSTANCE
    }

    /** Whether the peer's requests are to be ignored from now on. */
    public record SetChoke(boolean choke) implements Command {}

    /** Whether we want nothing more from anybody: the peer is told (BEP 21). */
    public record SetUploadOnly(boolean uploadOnly) implements Command {}

    /** Ask the peer for a block of the metadata (BEP 9), while only the torrent's hash is known. */
    public record AskMetadata(int block) implements Command {}

    /** Tell the peer of others (BEP 11), if it takes that. */
    public record TellOfPeers(List<PeerContact> added, List<InetSocketAddress> dropped) implements Command {
        public TellOfPeers {
            added = List.copyOf(added);
            dropped = List.copyOf(dropped);
        }
    }

    /** Our network has changed: when nothing is heard of the peer soon, it is dead. */
    public enum Doubt implements Command {
        INSTANCE
    }

    /** Hang up. */
    public record Disconnect(String reason) implements Command {}

    enum Connected implements Command {
        INSTANCE
    }

    record NotConnected(String reason) implements Command {}

    record Started(ActorRef<Link.Ack> reader) implements Command {}

    record Received(ActorRef<Link.Ack> reader, ByteString bytes) implements Command {}

    enum Sent implements Command {
        INSTANCE
    }

    enum Closed implements Command {
        INSTANCE
    }

    record Broken(String reason) implements Command {}

    record Instructed(PiecePicker.Instruction instruction) implements Command {}

    record Allotted(Allotter.Notice notice) implements Command {}

    record ReadDone(DiskWriter.ReadReply reply) implements Command {}

    enum Tick implements Command {
        INSTANCE
    }

    enum HandshakeOverdue implements Command {
        INSTANCE
    }

    enum TorrentGone implements Command {
        INSTANCE
    }

    /** What a connection tells whoever owns it. */
    public sealed interface Event {}

    /** A stranger connected and asks for this torrent; it waits for {@link Enter} or {@link Disconnect}. */
    public record Arrived(InfoHash infoHash, ActorRef<Command> peer, InetSocketAddress address) implements Event {}

    /** Both handshakes are through: messages flow from now on. */
    public record Greeted(
            ConnectionId id, ActorRef<Command> peer, PeerId theirs, InetSocketAddress address, boolean incoming)
            implements Event {}

    /** What the peer has told of itself so far; told again when that changes. */
    public record Introduced(ConnectionId id, Introduction introduction) implements Event {}

    /** Where the peer's DHT node listens, as it says (BEP 5); told once. */
    public record DhtNodeHeard(ConnectionId id, InetSocketAddress node) implements Event {}

    /** The peer tells of others (BEP 11), all of it lies perhaps. */
    public record ContactsHeard(ConnectionId id, List<PeerContact> contacts) implements Event {
        public ContactsHeard {
            contacts = List.copyOf(contacts);
        }
    }

    /** A block of the metadata that was asked for; {@code totalSize} is what the peer says that all of them have. */
    public record MetadataCame(ConnectionId id, int block, long totalSize, ByteString bytes) implements Event {}

    /** The peer will not send a block of the metadata. */
    public record MetadataRefused(ConnectionId id, int block) implements Event {}

    /** How the connection is doing; told when it changed: at once for flags, else once a second. */
    public record Sampled(ConnectionId id, PeerSample sample) implements Event {}

    /** The peer has these pieces, too; told after {@link TellPieces} only. */
    public record Gained(ConnectionId id, List<Integer> pieces) implements Event {}

    /** A block that the peer asked for could not be read. */
    public record Unreadable(ConnectionId id, DiskProblem problem) implements Event {}

    /** The connection is over. */
    public record Left(ConnectionId id, Parting parting, String reason) implements Event {}

    /** Why a connection ended. */
    public enum Parting {
        /** It could never be opened. */
        UNREACHABLE,
        /** The peer closed it, or it broke. */
        CLOSED,
        /** The peer was silent for too long. */
        SILENT,
        /** The peer broke a rule of the protocol. */
        BROKE_RULE,
        /** The peer is ourselves. */
        SELF,
        /** We were told to hang up. */
        TOLD
    }

    private PeerConnection() {}

    /** Dials a peer of a known torrent. */
    public static Behavior<Command> dial(PeerTransport transport, InetSocketAddress address, PeerSetup setup) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Link link = Link.dial(context, transport.dial(address));
            return Greeting.dialling(new Phase.Common(context, timers, link, address, false), setup);
        }));
    }

    /**
     * Takes a connection that a stranger opened. The owner hears {@link Arrived}, or nothing when the stranger never says
     * what it wants.
     */
    public static Behavior<Command> accept(
            PeerTransport.Incoming incoming, PeerConfig config, ActorRef<Event> receptionist) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Link link = Link.accept(context, incoming.bytes());
            return new Arriving(new Phase.Common(context, timers, link, incoming.peer(), true), config, receptionist);
        }));
    }
}
