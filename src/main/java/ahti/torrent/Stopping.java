package ahti.torrent;

import ahti.disk.DiskWriter;
import ahti.torrent.Torrent.Command;
import ahti.torrent.Torrent.Stopped;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * On its way out: writes under way end first, then what is stored is remembered and the files are closed. Meanwhile the
 * trackers hear goodbye, under their own cap.
 */
final class Stopping extends TorrentPhase {
    private final ActorRef<Stopped> replyTo;
    private boolean diskClosed;
    private boolean trackersDone;

    private Stopping(Station station, ActorRef<Stopped> replyTo, boolean trackersDone) {
        super(station);
        this.replyTo = replyTo;
        this.trackersDone = trackersDone;
    }

    /** From a phase that has no swarm: what was remembered stays as it is. */
    static Behavior<Command> atRest(Station station, ActorRef<Stopped> replyTo) {
        Stopping stopping = new Stopping(station, replyTo, true);
        stopping.close();
        return stopping;
    }

    /** From the swarm, whose peers and announcer are told already. */
    static Behavior<Command> fromSwarm(Station station, boolean hasTrackers, ActorRef<Stopped> replyTo) {
        Stopping stopping = new Stopping(station, replyTo, !hasTrackers);
        stopping.rememberWhenWritten();
        return stopping;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.DiskClosed.class, this::onDiskClosed)
                .onMessage(Torrent.TrackersDone.class, this::onTrackersDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onNoPeers)
                .onMessage(Torrent.Welcome.class, this::onUnwelcome)
                .onAnyMessage(this::ignore)
                .build();
    }

    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        if (message.reply() instanceof DiskWriter.Remembered || message.reply() instanceof DiskWriter.NotRemembered) {
            close();
            return this;
        }
        station.storeEnded(message.reply());
        rememberWhenWritten();
        return this;
    }

    private void rememberWhenWritten() {
        if (station.storing() == 0) {
            station.disk.tell(new DiskWriter.Remember(station.progress.stored(), station.storeDone));
        }
    }

    private void close() {
        // The disk writer stops by itself now; its end is no bug any more.
        getContext().unwatch(station.disk);
        station.disk.tell(new DiskWriter.Close(
                getContext().messageAdapter(DiskWriter.Closed.class, closed -> Torrent.DiskClosed.INSTANCE)));
    }

    private Behavior<Command> onDiskClosed(Torrent.DiskClosed message) {
        diskClosed = true;
        return endWhenDone();
    }

    private Behavior<Command> onTrackersDone(Torrent.TrackersDone message) {
        trackersDone = true;
        return endWhenDone();
    }

    private Behavior<Command> endWhenDone() {
        if (!diskClosed || !trackersDone) {
            return this;
        }
        replyTo.tell(Stopped.INSTANCE);
        return Behaviors.stopped();
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        message.replyTo().tell(new StatusReport(station, TorrentState.PAUSED).build(message.cells()));
        return this;
    }
}
