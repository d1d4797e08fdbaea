package ahti.torrent;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import ahti.disk.DiskWriter;
import ahti.hash.PieceHasher;
import ahti.torrent.Torrent.Command;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Looks what is there already. Pieces that a resume record vouches for are believed; the others are read and hashed, so
 * many at a time that the hashers never wait for the disk.
 */
final class Checking extends TorrentPhase {
    private final ActorRef<DiskWriter.LoadReply> loadDone;
    private final List<java.net.InetSocketAddress> morePeers = new ArrayList<>();
    private Bitfield suspects;
    private boolean prepared;
    private int next;
    /** Pieces being read or hashed. What an earlier phase or life asked for is not among them. */
    private final PieceSet underWay;

    private final long ticket;
    /** Bytes being read or hashed; within the memory budget, as nothing else is in memory yet. */
    private long bytesUnderWay;

    private long checked;
    private long toCheck;

    private Checking(Station station) {
        super(station);
        this.loadDone = getContext().messageAdapter(DiskWriter.LoadReply.class, Torrent.LoadDone::new);
        this.suspects = Bitfield.none(station.progress.layout().pieces());
        this.underWay = new PieceSet(suspects.size());
        this.ticket = station.world.random().nextLong();
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
        station.progress.forget();
        station.tellState(TorrentState.CHECKING);
        Checking checking = new Checking(station);
        station.disk.tell(new DiskWriter.Prepare(
                checking.getContext().messageAdapter(DiskWriter.PrepareReply.class, Torrent.PrepareDone::new)));
        return checking;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Torrent.LoadDone.class, this::onLoadDone)
                .onMessage(Torrent.Hashed.class, this::onHashed)
                .onMessage(Torrent.PrepareDone.class, this::onPrepareDone)
                .onMessage(Torrent.StoreDone.class, this::onStoreDone)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onNoPeers)
                .onMessage(Torrent.Welcome.class, this::onUnwelcome)
                .onMessage(Torrent.AddPeers.class, this::onAddPeers)
                .onMessage(Torrent.Pause.class, message -> Paused.byUser(station))
                .onMessage(Torrent.Stop.class, message -> Stopping.atRest(station, message.replyTo()))
                .onAnyMessage(this::ignore)
                .build();
    }

    private Behavior<Command> onPrepareDone(Torrent.PrepareDone message) {
        if (message.reply() instanceof DiskWriter.NotPrepared not) {
            return Paused.by(station, Station.problemOf(not.problem()));
        }
        if (prepared) {
            return this;
        }
        prepared = true;
        return check((DiskWriter.Prepared) message.reply());
    }

    private Behavior<Command> check(DiskWriter.Prepared prepared) {
        for (int piece = 0; piece < prepared.trusted().size(); piece++) {
            if (prepared.trusted().get(piece)) {
                station.progress.store(piece);
            }
            if (prepared.suspects().get(piece)) {
                toCheck += station.progress.layout().length(piece);
            }
        }
        suspects = prepared.suspects();
        return readOn();
    }

    private Behavior<Command> readOn() {
        while (next < suspects.size() && hasRoom()) {
            if (suspects.get(next)) {
                underWay.add(next);
                bytesUnderWay += station.progress.layout().length(next);
                station.disk.tell(new DiskWriter.Load(next, loadDone));
            }
            next++;
        }
        return underWay.count() == 0 && next == suspects.size() ? Swarming.begin(station, morePeers) : this;
    }

    private boolean hasRoom() {
        long after = bytesUnderWay + station.progress.layout().length(next);
        boolean within = underWay.count() < station.world.config().torrent().checkAhead()
                && after <= station.world.config().picker().memoryBudget();
        return underWay.count() == 0 || within;
    }

    private Behavior<Command> onLoadDone(Torrent.LoadDone message) {
        if (message.reply() instanceof DiskWriter.Loaded loaded) {
            station.verify(loaded.piece(), loaded.blocks(), ticket);
            return this;
        }
        if (message.reply() instanceof DiskWriter.NotLoaded not) {
            return Paused.by(station, Station.problemOf(not.problem()));
        }
        return done(((DiskWriter.Missing) message.reply()).piece());
    }

    private Behavior<Command> onHashed(Torrent.Hashed message) {
        PieceHasher.Verdict verdict = message.verdict();
        if (verdict.ticket() != ticket || !underWay.contains(verdict.piece())) {
            return this;
        }
        if (verdict.matches()) {
            station.progress.store(verdict.piece());
        }
        return done(verdict.piece());
    }

    private Behavior<Command> done(int piece) {
        if (!underWay.remove(piece)) {
            return this;
        }
        bytesUnderWay -= station.progress.layout().length(piece);
        checked += station.progress.layout().length(piece);
        return readOn();
    }

    /** Of a write that was under way when the torrent was paused. */
    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        station.storeEnded(message.reply());
        return this;
    }

    private Behavior<Command> onAddPeers(Torrent.AddPeers message) {
        if (morePeers.size() < station.world.config().torrent().maxCandidates()) {
            morePeers.addAll(message.peers());
        }
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
