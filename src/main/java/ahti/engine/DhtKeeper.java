package ahti.engine;

import ahti.core.Secrets;
import ahti.dht.Dht;
import ahti.dht.DhtSettings;
import ahti.dht.Snapshot;
import ahti.disk.DiskClerk;
import ahti.net.place.Whereabouts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.util.ByteString;

/** Starts the DHT, unless {@code ahti.dht.enabled} says no, and keeps what it wants kept in {@code ahti.dht.state}. */
final class DhtKeeper {
    private final Optional<ActorRef<Dht.Command>> dht;
    private final Optional<Path> state;
    private final ActorRef<DiskClerk.Command> clerk;
    private OptionalLong awaited = OptionalLong.empty();

    DhtKeeper(
            ActorContext<Engine.Command> context,
            EngineSettings settings,
            ActorRef<Whereabouts.Command> whereabouts,
            int port,
            ActorRef<DiskClerk.Command> clerk,
            ActorRef<DiskClerk.Reply> clerkTold,
            LongSupplier tickets) {
        this.state = settings.config().dht().state();
        this.clerk = clerk;
        if (!settings.config().dht().enabled()) {
            this.dht = Optional.empty();
            return;
        }
        DhtSettings own = new DhtSettings(
                settings.config().dht(),
                settings.clock(),
                Secrets.childOf(settings.random()),
                settings.datagrams(),
                settings.resolver(),
                whereabouts,
                settings.transport()::mayTalkTo,
                settings.listenOn(),
                port);
        ActorRef<Dht.Event> told = context.messageAdapter(Dht.Event.class, Engine.DhtTold::new);
        ActorRef<Dht.Command> hired = context.spawn(Dht.create(own, told), "dht");
        this.dht = Optional.of(hired);
        if (state.isPresent()) {
            long ticket = tickets.getAsLong();
            awaited = OptionalLong.of(ticket);
            clerk.tell(new DiskClerk.Recall(ticket, state.get(), Snapshot.MOST_BYTES, clerkTold));
        } else {
            hired.tell(new Dht.Recall(Snapshot.empty()));
        }
    }

    /** The DHT, if there is one. */
    Optional<ActorRef<Dht.Command>> dht() {
        return dht;
    }

    /** What the clerk says; nothing happens when it is about something else. */
    void heard(DiskClerk.Reply reply) {
        if (awaited.isPresent() && awaited.getAsLong() == reply.ticket()) {
            awaited = OptionalLong.empty();
            Snapshot kept = reply instanceof DiskClerk.Recalled recalled
                    ? recalled.content()
                            .map(content -> Snapshot.decode(content.toArray()))
                            .orElseGet(Snapshot::empty)
                    : Snapshot.empty();
            dht.ifPresent(hired -> hired.tell(new Dht.Recall(kept)));
        }
    }

    /** What the DHT says. */
    void told(Dht.Event event) {
        if (event instanceof Dht.Keep keep) {
            state.ifPresent(path -> clerk.tell(new DiskClerk.Keep(
                    path, ByteString.fromArrayUnsafe(keep.snapshot().encode()))));
        }
    }
}
