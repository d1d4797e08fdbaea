package ahti.dht;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** What the DHT knows that outlives a bug of its own: what was kept, and who watches. */
final class Memory {
    /** Empty until it is recalled. */
    Optional<Snapshot> kept = Optional.empty();

    final Set<ActorRef<Dht.Standing>> watchers = new LinkedHashSet<>();
}
