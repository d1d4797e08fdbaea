package ahti.engine;

import ahti.actor.Handlers;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** One watcher: hands it what happened, as much at a time as there is, whenever it has asked for more. Ends with it. */
final class Subscription extends AbstractBehavior<Subscription.Command> {

    sealed interface Command {}

    /** It happened. */
    record Post(EngineEvent event) implements Command {}

    private enum More implements Command {
        INSTANCE
    }

    /** Nothing else will happen. */
    enum End implements Command {
        INSTANCE
    }

    private enum SubscriberGone implements Command {
        INSTANCE
    }

    private final EventFilter filter;
    private final ActorRef<Engine.Watched> subscriber;
    private final ActorRef<Engine.More> next;
    private final Backlog backlog;
    /** The first events come without asking. */
    private boolean isWaiting = true;

    private Subscription(ActorContext<Command> context, Engine.Watch watch, int most) {
        super(context);
        this.filter = watch.filter();
        this.subscriber = watch.subscriber();
        this.backlog = new Backlog(most);
        this.next = context.messageAdapter(Engine.More.class, more -> More.INSTANCE);
        context.watchWith(subscriber, SubscriberGone.INSTANCE);
    }

    static Behavior<Command> create(Engine.Watch watch, int most) {
        return Behaviors.setup(context -> new Subscription(context, watch, most));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Post.class, this::onPost)
                .onMessage(More.class, this::onMore)
                .onMessage(SubscriberGone.class, this::onSubscriberGone)
                .onMessage(End.class, this::onEnd)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onPost(Post message) {
        if (filter.lets(message.event())) {
            backlog.add(message.event());
            send();
        }
        return this;
    }

    private Behavior<Command> onMore(More message) {
        isWaiting = true;
        send();
        return this;
    }

    private void send() {
        if (isWaiting && !backlog.isEmpty()) {
            isWaiting = false;
            subscriber.tell(new Engine.Events(backlog.take(), next));
        }
    }

    private Behavior<Command> onSubscriberGone(SubscriberGone message) {
        return Behaviors.stopped();
    }

    private Behavior<Command> onEnd(End message) {
        return Behaviors.stopped();
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        subscriber.tell(Engine.WatchEnded.INSTANCE);
        return this;
    }
}
