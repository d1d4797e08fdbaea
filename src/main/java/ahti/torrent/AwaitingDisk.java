package ahti.torrent;

import ahti.actor.Handlers;
import ahti.disk.DiskWriter;
import ahti.torrent.Torrent.Command;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * At rest because the disk failed: full, read-only, broken, not mounted. It is tried from time to time, and when it would do
 * again the torrent goes on by itself, with a check of what is there. Whoever wishes it sooner says {@code Resume}.
 */
final class AwaitingDisk extends TorrentPhase {
    private final ActorRef<DiskWriter.ProbeReply> tried;
    private final int toWrite;
    private final Duration pause;
    private Problem problem;
    private long nextAt;

    private AwaitingDisk(Station station, Problem problem, int toWrite) {
        super(station);
        this.problem = problem;
        this.toWrite = toWrite;
        this.pause = station.diskRetries.failed(station.now());
        this.tried = getContext().messageAdapter(DiskWriter.ProbeReply.class, Torrent.DiskTried::new);
    }

    /** Something was to be written and could not be. */
    static Behavior<Command> afterWrite(Station station, Problem problem) {
        return begin(station, problem, station.progress.layout().pieceLength());
    }

    /** Something was to be read, or looked at, and could not be. */
    static Behavior<Command> afterRead(Station station, Problem problem) {
        return begin(station, problem, 0);
    }

    private static Behavior<Command> begin(Station station, Problem problem, int toWrite) {
        AwaitingDisk awaiting = new AwaitingDisk(station, problem, toWrite);
        awaiting.tryLater();
        station.tellState(TorrentState.PAUSED);
        station.tellProblem(problem);
        return awaiting;
    }

    private void tryLater() {
        nextAt = station.now() + pause.toNanos();
        station.timers.startSingleTimer(Torrent.TryDisk.INSTANCE, pause);
    }

    @Override
    public Receive<Command> createReceive() {
        return withoutPeers(reading(new Handlers<Command>()))
                .onMessage(Torrent.TryDisk.class, this::onTryDisk)
                .onMessage(Torrent.DiskTried.class, this::onDiskTried)
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.Resume.class, this::onResume)
                .onMessage(Torrent.Pause.class, this::onPause)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onAnyMessage(this::ignore)
                .onSignal(ChildFailed.class, this::onChildFailed)
                .build();
    }

    private Behavior<Command> onTryDisk(Torrent.TryDisk message) {
        station.disk.tell(new DiskWriter.Probe(toWrite, tried));
        return this;
    }

    private Behavior<Command> onDiskTried(Torrent.DiskTried message) {
        if (message.reply() instanceof DiskWriter.Unusable unusable) {
            Problem now = Station.problemOf(unusable.problem());
            tryLater();
            if (!now.equals(problem)) {
                problem = now;
                station.tellProblem(now);
            }
            return this;
        }
        return goOn();
    }

    private Behavior<Command> onResume(Torrent.Resume message) {
        return goOn();
    }

    private Behavior<Command> goOn() {
        station.timers.cancel(Torrent.TryDisk.INSTANCE);
        station.diskRetries.goesOn(station.now());
        return Checking.begin(station);
    }

    /** From now on only its user lets it go on. */
    private Behavior<Command> onPause(Torrent.Pause message) {
        station.timers.cancel(Torrent.TryDisk.INSTANCE);
        return Paused.duringCheck(station);
    }

    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        station.storeEnded(message.reply());
        return this;
    }

    /** What was remembered before stays as it is: nobody knows what of the last writes is there. */
    private Behavior<Command> onStop(Torrent.Stop message) {
        station.timers.cancel(Torrent.TryDisk.INSTANCE);
        return Stopping.atRest(station, message.replyTo());
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        Duration next = Duration.ofNanos(Math.max(0, nextAt - station.now()));
        message.replyTo()
                .tell(new StatusReport(station, TorrentState.PAUSED)
                        .problem(problem)
                        .waiting(new WaitReason.DiskFails(problem.describe(), next))
                        .build(message.cells()));
        return this;
    }
}
