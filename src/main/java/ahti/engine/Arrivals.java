package ahti.engine;

import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.disk.DiskClerk;
import ahti.disk.KeptMetadata;
import ahti.disk.TorrentFiles;
import ahti.metainfo.Magnet;
import ahti.metainfo.MagnetReader;
import ahti.metainfo.MagnetResult;
import ahti.metainfo.Metainfo;
import ahti.metainfo.ReadResult;
import ahti.torrent.MagnetSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Torrents on their way in: the clerk reads the .torrent file, then makes the place ready; what is wrong is answered at once.
 * Every {@code Add} is answered exactly once: here when it is refused, by the engine when it is {@link Ready}.
 */
final class Arrivals {
    private final ActorRef<DiskClerk.Command> clerk;
    private final ActorRef<DiskClerk.Reply> clerkTold;
    private final LongSupplier tickets;
    private final Limits limits;
    private final int most;
    private final Predicate<InfoHash> isHere;
    /** What the clerk was asked about, by ticket. */
    private final Map<Long, Arrival> arrivals = new LinkedHashMap<>();

    /**
     * What the clerk is at.
     *
     * @param purpose once it is decided that there is room for the torrent
     * @param magnet what is known when the clerk finds no metadata of an earlier run
     */
    private record Arrival(Engine.Add add, long seed, Optional<Purpose> purpose, Optional<Magnet> magnet) {}

    /** A torrent whose place is ready: it can begin. {@code seed} is what its generator begins with. */
    record Ready(Engine.Add add, long seed, Purpose purpose) {}

    /** {@code isHere}: whether a torrent of that hash on the wire is here, or still on its way out. */
    Arrivals(
            ActorRef<DiskClerk.Command> clerk,
            ActorRef<DiskClerk.Reply> clerkTold,
            LongSupplier tickets,
            Limits limits,
            int most,
            Predicate<InfoHash> isHere) {
        this.clerk = clerk;
        this.clerkTold = clerkTold;
        this.tickets = tickets;
        this.limits = limits;
        this.most = most;
        this.isHere = isHere;
    }

    /** What a handshake names: 20 bytes, whatever the version. */
    static InfoHash wireHash(Metainfo metainfo) {
        return InfoHash.v1(metainfo.infoHash().wireBytes());
    }

    /** {@code seed} is for the generator of this torrent, and of no other. */
    void begin(Engine.Add add, long seed) {
        TorrentSource source = add.source();
        if (arrivals.size() >= most) {
            refuse(add, new Refusal.Busy(most));
        } else if (source instanceof TorrentSource.FromMetainfo known) {
            settle(add, seed, known.metainfo());
        } else if (source instanceof TorrentSource.FromFile file) {
            clerk.tell(new DiskClerk.ReadFile(note(add, seed, Optional.empty()), file.path(), limits, clerkTold));
        } else if (source instanceof TorrentSource.FromBytes bytes) {
            clerk.tell(new DiskClerk.ReadBytes(note(add, seed, Optional.empty()), bytes::torrent, limits, clerkTold));
        } else if (source instanceof TorrentSource.FromMagnet link) {
            follow(add, seed, link.uri());
        } else {
            refuse(
                    add,
                    new Refusal.Unsupported(
                            "fetching torrents from the web is not supported yet: give a .torrent file"));
        }
    }

    private long note(Engine.Add add, long seed, Optional<Purpose> purpose) {
        return note(new Arrival(add, seed, purpose, Optional.empty()));
    }

    private long note(Arrival arrival) {
        long ticket = tickets.getAsLong();
        arrivals.put(ticket, arrival);
        return ticket;
    }

    private void follow(Engine.Add add, long seed, String link) {
        MagnetResult read = MagnetReader.read(link, limits);
        if (read instanceof MagnetResult.Bad bad) {
            refuse(add, new Refusal.BadMagnet("not a magnet link: " + bad.reason()));
        } else if (read instanceof MagnetResult.V2Only) {
            refuse(
                    add,
                    new Refusal.Unsupported(
                            "a magnet link for BitTorrent v2 alone is not supported yet (urn:btih is)"));
        } else {
            Magnet magnet = ((MagnetResult.Ok) read).magnet();
            Optional<Path> state = add.options().stateDirectory();
            if (state.isEmpty()) {
                settle(add, seed, new Purpose.Linked(magnet, add.options()));
                return;
            }
            long ticket = note(new Arrival(add, seed, Optional.empty(), Optional.of(magnet)));
            clerk.tell(new DiskClerk.RecallTorrent(
                    ticket, KeptMetadata.file(state.get(), magnet.infoHash()), limits, clerkTold));
        }
    }

    /** An earlier run has found the metadata, or none has. */
    private void recall(Arrival arrival, Magnet magnet, DiskClerk.Reply reply) {
        boolean isKnown = reply instanceof DiskClerk.Read read
                && read.result() instanceof ReadResult.Ok ok
                && ok.metainfo().infoHash().equals(magnet.infoHash());
        if (isKnown && ((DiskClerk.Read) reply).result() instanceof ReadResult.Ok ok) {
            MagnetSpec spec = new Purpose.Linked(magnet, arrival.add().options()).spec();
            Metainfo metainfo = magnet.completes(ok.metainfo(), limits);
            settle(arrival.add(), arrival.seed(), new Purpose.Whole(spec.whole().apply(metainfo, spec.peers())));
        } else {
            settle(
                    arrival.add(),
                    arrival.seed(),
                    new Purpose.Linked(magnet, arrival.add().options()));
        }
    }

    /** The torrent is known: is there room for it? */
    private void settle(Engine.Add add, long seed, Metainfo metainfo) {
        OptionalInt none = add.options().files().notAmong(metainfo.files().size());
        if (none.isPresent()) {
            refuse(
                    add,
                    new Refusal.BadOptions("there is no file " + none.getAsInt() + ": this torrent has files 0 to "
                            + (metainfo.files().size() - 1)));
        } else {
            settle(add, seed, new Purpose.Whole(add.options().of(metainfo)));
        }
    }

    private void settle(Engine.Add add, long seed, Purpose purpose) {
        if (isHere.test(purpose.wireHash()) || isArriving(purpose.wireHash())) {
            refuse(add, new Refusal.Duplicate(purpose.wireHash(), purpose.name()));
        } else {
            clerk.tell(new DiskClerk.Occupy(
                    note(add, seed, Optional.of(purpose)),
                    purpose.wireHash(),
                    add.options().directory(),
                    !add.options().seedOnly(),
                    add.options().stateDirectory(),
                    clerkTold));
        }
    }

    private boolean isArriving(InfoHash infoHash) {
        return arrivals.values().stream()
                .flatMap(arrival -> arrival.purpose().stream())
                .anyMatch(purpose -> purpose.wireHash().equals(infoHash));
    }

    /** What the clerk says; empty when it is about no arrival, or when the torrent cannot begin yet or at all. */
    Optional<Ready> heard(DiskClerk.Reply reply) {
        Arrival arrival = arrivals.remove(reply.ticket());
        if (arrival == null) {
            return Optional.empty();
        }
        if (reply instanceof DiskClerk.Occupied && arrival.purpose().isPresent()) {
            return Optional.of(
                    new Ready(arrival.add(), arrival.seed(), arrival.purpose().get()));
        }
        if (arrival.magnet().isPresent()) {
            recall(arrival, arrival.magnet().get(), reply);
            return Optional.empty();
        }
        if (reply instanceof DiskClerk.Read read && read.result() instanceof ReadResult.Ok ok) {
            settle(arrival.add(), arrival.seed(), ok.metainfo());
        } else {
            refuse(arrival.add(), why(reply));
        }
        return Optional.empty();
    }

    private static Refusal why(DiskClerk.Reply reply) {
        if (reply instanceof DiskClerk.Read read) {
            return why(read.result());
        }
        if (reply instanceof DiskClerk.NotRead not) {
            return why(not.why());
        }
        if (reply instanceof DiskClerk.Taken taken) {
            return new Refusal.Locked(taken.lock(), taken.holder());
        }
        if (reply instanceof DiskClerk.NoDirectory not) {
            return new Refusal.NoDirectory(not.problem());
        }
        return reply instanceof DiskClerk.NoState not
                ? new Refusal.NoState(not.problem())
                : new Refusal.Bug("internal error while adding the torrent; the log tells why");
    }

    private static Refusal why(ReadResult result) {
        if (result instanceof ReadResult.NotBencode not) {
            return new Refusal.BadTorrent(not.describe());
        }
        return result instanceof ReadResult.Bad bad
                ? new Refusal.BadTorrent(bad.describe())
                : new Refusal.Unsupported(
                        "a torrent for BitTorrent v2 alone is not supported yet (hybrid and v1 torrents are)");
    }

    private static Refusal why(TorrentFiles.ReadResult result) {
        if (result instanceof TorrentFiles.NotFound not) {
            return new Refusal.NoSuchFile(not.path());
        }
        return result instanceof TorrentFiles.TooLarge large
                ? new Refusal.BadTorrent("more than " + large.limit()
                        + " bytes, the most that a torrent may have (ahti.limits.torrent-file)")
                : new Refusal.Unreadable(((TorrentFiles.Unreadable) result).problem());
    }

    /** No more: the engine stops. */
    void refuseAll(Refusal refusal) {
        arrivals.values().forEach(arrival -> refuse(arrival.add(), refusal));
        arrivals.clear();
    }

    private static void refuse(Engine.Add add, Refusal refusal) {
        add.replyTo().tell(new Engine.NotAdded(refusal));
    }
}
