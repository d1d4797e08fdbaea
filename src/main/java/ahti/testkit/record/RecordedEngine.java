package ahti.testkit.record;

import ahti.actor.Handlers;
import ahti.core.RateLimits;
import ahti.disk.DiskProblem;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.engine.EventBoard;
import ahti.engine.Refusal;
import ahti.engine.TorrentSource;
import ahti.testkit.record.event.Addition;
import ahti.testkit.record.event.Wish;
import ahti.testkit.record.live.LiveSession;
import ahti.testkit.record.live.RecordingPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * An engine with one torrent that is recorded: to its user it looks like any other. The engine itself runs on a thread of its
 * own under virtual time, in step with the real clock, so that the recording is exact; its network and files are real.
 *
 * <p>It differs in this: it begins to listen when its torrent is added; the torrent must have been read already ({@link
 * TorrentSource.FromMetainfo}); a second one is refused, also after the first has left; and files cannot be read while they
 * download. Watchers are served out here, so that a slow one is no matter to the recording.
 *
 * <p>This is the engine before its torrent is added; then it is {@link Recording}.
 */
public final class RecordedEngine extends AbstractBehavior<Object> {
    private final EngineSettings real;
    private final RecordingPlan plan;
    private final ActorRef<EventBoard.Command> board;
    /** What the torrent to come shall keep to. */
    private Optional<RateLimits> limits = Optional.empty();

    private RecordedEngine(ActorContext<Object> context, EngineSettings real, RecordingPlan plan) {
        super(context);
        this.real = real;
        this.plan = plan;
        this.board = context.spawn(EventBoard.create(real.config().engine().eventsBuffer()), "events");
    }

    /** An engine that works with {@code real} and records by {@code plan}. */
    public static Behavior<Engine.Command> create(EngineSettings real, RecordingPlan plan) {
        return Behaviors.<Object>setup(context -> new RecordedEngine(context, real, plan))
                .narrow();
    }

    @Override
    public Receive<Object> createReceive() {
        return new Handlers<Object>()
                .onMessage(Engine.Watch.class, this::onWatch)
                .onMessage(Engine.Add.class, this::onAdd)
                .onMessage(Engine.Find.class, this::onFind)
                .onMessage(Engine.ListAll.class, this::onListAll)
                .onMessage(Engine.Remove.class, this::onRemove)
                .onMessage(Engine.SetLimits.class, this::onSetLimits)
                .onMessage(Engine.Stop.class, this::onStop)
                .build();
    }

    private Behavior<Object> onWatch(Engine.Watch message) {
        board.tell(new EventBoard.Subscribe(message));
        return this;
    }

    private Behavior<Object> onAdd(Engine.Add message) {
        if (!(message.source() instanceof TorrentSource.FromMetainfo known)) {
            refuse(
                    message,
                    new Refusal.Unsupported("an engine that is recorded takes a torrent that has been read already"));
            return this;
        }
        ActorRef<Object> self = getContext().getSelf();
        try {
            LiveSession session = new LiveSession(
                    getContext().getSystem(),
                    real,
                    plan,
                    new Addition(known.metainfo(), message.options()),
                    self::tell);
            session.start();
            limits.ifPresent(rates -> session.wish(new Wish.LimitAll(rates)));
            return new Recording(getContext(), session, board, message);
        } catch (IOException e) {
            refuse(
                    message,
                    new Refusal.NoState(new DiskProblem.Faulty(plan.file(), "cannot record: " + e.getMessage())));
            return this;
        }
    }

    private static void refuse(Engine.Add message, Refusal refusal) {
        message.replyTo().tell(new Engine.NotAdded(refusal));
    }

    private Behavior<Object> onFind(Engine.Find message) {
        message.replyTo().tell(new Engine.NotFound(message.infoHash()));
        return this;
    }

    private Behavior<Object> onListAll(Engine.ListAll message) {
        message.replyTo().tell(new Engine.Listing(0, true, List.of(), List.of()));
        return this;
    }

    private Behavior<Object> onRemove(Engine.Remove message) {
        message.replyTo().tell(new Engine.NotRemoved(new Refusal.NoSuchTorrent(message.infoHash())));
        return this;
    }

    private Behavior<Object> onSetLimits(Engine.SetLimits message) {
        limits = Optional.of(message.limits());
        return this;
    }

    private Behavior<Object> onStop(Engine.Stop message) {
        message.replyTo().tell(Engine.Stopped.INSTANCE);
        return EventBoard.endWith(getContext(), board);
    }
}
