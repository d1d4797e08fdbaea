package ahti.actor;

import ahti.ActorKit;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.MessageAdaptionFailure;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bug on the way to a handler is as good as one in it, and as it is with Pekko's own builder. */
class HandlersTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @Test
    void aMessageAdapterThatThrowsEndsTheActor() {
        TestProbe<ActorRef<Integer>> adapter = kit.probe();
        ActorRef<String> actor = kit.spawn(Behaviors.setup(context -> Clumsy.create(context, adapter, false)));

        adapter.receiveMessage().tell(1);

        adapter.expectTerminated(actor);
    }

    @Test
    void whatAFailedStageIsMadeOfEndsTheActorWhenItThrows() {
        ActorRef<String> actor = kit.spawn(Behaviors.setup(context -> {
            context.pipeToSelf(CompletableFuture.failedFuture(bug()), (value, failure) -> {
                throw new IllegalStateException(failure);
            });
            return Clumsy.create(context, kit.probe(), false);
        }));

        kit.probe().expectTerminated(actor);
    }

    @Test
    void whoeverHandlesThatGoesOn() {
        TestProbe<ActorRef<Integer>> adapter = kit.probe();
        ActorRef<String> actor = kit.spawn(Behaviors.setup(context -> Clumsy.create(context, adapter, true)));
        ActorRef<Integer> throwing = adapter.receiveMessage();

        throwing.tell(1);
        actor.tell("say that you are there");

        adapter.expectMessage(throwing);
    }

    private static IllegalStateException bug() {
        return new IllegalStateException("a bug, for the test");
    }

    /** Its message adapter throws. When told anything, it says where that is. */
    private static final class Clumsy extends AbstractBehavior<String> {
        private final TestProbe<ActorRef<Integer>> listener;
        private final ActorRef<Integer> adapter;
        private final boolean forgiving;

        private Clumsy(ActorContext<String> context, TestProbe<ActorRef<Integer>> listener, boolean forgiving) {
            super(context);
            this.listener = listener;
            this.forgiving = forgiving;
            this.adapter = context.messageAdapter(Integer.class, number -> {
                throw bug();
            });
        }

        static Clumsy create(ActorContext<String> context, TestProbe<ActorRef<Integer>> listener, boolean forgiving) {
            Clumsy clumsy = new Clumsy(context, listener, forgiving);
            listener.ref().tell(clumsy.adapter);
            return clumsy;
        }

        @Override
        public Receive<String> createReceive() {
            Handlers<String> handlers = new Handlers<String>().onMessage(String.class, this::onAnything);
            return forgiving
                    ? handlers.onSignal(MessageAdaptionFailure.class, signal -> this)
                            .build()
                    : handlers.build();
        }

        private Clumsy onAnything(String message) {
            listener.ref().tell(adapter);
            return this;
        }
    }
}
