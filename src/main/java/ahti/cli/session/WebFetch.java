package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.engine.EngineSettings;
import ahti.engine.WebFile;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system of its own that asks a web server for a .torrent file, and then ends. */
public final class WebFetch {
    private WebFetch() {}

    /**
     * Asks and waits.
     *
     * @throws CommandFailure when the local address to ask from is none
     */
    public static WebFile.Reply run(Configuration configuration, URI uri) throws InterruptedException {
        try {
            EngineSettings.check(configuration.ahti());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.NETWORK, String.valueOf(e.getMessage()));
        }
        BlockingQueue<WebFile.Reply> replies = new ArrayBlockingQueue<>(2);
        ActorSystem<?> system = configuration.start("web", guardian(configuration, uri, replies));
        // However it ends; touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated()
                .whenComplete((done, failure) -> replies.offer(new WebFile.Failed("the request ended by itself")));
        return replies.take();
    }

    private static Behavior<WebFile.Reply> guardian(
            Configuration configuration, URI uri, BlockingQueue<WebFile.Reply> replies) {
        return Behaviors.setup(context -> {
            EngineSettings real = EngineSettings.real(context.getSystem(), configuration.ahti());
            context.spawn(WebFile.create(real, uri, context.getSelf()), "file");
            return Behaviors.receive(WebFile.Reply.class)
                    .onAnyMessage(reply -> {
                        replies.add(reply);
                        return Behaviors.stopped();
                    })
                    .onSignal(PostStop.class, stopped -> {
                        real.release();
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
