package ahti.torrent;

import ahti.actor.Handlers;
import ahti.disk.DiskWriter;
import ahti.torrent.Torrent.Command;
import ahti.torrent.Torrent.Stopped;
import ahti.torrent.reading.ReadRefusal;
import ahti.torrent.reading.Reader;
import ahti.torrent.why.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * On its way out: writes under way end first, then what is stored is remembered and the files are closed. Meanwhile the
 * trackers hear goodbye, under their own cap.
 */
final class Stopping extends TorrentPhase {
    private final List<ActorRef<Stopped>> replyTo = new ArrayList<>();
    private boolean remembering;
    private boolean closing;
    private boolean diskClosed;

    private Stopping(Station station, ActorRef<Stopped> replyTo) {
        super(station);
        this.replyTo.add(replyTo);
        station.readers.close();
        for (Optional<Torrent.Select> asked = station.selecting(); asked.isPresent(); asked = station.selecting()) {
            onSelect(asked.get());
        }
        // From now on its end is what is waited for, however it ends: a restart would forget that we stop.
        station.context.unwatch(station.disk);
        station.context.watchWith(station.disk, Torrent.DiskClosed.INSTANCE);
    }

    /** From a phase that has no swarm: what was remembered stays as it is. */
    static Behavior<Command> atRest(Station station, ActorRef<Stopped> replyTo) {
        Stopping stopping = new Stopping(station, replyTo);
        stopping.close();
        return stopping;
    }

    /** From the swarm, whose peers and announcer are told already. */
    static Behavior<Command> fromSwarm(Station station, ActorRef<Stopped> replyTo) {
        Stopping stopping = new Stopping(station, replyTo);
        stopping.rememberWhenWritten();
        return stopping;
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.DiskClosed.class, this::onDiskClosed)
                .onMessage(Torrent.TrackersDone.class, this::onTrackersDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onNoPeers)
                .onMessage(Torrent.Welcome.class, this::onUnwelcome)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onMessage(Torrent.Read.class, this::onRead)
                .onMessage(Torrent.Select.class, this::onSelect)
                .onAnyMessage(this::ignore)
                .build();
    }

    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        if (isAboutRemembering(message.reply())) {
            // It may be the answer to a question asked before; then ours is on its way, and read before the close.
            if (remembering) {
                close();
            }
            return this;
        }
        station.storeEnded(message.reply());
        rememberWhenWritten();
        return this;
    }

    private static boolean isAboutRemembering(DiskWriter.StoreReply reply) {
        return reply instanceof DiskWriter.Remembered
                || reply instanceof DiskWriter.NotRemembered
                || reply instanceof DiskWriter.NotForced;
    }

    private void rememberWhenWritten() {
        if (station.storing() == 0 && !remembering && !closing) {
            remembering = true;
            station.remembering.begin();
        }
    }

    private void close() {
        if (!closing) {
            closing = true;
            station.disk.tell(new DiskWriter.Close(getContext().getSystem().ignoreRef()));
        }
    }

    private Behavior<Command> onDiskClosed(Torrent.DiskClosed message) {
        diskClosed = true;
        return endWhenDone();
    }

    @Override
    Behavior<Command> onTrackersDone(Torrent.TrackersDone message) {
        super.onTrackersDone(message);
        return endWhenDone();
    }

    private Behavior<Command> onStop(Torrent.Stop message) {
        replyTo.add(message.replyTo());
        return this;
    }

    private Behavior<Command> onRead(Torrent.Read message) {
        message.replyTo().tell(new Reader.Refused(new ReadRefusal.Stopping()));
        return this;
    }

    private Behavior<Command> onSelect(Torrent.Select message) {
        message.replyTo().tell(new Torrent.NotSelected(new SelectRefusal.Stopping()));
        return this;
    }

    private Behavior<Command> endWhenDone() {
        if (!diskClosed || station.farewells() > 0) {
            return this;
        }
        replyTo.forEach(asker -> asker.tell(Stopped.INSTANCE));
        return Behaviors.stopped();
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        message.replyTo()
                .tell(new StatusReport(station, TorrentState.PAUSED)
                        .waiting(new WaitReason.Stopping())
                        .build(message.cells()));
        return this;
    }
}
