package ahti.tracker;

import ahti.core.Secrets;
import ahti.net.IpFamily;
import ahti.net.Resolver;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What a {@link Tracker} has for the other address family: nobody, until its name is known to lead to both; then an
 * {@link OtherFamily}. Touched by the tracker's actor only.
 */
final class Shadow {
    private final ActorContext<Tracker.Command> context;
    private final Endpoint endpoint;
    private final AnnouncerSettings settings;
    private final RandomGenerator random;
    private Optional<ActorRef<OtherFamily.Command>> hired = Optional.empty();

    Shadow(
            ActorContext<Tracker.Command> context,
            Endpoint endpoint,
            AnnouncerSettings settings,
            RandomGenerator random) {
        this.context = context;
        this.endpoint = endpoint;
        this.settings = settings;
        this.random = random;
    }

    /** Announces, too; while nobody is there {@code looked} makes a message of what the name leads to. */
    void announce(Announcer.Tally tally, Function<Resolver.Reply, Tracker.Command> looked) {
        if (hired.isPresent()) {
            hired.get().tell(new OtherFamily.Announce(tally));
            return;
        }
        endpoint.name()
                .ifPresent(name -> context.pipeToSelf(
                        settings.ways().resolver().resolve(name),
                        (reply, failure) ->
                                looked.apply(failure == null ? reply : new Resolver.Unknown(failure.toString()))));
    }

    /** The tracker's line takes the first address that works: the family that is not the first one's is ours. */
    void resolved(Resolver.Reply reply, Announcer.Tally tally, Function<OtherFamily.Event, Tracker.Command> told) {
        if (hired.isEmpty() && reply instanceof Resolver.Found found) {
            IpFamily first = IpFamily.of(found.addresses().get(0));
            found.addresses().stream()
                    .map(IpFamily::of)
                    .filter(family -> family != first)
                    .findFirst()
                    .ifPresent(other -> hire(other, tally, told));
        }
    }

    private void hire(IpFamily family, Announcer.Tally tally, Function<OtherFamily.Event, Tracker.Command> told) {
        // A generator of its own: the child runs on another thread.
        RandomGenerator own = Secrets.childOf(random);
        ActorRef<OtherFamily.Event> owner = context.messageAdapter(OtherFamily.Event.class, told::apply);
        ActorRef<OtherFamily.Command> fresh =
                context.spawn(OtherFamily.create(endpoint, family, settings, own, owner), "other-family");
        context.watch(fresh);
        hired = Optional.of(fresh);
        fresh.tell(new OtherFamily.Announce(tally));
    }

    void complete(Announcer.Tally tally) {
        hired.ifPresent(other -> other.tell(new OtherFamily.Complete(tally)));
    }

    /** Says goodbye; whether there is somebody who will answer {@link OtherFamily.Gone}. */
    boolean goodbye(Announcer.Tally tally) {
        hired.ifPresent(other -> other.tell(new OtherFamily.Goodbye(tally)));
        return hired.isPresent();
    }
}
