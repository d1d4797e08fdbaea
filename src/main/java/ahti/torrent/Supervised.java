package ahti.torrent;

import ahti.actor.Handlers;
import ahti.core.RateLimits;
import ahti.limit.Allotter;
import ahti.torrent.Torrent.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A torrent that runs, one life of it. Whatever it is told goes on to the torrent, so that its reference holds over restarts.
 *
 * <p>A bug that ends the torrent, or anything that the torrent needs, leads to {@link Recovering}, or to the end when it
 * failed too often. A torrent that ends while it stops has stopped, whatever ended it.
 */
final class Supervised extends AbstractBehavior<Command> {
    /** What passes from life to life. */
    record Ward(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            TorrentSpec spec,
            World world,
            ActorRef<TorrentEvent> subscriber,
            Past past,
            Restarts restarts) {

        /** Whatever the torrent is doing, this is not for it to keep. */
        void setLimits(RateLimits limits) {
            world.allotter().tell(new Allotter.LimitTorrent(spec.metainfo().infoHash(), limits));
        }
    }

    /** A ward of which is not known yet what it is. */
    record Foundling(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            World world,
            ActorRef<TorrentEvent> subscriber,
            Past past,
            Restarts restarts) {

        /** Now it is known. */
        Ward with(TorrentSpec spec) {
            past.choose(spec.files());
            return new Ward(context, timers, stash, spec, world, subscriber, past, restarts);
        }
    }

    private final Ward ward;
    private final ActorRef<Command> torrent;
    private final List<ActorRef<Torrent.Stopped>> stopAsked = new ArrayList<>();

    private Supervised(Ward ward) {
        super(ward.context());
        getContext().setLoggerName(Supervised.class);
        this.ward = ward;
        this.torrent =
                getContext().spawnAnonymous(Torrent.life(ward.spec(), ward.world(), ward.past(), ward.subscriber()));
        getContext().watch(torrent);
    }

    /** Begins a life, and hands it what was said in between. */
    static Behavior<Command> begin(Ward ward) {
        ward.restarts().began(ward.world().clock().nanos());
        return ward.stash().unstashAll(new Supervised(ward));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Torrent.Stop.class, this::onStop)
                .onMessage(Torrent.SetLimits.class, this::onSetLimits)
                .onAnyMessage(this::onAny)
                .onSignal(ChildFailed.class, this::onFailed)
                .onSignal(Terminated.class, signal -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> onAny(Command message) {
        torrent.tell(message);
        return this;
    }

    private Behavior<Command> onSetLimits(Torrent.SetLimits message) {
        ward.setLimits(message.limits());
        return this;
    }

    private Behavior<Command> onStop(Torrent.Stop message) {
        stopAsked.add(message.replyTo());
        torrent.tell(message);
        return this;
    }

    private Behavior<Command> onFailed(ChildFailed signal) {
        String why = Restarts.sentence(signal.getCause());
        if (!stopAsked.isEmpty()) {
            getContext().getLog().error("{}: failed while it stopped: {}", name(), why);
            stopAsked.forEach(asker -> asker.tell(Torrent.Stopped.INSTANCE));
            return Behaviors.stopped();
        }
        Optional<Duration> pause = ward.restarts().failed(ward.world().clock().nanos());
        if (pause.isEmpty()) {
            return giveUp(signal.getCause());
        }
        int restart = ward.restarts().number();
        getContext()
                .getLog()
                .error(
                        "{}: a bug ended it, restart {} in {} ms",
                        name(),
                        restart,
                        pause.get().toMillis());
        Behavior<Command> recovering = Recovering.begin(ward, pause.get(), why);
        ward.subscriber()
                .tell(ward.restarts().event(ward.spec().metainfo().infoHash(), signal.getCause(), pause.get()));
        return recovering;
    }

    private Behavior<Command> giveUp(Throwable cause) {
        Problem problem = ward.restarts().givenUp(cause);
        getContext().getLog().error("{}: given up: {}", name(), problem.describe());
        ward.subscriber()
                .tell(new TorrentEvent.ProblemRaised(ward.spec().metainfo().infoHash(), problem));
        return Behaviors.stopped();
    }

    private String name() {
        return ward.spec().metainfo().name();
    }
}
