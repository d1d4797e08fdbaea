package ahti.testkit.record;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.engine.Engine;
import ahti.engine.EventBoard;
import ahti.engine.Refusal;
import ahti.engine.TorrentRef;
import ahti.engine.TorrentSummary;
import ahti.testkit.record.event.Wish;
import ahti.testkit.record.inside.Said;
import ahti.testkit.record.live.LiveSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A recorded engine at work: hands what is wanted to the engine inside, and what that says to whoever wanted it. Every {@code
 * Add} and every {@code Remove} is answered, however the engine ends.
 */
final class Recording extends AbstractBehavior<Object> {
    private final LiveSession session;
    private final ActorRef<EventBoard.Command> board;
    private final ActorRef<Object> door;
    private final Askers<Engine.Listing> listing = new Askers<>();
    private final List<Engine.Remove> removing = new ArrayList<>();
    private final List<ActorRef<Engine.Stopped>> stopping = new ArrayList<>();
    /** Not answered yet. */
    private Optional<Engine.Add> adding;
    /** From when it was added until it is gone. */
    private Optional<TorrentRef> torrent = Optional.empty();

    Recording(ActorContext<Object> context, LiveSession session, ActorRef<EventBoard.Command> board, Engine.Add add) {
        super(context);
        this.session = session;
        this.board = board;
        this.adding = Optional.of(add);
        this.door = context.spawn(RecordedTorrentDoor.create(session), "torrent");
    }

    @Override
    public Receive<Object> createReceive() {
        return new Handlers<Object>()
                .onMessage(Said.Reported.class, this::pass)
                .onMessage(Said.Happened.class, this::onHappened)
                .onMessage(Said.Listed.class, this::pass)
                .onMessage(Said.TorrentStopped.class, this::pass)
                .onMessage(Said.TorrentGone.class, this::onTorrentGone)
                .onMessage(Said.Added.class, this::onAdded)
                .onMessage(Said.NotAdded.class, this::onNotAdded)
                .onMessage(Said.Roster.class, this::onRoster)
                .onMessage(Said.Removed.class, this::onRemoved)
                .onMessage(Said.Ended.class, this::onEnded)
                .onMessage(Engine.Watch.class, this::onWatch)
                .onMessage(Engine.Add.class, this::onAdd)
                .onMessage(Engine.Find.class, this::onFind)
                .onMessage(Engine.ListAll.class, this::onListAll)
                .onMessage(Engine.Remove.class, this::onRemove)
                .onMessage(Engine.SetLimits.class, this::onSetLimits)
                .onMessage(Engine.Stop.class, this::onStop)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Object> pass(Said message) {
        door.tell(message);
        return this;
    }

    private Behavior<Object> onHappened(Said.Happened message) {
        board.tell(new EventBoard.PutUp(message.event()));
        return this;
    }

    private Behavior<Object> onAdded(Said.Added message) {
        TorrentRef known = new TorrentRef(message.infoHash(), message.name(), door.narrow());
        torrent = Optional.of(known);
        answerAdd(new Engine.Added(known, message.listening()));
        return this;
    }

    private Behavior<Object> onNotAdded(Said.NotAdded message) {
        answerAdd(new Engine.NotAdded(message.refusal()));
        return this;
    }

    private void answerAdd(Engine.AddReply reply) {
        adding.ifPresent(add -> add.replyTo().tell(reply));
        adding = Optional.empty();
    }

    private Behavior<Object> onTorrentGone(Said.TorrentGone message) {
        torrent = Optional.empty();
        return pass(message);
    }

    private Behavior<Object> onWatch(Engine.Watch message) {
        board.tell(new EventBoard.Subscribe(message));
        return this;
    }

    private Behavior<Object> onAdd(Engine.Add message) {
        Refusal refusal = new Refusal.Unsupported("an engine that is recorded has one torrent, and this one has it");
        message.replyTo().tell(new Engine.NotAdded(refusal));
        return this;
    }

    private Behavior<Object> onFind(Engine.Find message) {
        message.replyTo()
                .tell(here(message.infoHash())
                        .<Engine.FindReply>map(Engine.Found::new)
                        .orElse(new Engine.NotFound(message.infoHash())));
        return this;
    }

    private Optional<TorrentRef> here(InfoHash infoHash) {
        return torrent.filter(known -> known.infoHash().equals(infoHash));
    }

    private Behavior<Object> onListAll(Engine.ListAll message) {
        if (listing.remember(message.replyTo())) {
            session.wish(new Wish.Listing(message.changedSince()));
        }
        return this;
    }

    private Behavior<Object> onRoster(Said.Roster message) {
        Engine.Listing inside = message.listing();
        List<TorrentSummary> torrents = inside.torrents().stream()
                .map(summary -> new TorrentSummary(
                        new TorrentRef(
                                summary.torrent().infoHash(), summary.torrent().name(), door.narrow()),
                        summary.state(),
                        summary.problem(),
                        summary.revision()))
                .toList();
        listing.answer(new Engine.Listing(inside.revision(), inside.whole(), torrents, inside.gone()));
        return this;
    }

    private Behavior<Object> onRemove(Engine.Remove message) {
        if (here(message.infoHash()).isEmpty()) {
            message.replyTo().tell(new Engine.NotRemoved(new Refusal.NoSuchTorrent(message.infoHash())));
        } else {
            removing.add(message);
            session.wish(new Wish.Remove(message.deleteData()));
        }
        return this;
    }

    private Behavior<Object> onRemoved(Said.Removed message) {
        if (!removing.isEmpty()) {
            removing.remove(0).replyTo().tell(message.reply());
        }
        return this;
    }

    private Behavior<Object> onSetLimits(Engine.SetLimits message) {
        session.wish(new Wish.LimitAll(message.limits()));
        return this;
    }

    private Behavior<Object> onStop(Engine.Stop message) {
        stopping.add(message.replyTo());
        session.wish(new Wish.Stop(message.grace().map(Duration::toNanos)));
        return this;
    }

    private Behavior<Object> onEnded(Said.Ended message) {
        Refusal refusal = stopping.isEmpty()
                ? new Refusal.Bug("the recorded engine ended by itself; the log tells why")
                : Refusal.Stopping.INSTANCE;
        answerAdd(new Engine.NotAdded(refusal));
        removing.forEach(remove -> remove.replyTo().tell(new Engine.NotRemoved(refusal)));
        removing.clear();
        stopping.forEach(asker -> asker.tell(Engine.Stopped.INSTANCE));
        session.close();
        return EventBoard.endWith(getContext(), board);
    }

    private Behavior<Object> onPostStop(PostStop signal) {
        session.close();
        return this;
    }
}
