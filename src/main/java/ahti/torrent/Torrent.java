package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.core.RateLimits;
import ahti.dht.Seeker;
import ahti.disk.DiskWriter;
import ahti.disk.PieceInspector;
import ahti.hash.PieceHasher;
import ahti.limit.Allotter;
import ahti.limit.Seats;
import ahti.lsd.LocalDiscovery;
import ahti.metainfo.FileSelection;
import ahti.net.place.Whereabouts;
import ahti.peer.PeerConnection;
import ahti.picker.PiecePicker;
import ahti.torrent.reading.Reader;
import ahti.tracker.Announcer;
import ahti.webseed.WebSeed;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The life of one torrent.
 *
 * <p>Its phases are classes: with a magnet link alone {@link Seeking} what it is;
 * {@link Checking} what is there already, then {@link Downloading}, then {@link Seeding}; at rest
 * it is {@link Paused}, or {@link AwaitingDisk}, on its way out {@link Stopping}. It supervises everything below it: disk, picker, announcer and
 * peers. When one of the first three dies of a bug, so does this life of the torrent; it is {@link Recovering}, then the next
 * life checks what is stored and goes on. A peer that dies is just gone.
 */
public final class Torrent {

    /** What may be asked of a torrent. */
    public sealed interface Command {}

    /** How are you? {@code cells}: how many cells the piece map shall have; 0 for none. */
    public record GetStatus(int cells, ActorRef<TorrentStatus> replyTo) implements Command {
        public GetStatus {
            if (cells < 0) {
                throw new IllegalArgumentException(cells + " cells");
            }
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /** Who are your peers, and why is each treated as it is? */
    public record GetPeers(ActorRef<Peers> replyTo) implements Command {
        public GetPeers {
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /** The web seeds at work, then the connected peers, each ordered by connection. */
    public record Peers(List<PeerStatus> peers) {}

    /** Rest: drop all peers, announce stopped, keep the files. */
    public enum Pause implements Command {
        INSTANCE
    }

    /** Go on after a pause or a problem that has passed. */
    public enum Resume implements Command {
        INSTANCE
    }

    /** Keep to these rates from now on, within what all torrents may have together; they hold through pauses and restarts. */
    public record SetLimits(RateLimits limits) implements Command {
        public SetLimits {
            Objects.requireNonNull(limits, "limits");
        }
    }

    /** Announce to the trackers again, now. */
    public enum Reannounce implements Command {
        INSTANCE
    }

    /** Candidates from the user. */
    public record AddPeers(List<InetSocketAddress> peers) implements Command {
        public AddPeers {
            peers = List.copyOf(peers);
        }
    }

    /** A stranger asks for this torrent: it is let in, or told to hang up. */
    public record Welcome(ActorRef<PeerConnection.Command> peer, InetSocketAddress address) implements Command {}

    /** Say goodbye to the trackers, remember what is stored, close the files, and stop; answered when done. */
    public record Stop(ActorRef<Stopped> replyTo) implements Command {
        public Stop {
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /** A torrent has stopped. */
    public enum Stopped {
        INSTANCE
    }

    /**
     * Read a file, or part of it, in order, whether it is here already or has to be fetched. What the reader is about to read
     * is fetched before everything else; how much that is, is {@code ahti.read.ahead}. Answered with {@link Reader.Opened} or
     * {@link Reader.Refused}; then the reader gives bytes as they are asked for.
     *
     * <p>Readers wait through pauses. A torrent that stops tells them so; when it fails of a bug they are gone.
     *
     * @param file index into the torrent's files
     * @param from the first byte, from the start of the file
     * @param to the byte after the last
     * @param replyTo the owner of the reader: when it stops, so does the reader
     */
    public record Read(int file, long from, long to, ActorRef<Reader.Reply> replyTo) implements Command {
        public Read {
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /**
     * Other files are wanted from now on, or as urgently as this. Nothing that is stored is given up. What the part file has of
     * files that are wanted now goes into them; a file that is not wanted any more stays where it is. Answered with
     * {@link Selected} or {@link NotSelected}.
     */
    public record Select(FileSelection files, ActorRef<SelectReply> replyTo) implements Command {
        public Select {
            Objects.requireNonNull(files, "files");
            Objects.requireNonNull(replyTo, "replyTo");
        }
    }

    /** Answers to {@link Select}. */
    public sealed interface SelectReply {}

    /** So it is from now on. */
    public record Selected(FileSelection files) implements SelectReply {}

    /** Everything is as it was before. */
    public record NotSelected(SelectRefusal refusal) implements SelectReply {}

    record SelectDone(DiskWriter.SelectReply reply) implements Command {}

    record ReaderTold(Reader.Event event) implements Command {}

    record ReaderGone(ActorRef<Reader.Command> reader) implements Command {}

    record PrepareDone(DiskWriter.PrepareReply reply) implements Command {}

    record Inspected(PieceInspector.Answer answer) implements Command {}

    record StoreDone(DiskWriter.StoreReply reply) implements Command {}

    enum DiskClosed implements Command {
        INSTANCE
    }

    record Hashed(PieceHasher.Answer answer) implements Command {}

    record Picked(PiecePicker.Event event) implements Command {}

    record Spread(PiecePicker.Availability availability) implements Command {}

    record Explained(PiecePicker.Explanation explanation) implements Command {}

    record PeerTold(PeerConnection.Event event) implements Command {}

    record PeerGone(ConnectionId id) implements Command {}

    record WebSeedTold(WebSeed.Event event) implements Command {}

    record WebSeedGone(ConnectionId id) implements Command {}

    record TrackerTold(Announcer.Event event) implements Command {}

    record DhtTold(Seeker.Event event) implements Command {}

    record Seated(Seats.Granted granted) implements Command {}

    record Allotted(Allotter.Notice notice) implements Command {}

    record LocalTold(LocalDiscovery.Event event) implements Command {}

    record Located(Whereabouts.Notice notice) implements Command {}

    enum TrackersDone implements Command {
        INSTANCE
    }

    enum TryDisk implements Command {
        INSTANCE
    }

    record DiskTried(DiskWriter.ProbeReply reply) implements Command {}

    enum Restart implements Command {
        INSTANCE
    }

    enum Tick implements Command {
        INSTANCE
    }

    /** Questions that wait, at most, while a torrent recovers from a bug. */
    private static final int STASH = 1_000;

    private Torrent() {}

    /**
     * A torrent that begins with checking what is there. A bug that ends it is told as {@link TorrentEvent.Restarting}, and it
     * begins again after a pause, as {@code ahti.engine} says; its reference stays the same. When it fails too often it
     * stops after a {@link TorrentEvent.ProblemRaised}.
     *
     * @param spec what to do
     * @param world everything it works with
     * @param subscriber who hears of its life
     */
    public static Behavior<Command> create(TorrentSpec spec, World world, ActorRef<TorrentEvent> subscriber) {
        return raise(world, subscriber, foundling -> Supervised.begin(foundling.with(spec)));
    }

    /**
     * A torrent of which only a magnet link is known: it looks for its metadata first, is told of as
     * {@link TorrentEvent.MetadataKnown} when it has them, and goes on as any other.
     */
    public static Behavior<Command> create(MagnetSpec spec, World world, ActorRef<TorrentEvent> subscriber) {
        return raise(world, subscriber, foundling -> Seeking.begin(foundling, spec));
    }

    private static Behavior<Command> raise(
            World world,
            ActorRef<TorrentEvent> subscriber,
            Function<Supervised.Foundling, Behavior<Command>> beginning) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                STASH,
                stash -> beginning.apply(new Supervised.Foundling(
                        context,
                        timers,
                        stash,
                        world,
                        subscriber,
                        new Past(FileSelection.all(), world.config().torrent().maxCandidates()),
                        new Restarts(world.config().engine()))))));
    }

    /** One life of a torrent: a bug ends it, and whoever watches it hears of the bug. */
    static Behavior<Command> life(TorrentSpec spec, World world, Past past, ActorRef<TorrentEvent> subscriber) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> Checking.begin(new Station(context, timers, spec, world, past, subscriber))));
    }
}
