package ahti.torrent;

import ahti.actor.Handlers;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent.Command;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The pause between two lives of a torrent. It answers who asks, stops at once when it is told to, and begins again when its
 * time has come, or when its user wishes it; a user's pause keeps it at rest until then. What it cannot answer waits.
 */
final class Recovering extends AbstractBehavior<Command> {
    private final Supervised.Ward ward;
    private final String cause;
    /** When the next life begins. */
    private final long nextAt;

    /** What is wanted; how much of it is stored the next life finds out. */
    private final Progress progress;

    private boolean paused;

    private Recovering(Supervised.Ward ward, long nextAt, String cause) {
        super(ward.context());
        this.ward = ward;
        this.nextAt = nextAt;
        this.cause = cause;
        this.progress = new Progress(
                ward.spec(),
                ward.past().chosen(),
                ward.world().config().picker().edges());
    }

    static Behavior<Command> begin(Supervised.Ward ward, Duration pause, String cause) {
        ward.timers().startSingleTimer(Torrent.Restart.INSTANCE, pause);
        return new Recovering(ward, ward.world().clock().nanos() + pause.toNanos(), cause);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Torrent.Restart.class, this::onRestart)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onGetPeers)
                .onMessage(Torrent.Pause.class, this::onPause)
                .onMessage(Torrent.Resume.class, this::onResume)
                .onMessage(Torrent.AddPeers.class, this::onAddPeers)
                .onMessage(Torrent.Select.class, this::onSelect)
                .onMessage(Torrent.SetLimits.class, this::onSetLimits)
                .onMessage(Torrent.Welcome.class, this::onWelcome)
                .onAnyMessage(this::onAny)
                .build();
    }

    private Behavior<Command> onRestart(Torrent.Restart message) {
        return Supervised.begin(ward);
    }

    /** Nothing is open, and what is stored will be checked by whoever comes next. */
    private Behavior<Command> onStop(Torrent.Stop message) {
        message.replyTo().tell(Torrent.Stopped.INSTANCE);
        return Behaviors.stopped();
    }

    private Behavior<Command> onPause(Torrent.Pause message) {
        paused = true;
        ward.timers().cancel(Torrent.Restart.INSTANCE);
        return this;
    }

    private Behavior<Command> onResume(Torrent.Resume message) {
        ward.timers().cancel(Torrent.Restart.INSTANCE);
        return Supervised.begin(ward);
    }

    private Behavior<Command> onAddPeers(Torrent.AddPeers message) {
        ward.past().addPeers(message.peers());
        return this;
    }

    private Behavior<Command> onSelect(Torrent.Select message) {
        Optional<SelectRefusal> refusal =
                TorrentPhase.refusal(message.files(), ward.spec().metainfo());
        if (refusal.isPresent()) {
            message.replyTo().tell(new Torrent.NotSelected(refusal.get()));
            return this;
        }
        if (!progress.chosen().wantsTheSame(message.files())) {
            ward.past().unfinished();
        }
        ward.past().choose(message.files());
        progress.choose(message.files());
        message.replyTo().tell(new Torrent.Selected(message.files()));
        return this;
    }

    private Behavior<Command> onSetLimits(Torrent.SetLimits message) {
        ward.setLimits(message.limits());
        return this;
    }

    private Behavior<Command> onWelcome(Torrent.Welcome message) {
        message.peer().tell(new PeerConnection.Disconnect("no peers are wanted now"));
        return this;
    }

    private Behavior<Command> onGetPeers(Torrent.GetPeers message) {
        message.replyTo().tell(new Torrent.Peers(List.of()));
        return this;
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        Duration next = Duration.ofNanos(nextAt - ward.world().clock().nanos());
        WaitReason waiting = paused
                ? new WaitReason.PausedByUser()
                : new WaitReason.RestartPause(
                        cause, ward.restarts().number(), ward.restarts().most(), next);
        message.replyTo().tell(status(waiting));
        return this;
    }

    private TorrentStatus status(WaitReason waiting) {
        return new TorrentStatus(
                ward.spec().metainfo().infoHash(),
                ward.spec().metainfo().name(),
                TorrentState.PAUSED,
                0,
                0,
                0,
                progress.wantedBytes(),
                0,
                0,
                0,
                0,
                0,
                new TorrentStatus.Pieces(
                        progress.layout().pieces(),
                        progress.selection().wanted().count(),
                        0,
                        0),
                new TorrentStatus.Peers(0, 0, 0, 0),
                new TorrentStatus.Copies(0, 0, 0),
                PieceMap.EMPTY,
                List.of(),
                Optional.empty(),
                Optional.of(waiting),
                Optional.of(new Problem.Bug("internal error: " + cause)),
                OptionalLong.empty(),
                0);
    }

    private Behavior<Command> onAny(Command message) {
        if (ward.stash().isFull()) {
            getContext()
                    .getLog()
                    .warn(
                            "{}: too much asked while it recovers",
                            ward.spec().metainfo().name());
        } else {
            ward.stash().stash(message);
        }
        return this;
    }
}
