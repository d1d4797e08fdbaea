package ahti.torrent;

import ahti.actor.Handlers;
import ahti.torrent.Torrent.Command;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** At rest: no peers, no announces, no reads; what is stored stays. Leaves by {@code Resume}, which checks anew. */
final class Paused extends TorrentPhase {
    private final TorrentState state;
    private final Optional<Problem> problem;
    private final WaitReason why;
    /** Whether the disk is still to be told what is stored. */
    private boolean toRemember;

    private Paused(Station station, TorrentState state, Optional<Problem> problem) {
        this(station, state, problem, new WaitReason.PausedByUser());
    }

    private Paused(Station station, TorrentState state, Optional<Problem> problem, WaitReason why) {
        super(station);
        this.why = why;
        this.state = state;
        this.problem = problem;
    }

    /** The user wishes it. */
    static Behavior<Command> byUser(Station station) {
        station.tellState(TorrentState.PAUSED);
        Paused paused = new Paused(station, TorrentState.PAUSED, Optional.empty());
        // What the user paused need not be checked again.
        paused.toRemember = true;
        paused.rememberWhenWritten();
        return paused;
    }

    /** Enough was shared. */
    static Behavior<Command> byGoal(Station station, Duration seeding) {
        long uploaded = station.upMeter.total();
        station.tellState(TorrentState.PAUSED);
        Paused paused = new Paused(
                station, TorrentState.PAUSED, Optional.empty(), new WaitReason.SharedEnough(uploaded, seeding));
        paused.toRemember = true;
        paused.rememberWhenWritten();
        station.tell(new TorrentEvent.SeedingGoalReached(station.spec.metainfo().infoHash(), uploaded, seeding));
        return paused;
    }

    /** The user wishes it, and nobody knows all that is stored: what an earlier run remembered stays. */
    static Behavior<Command> duringCheck(Station station) {
        station.tellState(TorrentState.PAUSED);
        return new Paused(station, TorrentState.PAUSED, Optional.empty());
    }

    /** Something is wrong that will not pass by itself. */
    static Behavior<Command> failed(Station station, Problem problem) {
        station.tellState(TorrentState.FAILED);
        station.tellProblem(problem);
        return new Paused(station, TorrentState.FAILED, Optional.of(problem));
    }

    @Override
    public Receive<Command> createReceive() {
        return withoutPeers(reading(new Handlers<Command>()))
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.Resume.class, this::onResume)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onAnyMessage(this::ignore)
                .onSignal(ChildFailed.class, this::onChildFailed)
                .build();
    }

    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        if (station.storeEnded(message.reply())) {
            rememberWhenWritten();
        }
        return this;
    }

    private void rememberWhenWritten() {
        if (toRemember && station.storing() == 0) {
            toRemember = false;
            station.remembering.begin();
        }
    }

    /** What was remembered at the pause stays as it is: nobody knows what was done to the files since. */
    private Behavior<Command> onStop(Torrent.Stop message) {
        return toRemember
                ? Stopping.fromSwarm(station, message.replyTo())
                : Stopping.atRest(station, message.replyTo());
    }

    private Behavior<Command> onResume(Torrent.Resume message) {
        if (why instanceof WaitReason.SharedEnough) {
            station.liftGoal();
        }
        return Checking.begin(station);
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        StatusReport report = new StatusReport(station, state).waiting(why);
        problem.ifPresent(report::problem);
        message.replyTo().tell(report.build(message.cells()));
        return this;
    }
}
