package ahti.torrent;

import ahti.actor.Handlers;
import ahti.core.Bitfield;
import ahti.disk.DiskWriter;
import ahti.hash.PieceHasher;
import ahti.torrent.Torrent.Command;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Looks what is there already. Pieces that a resume record vouches for are believed; the others are read and hashed, so
 * many at a time that the hashers never wait for the disk.
 */
final class Checking extends TorrentPhase {
    private final ActorRef<DiskWriter.LoadReply> loadDone;
    private Bitfield suspects;
    /** The disk answers in order: what comes before it has prepared is about an earlier check, and is ignored. */
    private boolean prepared;

    private int next;
    private int underWay;
    /** Bytes being read or hashed; within the memory budget, as nothing else is in memory yet. */
    private long bytesUnderWay;

    private long checked;
    private long toCheck;

    private Checking(Station station) {
        super(station);
        this.loadDone = getContext().messageAdapter(DiskWriter.LoadReply.class, Torrent.LoadDone::new);
        this.suspects = Bitfield.none(station.progress.layout().pieces());
    }

    /** Begins a torrent's life, or begins it anew after a problem. */
    static Behavior<Command> begin(Station station) {
        long budget = station.world.config().picker().memoryBudget();
        int pieceLength = station.progress.layout().pieceLength();
        if (pieceLength > budget) {
            return Paused.failed(
                    station,
                    new Problem.DiskFault("its pieces of " + pieceLength
                            + " bytes do not fit into ahti.picker.memory-budget = " + budget + ": raise that"));
        }
        // What a life before was asked for and did not live to answer.
        for (Optional<Torrent.Select> asked = station.selecting(); asked.isPresent(); asked = station.selecting()) {
            station.choose(asked.get().files());
            asked.get().replyTo().tell(new Torrent.Selected(asked.get().files()));
        }
        station.progress.forget();
        station.forgetVerdicts();
        station.readers.surveyBegins();
        station.tellState(TorrentState.CHECKING);
        Checking checking = new Checking(station);
        station.disk.tell(new DiskWriter.Prepare(
                Optional.of(station.progress.chosen()),
                checking.getContext().messageAdapter(DiskWriter.PrepareReply.class, Torrent.PrepareDone::new)));
        return checking;
    }

    @Override
    public Receive<Command> createReceive() {
        return reading(new Handlers<Command>())
                .onMessage(Torrent.LoadDone.class, this::onLoadDone)
                .onMessage(Torrent.Hashed.class, this::onHashed)
                .onMessage(Torrent.PrepareDone.class, this::onPrepareDone)
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.TrackersDone.class, this::onTrackersDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onNoPeers)
                .onMessage(Torrent.Welcome.class, this::onUnwelcome)
                .onMessage(Torrent.AddPeers.class, this::onAddPeers)
                .onMessage(Torrent.Pause.class, message -> Paused.duringCheck(station))
                .onMessage(Torrent.Stop.class, message -> Stopping.atRest(station, message.replyTo()))
                .onAnyMessage(this::ignore)
                .onSignal(ChildFailed.class, this::onChildFailed)
                .build();
    }

    private Behavior<Command> onPrepareDone(Torrent.PrepareDone message) {
        if (prepared) {
            return this;
        }
        prepared = true;
        if (message.reply() instanceof DiskWriter.NotPrepared not) {
            return Paused.by(station, Station.problemOf(not.problem()));
        }
        DiskWriter.Prepared found = (DiskWriter.Prepared) message.reply();
        for (int piece = 0; piece < found.trusted().size(); piece++) {
            if (found.trusted().get(piece)) {
                station.stored(piece);
            }
            if (found.suspects().get(piece)) {
                toCheck += station.progress.layout().length(piece);
            }
        }
        suspects = found.suspects();
        return readOn();
    }

    /** Which files are looked at depends on which are wanted. */
    @Override
    Behavior<Command> selected(Torrent.Select message) {
        boolean isSame = station.progress.chosen().wantsTheSame(message.files());
        super.selected(message);
        return isSame ? this : begin(station);
    }

    private Behavior<Command> readOn() {
        while (next < suspects.size() && hasRoom()) {
            if (suspects.get(next)) {
                underWay++;
                bytesUnderWay += station.progress.layout().length(next);
                station.disk.tell(new DiskWriter.Load(next, loadDone));
            }
            next++;
        }
        return underWay == 0 && next == suspects.size() ? Swarming.begin(station) : this;
    }

    private boolean hasRoom() {
        long after = bytesUnderWay + station.progress.layout().length(next);
        boolean within = underWay < station.world.config().torrent().checkAhead()
                && after <= station.world.config().picker().memoryBudget();
        return underWay == 0 || within;
    }

    private Behavior<Command> onLoadDone(Torrent.LoadDone message) {
        if (!prepared) {
            return this;
        }
        if (message.reply() instanceof DiskWriter.Loaded loaded) {
            station.verify(loaded.piece(), loaded.blocks());
            return this;
        }
        if (message.reply() instanceof DiskWriter.NotLoaded not) {
            return Paused.by(station, Station.problemOf(not.problem()));
        }
        return done(((DiskWriter.Missing) message.reply()).piece());
    }

    private Behavior<Command> onHashed(Torrent.Hashed message) {
        return station.verdict(message.answer()).map(this::hashed).orElse(this);
    }

    private Behavior<Command> hashed(PieceHasher.Verdict verdict) {
        if (verdict.matches()) {
            station.stored(verdict.piece());
        }
        return done(verdict.piece());
    }

    private Behavior<Command> done(int piece) {
        underWay--;
        bytesUnderWay -= station.progress.layout().length(piece);
        checked += station.progress.layout().length(piece);
        return readOn();
    }

    /** A write from before a pause: whether its piece is there is for the check to say. */
    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        station.writeEnded(message.reply());
        return this;
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        message.replyTo()
                .tell(new StatusReport(station, TorrentState.CHECKING)
                        .checked(checked, toCheck)
                        .build(message.cells()));
        return this;
    }
}
