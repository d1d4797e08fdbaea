package ahti.tracker;

import ahti.actor.Handlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The last phase of an {@link Announcer}: all trackers that know us are told at once that we leave, under one cap. */
final class Farewell extends AbstractBehavior<Announcer.Command> {
    /** Trackers still being told. */
    private final Set<String> waiting;

    private final List<ActorRef<Announcer.Stopped>> replyTo = new ArrayList<>();

    static Behavior<Announcer.Command> begin(
            ActorContext<Announcer.Command> context,
            TimerScheduler<Announcer.Command> timers,
            Duration cap,
            Map<String, ActorRef<Tracker.Command>> trackers,
            Announcer.Stop stop) {
        Farewell farewell = new Farewell(context, trackers.keySet(), stop.replyTo());
        timers.startSingleTimer(Announcer.Capped.INSTANCE, cap);
        trackers.values().forEach(tracker -> tracker.tell(new Tracker.Goodbye(stop.tally())));
        return farewell.unlessDone();
    }

    private Farewell(
            ActorContext<Announcer.Command> context, Set<String> trackers, ActorRef<Announcer.Stopped> replyTo) {
        super(context);
        this.waiting = new LinkedHashSet<>(trackers);
        this.replyTo.add(replyTo);
    }

    @Override
    public Receive<Announcer.Command> createReceive() {
        return new Handlers<Announcer.Command>()
                .onMessage(Announcer.FromTracker.class, this::onFromTracker)
                .onMessage(Announcer.Broke.class, this::onBroke)
                .onMessage(Announcer.Capped.class, this::onCapped)
                .onMessage(Announcer.Stop.class, this::onStop)
                // Nothing else matters any more.
                .onMessage(Announcer.Command.class, message -> this)
                .build();
    }

    private Behavior<Announcer.Command> onFromTracker(Announcer.FromTracker message) {
        if (message.event() instanceof Tracker.Gone gone) {
            waiting.remove(gone.url());
        }
        return unlessDone();
    }

    private Behavior<Announcer.Command> onBroke(Announcer.Broke message) {
        waiting.remove(message.url());
        return unlessDone();
    }

    private Behavior<Announcer.Command> onCapped(Announcer.Capped message) {
        getContext().getLog().debug("left without a word to {}", waiting);
        waiting.clear();
        return unlessDone();
    }

    private Behavior<Announcer.Command> onStop(Announcer.Stop message) {
        replyTo.add(message.replyTo());
        return this;
    }

    private Behavior<Announcer.Command> unlessDone() {
        if (!waiting.isEmpty()) {
            return this;
        }
        replyTo.forEach(asker -> asker.tell(Announcer.Stopped.INSTANCE));
        return Behaviors.stopped();
    }
}
