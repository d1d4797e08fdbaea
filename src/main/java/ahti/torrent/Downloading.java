package ahti.torrent;

import ahti.actor.Handlers;
import ahti.core.ConnectionId;
import ahti.disk.DiskWriter;
import ahti.hash.PieceHasher;
import ahti.picker.PiecePicker;
import ahti.torrent.Torrent.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Wanted pieces are missing. A piece that the picker filled is verified, then written, then announced; whatever fails on
 * the way goes back to the picker. Becomes {@link Seeding} when the last wanted piece is stored.
 */
final class Downloading extends Swarming {
    /** Who sent what is being verified or written, by piece. */
    private final Map<Integer, List<ConnectionId>> senders = new LinkedHashMap<>();

    private Downloading(Crew crew) {
        super(crew);
    }

    static Behavior<Command> begin(Crew crew) {
        crew.station.remembering.begin();
        crew.station.tellState(TorrentState.DOWNLOADING);
        crew.swarm.webSeeds.begin();
        return new Downloading(crew);
    }

    @Override
    TorrentState state() {
        return TorrentState.DOWNLOADING;
    }

    @Override
    public Receive<Command> createReceive() {
        return swarming(new Handlers<Command>()
                        .onMessage(Torrent.Picked.class, this::onPicked)
                        .onMessage(Torrent.Hashed.class, this::onHashed)
                        .onMessage(Torrent.StoreDone.class, this::onStoreDone))
                .build();
    }

    private Behavior<Command> onPicked(Torrent.Picked message) {
        if (message.event() instanceof PiecePicker.PieceFilled filled) {
            senders.put(filled.piece(), filled.senders());
            station.verify(filled.piece(), filled.blocks());
        } else if (message.event() instanceof PiecePicker.Wasted wasted) {
            station.waste(wasted.bytes());
        }
        return this;
    }

    private Behavior<Command> onHashed(Torrent.Hashed message) {
        station.verdict(message.answer()).ifPresent(this::hashed);
        return chosen();
    }

    private void hashed(PieceHasher.Verdict verdict) {
        if (verdict.matches()) {
            swarm.ban(swarm.blame.verified(verdict.piece(), verdict.blocks()));
            station.store(verdict);
        } else {
            corrupt(verdict);
        }
    }

    private void corrupt(PieceHasher.Verdict verdict) {
        int piece = verdict.piece();
        station.waste(station.progress.layout().length(piece));
        station.tell(new TorrentEvent.PieceCorrupt(station.spec.metainfo().infoHash(), piece));
        // Before the piece is free again: nobody who lied is asked for it once more.
        swarm.ban(swarm.blame.corrupt(piece, verdict.blocks(), senders(piece)));
        swarm.picker.tell(new PiecePicker.Reopen(piece, true));
    }

    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        if (!station.storeEnded(message.reply())) {
            return station.remembering.heard(message.reply()).map(this::rest).orElse(this);
        }
        if (message.reply() instanceof DiskWriter.NotStored not) {
            return unwritten(not.problem());
        }
        int piece = ((DiskWriter.Stored) message.reply()).piece();
        swarm.picker.tell(new PiecePicker.Stored(piece));
        swarm.thank(senders(piece));
        swarm.announce(piece);
        station.tell(new TorrentEvent.PieceVerified(station.spec.metainfo().infoHash(), piece));
        if (!isDone()) {
            return this;
        }
        crew.completed();
        return Seeding.begin(crew, false);
    }

    @Override
    Behavior<Command> ticked() {
        station.remembering.beginInTime();
        return this;
    }

    /** Whether everything wanted is stored, and nothing that was wanted before is still on its way. */
    private boolean isDone() {
        return station.progress.isFinished() && senders.isEmpty();
    }

    @Override
    Behavior<Command> chosen() {
        return isDone() ? Seeding.begin(crew, false) : this;
    }

    private List<ConnectionId> senders(int piece) {
        List<ConnectionId> who = senders.remove(piece);
        return who == null ? List.of() : who;
    }
}
