package ahti.dht;

import ahti.dht.node.DhtNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** Searches that are under way in some of the nodes. Each is answered with one {@code SearchEnded}, the sum of all nodes. */
final class Searches {
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private long tickets;

    private static final class Pending {
        final ActorRef<Dht.SearchReply> replyTo;
        int nodes;
        int asked;
        int answered;
        int found;
        int announced;

        Pending(ActorRef<Dht.SearchReply> replyTo, int nodes) {
            this.replyTo = replyTo;
            this.nodes = nodes;
        }
    }

    /** A search in so many nodes, at least one; its ticket. */
    long begin(ActorRef<Dht.SearchReply> replyTo, int nodes) {
        long ticket = ++tickets;
        pending.put(ticket, new Pending(replyTo, nodes));
        return ticket;
    }

    void found(DhtNode.Found event) {
        Pending search = pending.get(event.ticket());
        if (search != null) {
            search.replyTo.tell(new Dht.PeersFound(event.peers()));
        }
    }

    void ended(DhtNode.Ended event) {
        Pending search = pending.get(event.ticket());
        if (search == null) {
            return;
        }
        search.nodes--;
        search.asked += event.asked();
        search.answered += event.answered();
        search.found += event.found();
        search.announced += event.announced();
        if (search.nodes == 0) {
            pending.remove(event.ticket());
            tellEnd(search);
        }
    }

    /** All end with what came so far; their tickets. */
    List<Long> end() {
        List<Long> ended = List.copyOf(pending.keySet());
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        all.forEach(Searches::tellEnd);
        return ended;
    }

    private static void tellEnd(Pending search) {
        search.replyTo.tell(new Dht.SearchEnded(search.asked, search.answered, search.found, search.announced));
    }

    /** Whoever asked is gone: the tickets of what nobody waits for any more. */
    List<Long> abandon(ActorRef<Dht.SearchReply> asker) {
        List<Long> abandoned = pending.entrySet().stream()
                .filter(entry -> entry.getValue().replyTo.equals(asker))
                .map(Map.Entry::getKey)
                .toList();
        abandoned.forEach(pending::remove);
        return abandoned;
    }
}
