package ahti.engine;

import ahti.core.InfoHash;
import ahti.disk.DiskClerk;
import ahti.torrent.TorrentSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/** Torrents on their way out: first they stop, then their part file goes, and their data, if that is wished. Every {@code Remove} is answered. */
final class Departures {
    private final ActorRef<DiskClerk.Command> clerk;
    private final ActorRef<DiskClerk.Reply> clerkTold;
    private final LongSupplier tickets;
    /** Who waits for a torrent to stop. */
    private final Map<InfoHash, List<Engine.Remove>> stopping = new LinkedHashMap<>();
    /** Whose data is being deleted, by ticket. */
    private final Map<Long, Deletion> deleting = new LinkedHashMap<>();

    private record Deletion(InfoHash infoHash, List<Engine.Remove> asked) {}

    Departures(ActorRef<DiskClerk.Command> clerk, ActorRef<DiskClerk.Reply> clerkTold, LongSupplier tickets) {
        this.clerk = clerk;
        this.clerkTold = clerkTold;
        this.tickets = tickets;
    }

    /** Its torrent has been told to stop. */
    void begin(Engine.Remove remove) {
        stopping.computeIfAbsent(remove.infoHash(), hash -> new ArrayList<>()).add(remove);
    }

    /** Whether data of that torrent is still being deleted. */
    boolean has(InfoHash wireHash) {
        return deleting.values().stream()
                .anyMatch(
                        deletion -> InfoHash.v1(deletion.infoHash().wireBytes()).equals(wireHash));
    }

    /** A torrent has stopped, however it came to that: its lock goes back, and its data when somebody wishes it. */
    void stopped(InfoHash infoHash, Optional<TorrentSpec> known) {
        List<Engine.Remove> asked = stopping.getOrDefault(infoHash, List.of());
        stopping.remove(infoHash);
        if (!asked.isEmpty() && known.isPresent()) {
            TorrentSpec spec = known.get();
            long ticket = tickets.getAsLong();
            deleting.put(ticket, new Deletion(infoHash, asked));
            clerk.tell(new DiskClerk.Delete(
                    ticket,
                    asked.stream().anyMatch(Engine.Remove::deleteData),
                    spec.metainfo(),
                    spec.directory(),
                    spec.stateDirectory(),
                    clerkTold));
        }
        clerk.tell(new DiskClerk.Release(infoHash));
        if (known.isEmpty()) {
            // A magnet link that found nothing has no data.
            answer(asked, new Engine.Removed(infoHash));
        }
    }

    /** What the clerk says; nothing happens when it is about no departure. */
    void heard(DiskClerk.Reply reply) {
        Deletion deletion = deleting.remove(reply.ticket());
        if (deletion == null) {
            return;
        }
        if (reply instanceof DiskClerk.Deleted) {
            answer(deletion.asked(), new Engine.Removed(deletion.infoHash()));
        } else if (reply instanceof DiskClerk.NotDeleted not) {
            answer(deletion.asked(), new Engine.NotRemoved(new Refusal.DataKept(not.problem())));
        } else {
            answer(
                    deletion.asked(),
                    new Engine.NotRemoved(new Refusal.Bug("internal error while deleting; the log tells why")));
        }
    }

    /** No more: the engine stops. What the clerk is at, it finishes. */
    void refuseAll(Refusal refusal) {
        stopping.values().forEach(asked -> answer(asked, new Engine.NotRemoved(refusal)));
        deleting.values().forEach(deletion -> answer(deletion.asked(), new Engine.NotRemoved(refusal)));
        stopping.clear();
        deleting.clear();
    }

    private static void answer(List<Engine.Remove> asked, Engine.RemoveReply reply) {
        asked.forEach(remove -> remove.replyTo().tell(reply));
    }
}
