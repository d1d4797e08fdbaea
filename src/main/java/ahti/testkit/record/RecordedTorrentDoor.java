package ahti.testkit.record;

import ahti.actor.Handlers;
import ahti.testkit.record.event.RecordedSelection;
import ahti.testkit.record.event.Wish;
import ahti.testkit.record.inside.Said;
import ahti.testkit.record.live.LiveSession;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentStatus;
import ahti.torrent.reading.ReadRefusal;
import ahti.torrent.reading.Reader;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Stands for the torrent of a recorded engine: passes wishes in, and answers out to whoever asked first. Lives as long as the
 * torrent. What a file holds is not passed out: whoever wants to read is refused.
 */
final class RecordedTorrentDoor extends AbstractBehavior<Object> {
    private final LiveSession session;
    private final Askers<TorrentStatus> status = new Askers<>();
    private final Askers<Torrent.Peers> peers = new Askers<>();
    private final Askers<Torrent.SelectReply> selections = new Askers<>();
    private final Askers<Torrent.Stopped> stop = new Askers<>();

    private RecordedTorrentDoor(ActorContext<Object> context, LiveSession session) {
        super(context);
        this.session = session;
    }

    static Behavior<Object> create(LiveSession session) {
        return Behaviors.setup(context -> new RecordedTorrentDoor(context, session));
    }

    @Override
    public Receive<Object> createReceive() {
        return new Handlers<Object>()
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Said.Reported.class, this::onReported)
                .onMessage(Torrent.GetPeers.class, this::onGetPeers)
                .onMessage(Said.Listed.class, this::onListed)
                .onMessage(Torrent.Reannounce.class, message -> wish(new Wish.Reannounce()))
                .onMessage(Torrent.Pause.class, message -> wish(new Wish.Pause()))
                .onMessage(Torrent.Resume.class, message -> wish(new Wish.Resume()))
                .onMessage(Torrent.AddPeers.class, message -> wish(new Wish.AddPeers(message.peers())))
                .onMessage(Torrent.SetLimits.class, message -> wish(new Wish.LimitTorrent(message.limits())))
                .onMessage(Torrent.Read.class, this::onRead)
                .onMessage(Torrent.Select.class, this::onSelect)
                .onMessage(Said.Selected.class, this::onSelected)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onMessage(Said.TorrentStopped.class, this::onTorrentStopped)
                .onMessage(Said.TorrentGone.class, this::onTorrentGone)
                .build();
    }

    private Behavior<Object> onGetStatus(Torrent.GetStatus message) {
        return ask(status, message.replyTo(), new Wish.Status(message.cells()));
    }

    private Behavior<Object> onReported(Said.Reported message) {
        status.answer(message.status());
        return this;
    }

    private Behavior<Object> onGetPeers(Torrent.GetPeers message) {
        return ask(peers, message.replyTo(), new Wish.Peers());
    }

    private Behavior<Object> onListed(Said.Listed message) {
        peers.answer(message.peers());
        return this;
    }

    private Behavior<Object> onRead(Torrent.Read message) {
        message.replyTo()
                .tell(new Reader.Refused(
                        new ReadRefusal.Unsupported("a torrent that is recorded cannot be read while it downloads")));
        return this;
    }

    private Behavior<Object> onSelect(Torrent.Select message) {
        return ask(selections, message.replyTo(), new Wish.Select(RecordedSelection.of(message.files())));
    }

    private Behavior<Object> onSelected(Said.Selected message) {
        selections.answer(message.reply());
        return this;
    }

    private Behavior<Object> onStop(Torrent.Stop message) {
        return ask(stop, message.replyTo(), new Wish.StopTorrent());
    }

    private Behavior<Object> onTorrentStopped(Said.TorrentStopped message) {
        stop.answer(Torrent.Stopped.INSTANCE);
        return this;
    }

    private Behavior<Object> onTorrentGone(Said.TorrentGone message) {
        stop.answerAll(Torrent.Stopped.INSTANCE);
        return Behaviors.stopped();
    }

    private <T> Behavior<Object> ask(Askers<T> askers, ActorRef<T> asker, Wish wish) {
        return askers.remember(asker) ? wish(wish) : this;
    }

    private Behavior<Object> wish(Wish wish) {
        session.wish(wish);
        return this;
    }
}
