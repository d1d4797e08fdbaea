package ahti.torrent;

import ahti.actor.Handlers;
import ahti.core.Bitfield;
import ahti.disk.DiskWriter;
import ahti.disk.PieceInspector;
import ahti.torrent.Torrent.Command;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Looks what is there already. Pieces that a resume record vouches for are believed; the others are given to the
 * inspectors, so many at a time that these never wait for us.
 */
final class Checking extends TorrentPhase {
    /** About so many bytes are checked at once: what a file is opened for. */
    private static final int LOT = 4 << 20;

    private final ActorRef<PieceInspector.Answer> inspected;
    private Bitfield suspects;
    /** The disk answers in order: what comes before it has prepared is about an earlier check, and is ignored. */
    private boolean prepared;

    private int next;
    /** Lots that the inspectors have; which of them, and not which pieces: answers to an earlier check are ignored. */
    private final Set<List<Integer>> underWay = Collections.newSetFromMap(new IdentityHashMap<>());

    private long checked;
    private long toCheck;

    private Checking(Station station) {
        super(station);
        this.inspected = getContext().messageAdapter(PieceInspector.Answer.class, Torrent.Inspected::new);
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
        return withoutPeers(reading(new Handlers<Command>()))
                .onMessage(Torrent.Inspected.class, this::onInspected)
                .onMessage(Torrent.PrepareDone.class, this::onPrepareDone)
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
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
            return AwaitingDisk.afterRead(station, Station.problemOf(not.problem()));
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
        return lookOn();
    }

    /** Which files are looked at depends on which are wanted. */
    @Override
    Behavior<Command> selected(Torrent.Select message) {
        boolean isSame = station.progress.chosen().wantsTheSame(message.files());
        super.selected(message);
        return isSame ? this : begin(station);
    }

    private Behavior<Command> lookOn() {
        while (next < suspects.size()
                && underWay.size() < station.world.config().torrent().checkAhead()) {
            List<Integer> lot = nextLot();
            if (!lot.isEmpty()) {
                underWay.add(lot);
                station.disk.tell(new DiskWriter.Check(lot, station.world.inspectors(), inspected));
            }
        }
        return underWay.isEmpty() && next == suspects.size() ? Swarming.begin(station) : this;
    }

    /** The next suspects that lie near each other; none when there are no more. */
    private List<Integer> nextLot() {
        List<Integer> lot = new ArrayList<>();
        long bytes = 0;
        while (next < suspects.size() && bytes < LOT) {
            if (suspects.get(next)) {
                lot.add(next);
            }
            bytes += lot.isEmpty() ? 0 : station.progress.layout().length(next);
            next++;
        }
        return List.copyOf(lot);
    }

    private Behavior<Command> onInspected(Torrent.Inspected message) {
        PieceInspector.Answer answer = message.answer();
        if (!underWay.remove(answer.pieces())) {
            return this; // of an earlier check
        }
        if (answer instanceof PieceInspector.Unreadable not) {
            return AwaitingDisk.afterRead(station, Station.problemOf(not.problem()));
        }
        if (answer instanceof PieceInspector.Failed failed) {
            throw new IllegalStateException("pieces " + failed.pieces() + " could not be checked", failed.bug());
        }
        ((PieceInspector.Checked) answer).right().forEach(station::stored);
        for (int piece : answer.pieces()) {
            checked += station.progress.layout().length(piece);
        }
        return lookOn();
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
