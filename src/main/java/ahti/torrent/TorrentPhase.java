package ahti.torrent;

import ahti.actor.Handlers;
import ahti.disk.DiskWriter;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent.Command;
import ahti.torrent.reading.Reader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;

/** What all phases of a torrent share. */
abstract class TorrentPhase extends AbstractBehavior<Command> {
    final Station station;

    TorrentPhase(Station station) {
        super(station.context);
        this.station = station;
    }

    /** A message that the phase it was for has not lived to see. */
    final Behavior<Command> ignore(Command late) {
        getContext().getLog().trace("too late: {}", late);
        return this;
    }

    /** In every phase but the last, files can be read and chosen. */
    final Handlers<Command> reading(Handlers<Command> builder) {
        return builder.onMessage(Torrent.Select.class, this::onSelect)
                .onMessage(Torrent.SelectDone.class, this::onSelectDone)
                .onMessage(Torrent.ReaderTold.class, this::onReaderTold)
                .onMessage(Torrent.Read.class, this::onRead)
                .onMessage(Torrent.ReaderGone.class, this::onReaderGone);
    }

    /** In a phase without peers, who asks for some or brings some is answered all the same. */
    final Handlers<Command> withoutPeers(Handlers<Command> builder) {
        return builder.onMessage(Torrent.GetPeers.class, this::onNoPeers)
                .onMessage(Torrent.Welcome.class, this::onUnwelcome)
                .onMessage(Torrent.AddPeers.class, this::onAddPeers)
                .onMessage(Torrent.TrackersDone.class, this::onTrackersDone);
    }

    private Behavior<Command> onReaderTold(Torrent.ReaderTold message) {
        if (message.event() instanceof Reader.Unreadable unreadable) {
            return onUnreadable(unreadable);
        }
        station.readers.heard(message.event());
        return this;
    }

    private Behavior<Command> onRead(Torrent.Read message) {
        station.readers.open(message);
        return this;
    }

    private Behavior<Command> onReaderGone(Torrent.ReaderGone message) {
        station.readers.gone(message.reader());
        return this;
    }

    private Behavior<Command> onSelect(Torrent.Select message) {
        Optional<SelectRefusal> refusal = refusal(message.files(), station.spec.metainfo());
        if (refusal.isPresent()) {
            message.replyTo().tell(new Torrent.NotSelected(refusal.get()));
            return this;
        }
        return select(message);
    }

    /** Why these files cannot be wanted of that torrent. */
    static Optional<SelectRefusal> refusal(FileSelection files, Metainfo metainfo) {
        int count = metainfo.files().size();
        OptionalInt none = files.notAmong(count);
        return none.isPresent() ? Optional.of(new SelectRefusal.NoSuchFile(none.getAsInt(), count)) : Optional.empty();
    }

    private Behavior<Command> onSelectDone(Torrent.SelectDone message) {
        Torrent.Select asked = station.selecting().orElse(null);
        if (asked == null) {
            return this; // of a life before a restart, which asked again
        }
        if (message.reply() instanceof DiskWriter.NotSelected not) {
            Problem problem = Station.problemOf(not.problem());
            asked.replyTo().tell(new Torrent.NotSelected(new SelectRefusal.Disk(problem)));
            return this;
        }
        return selected(asked);
    }

    /** Other files are wanted. Where no disk has to be asked, they are from now on. */
    Behavior<Command> select(Torrent.Select message) {
        return selected(message);
    }

    /** Other files are wanted, and the disk is ready, or will be asked anyway before anything is fetched. */
    Behavior<Command> selected(Torrent.Select message) {
        station.choose(message.files());
        message.replyTo().tell(new Torrent.Selected(message.files()));
        return this;
    }

    /** What was stored could not be read. At rest that changes nothing: the next check will see it. */
    Behavior<Command> onUnreadable(Reader.Unreadable event) {
        return this;
    }

    /** Disk, picker or announcer died of a bug: so does the torrent, of the same one. */
    final Behavior<Command> onChildFailed(ChildFailed signal) {
        throw new IllegalStateException(signal.getRef().path().name() + " failed", signal.getCause());
    }

    /** No stranger is let in while no peers are kept. */
    final Behavior<Command> onUnwelcome(Torrent.Welcome message) {
        message.peer().tell(new PeerConnection.Disconnect("no peers are wanted now"));
        return this;
    }

    /** Addresses for a swarm that is not there yet. */
    final Behavior<Command> onAddPeers(Torrent.AddPeers message) {
        station.addPeers(message.peers());
        return this;
    }

    /** The announcer of this swarm, or of one before a pause, has said goodbye. */
    Behavior<Command> onTrackersDone(Torrent.TrackersDone message) {
        station.farewellEnded();
        return this;
    }

    final Behavior<Command> onNoPeers(Torrent.GetPeers message) {
        message.replyTo().tell(new Torrent.Peers(List.of()));
        return this;
    }
}
