package ahti.torrent;

import ahti.actor.Handlers;
import ahti.picker.PiecePicker;
import ahti.torrent.Torrent.Command;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Everything wanted is stored: others are served. */
final class Seeding extends Swarming {

    private final long began;

    private Seeding(Crew crew) {
        super(crew);
        this.began = station.now();
    }

    /** Remembers what is stored, then tells that it is finished. */
    static Behavior<Command> begin(Crew crew, boolean wasComplete) {
        Station station = crew.station;
        crew.swarm.webSeeds.end();
        station.remembering.begin();
        station.tellState(TorrentState.SEEDING);
        station.tellFinished(wasComplete);
        crew.swarm.uploadOnly(true);
        return new Seeding(crew);
    }

    @Override
    TorrentState state() {
        return TorrentState.SEEDING;
    }

    @Override
    public Receive<Command> createReceive() {
        return swarming(new Handlers<Command>()
                        .onMessage(Torrent.Picked.class, this::onPicked)
                        .onMessage(Torrent.StoreDone.class, this::onStoreDone))
                .build();
    }

    @Override
    Behavior<Command> ticked() {
        Duration seeding = Duration.ofNanos(station.now() - began);
        if (!station.isGoalReached(seeding)) {
            return this;
        }
        crew.dismiss();
        return Paused.byGoal(station, seeding);
    }

    @Override
    Behavior<Command> chosen() {
        if (station.progress.isFinished()) {
            return this;
        }
        crew.rhythm.wake();
        return Downloading.begin(crew);
    }

    private Behavior<Command> onPicked(Torrent.Picked message) {
        if (message.event() instanceof PiecePicker.Wasted wasted) {
            station.waste(wasted.bytes());
        } else if (message.event() instanceof PiecePicker.PieceFilled filled) {
            // It was wanted when its last block came, and is not any more.
            station.waste(station.progress.layout().length(filled.piece()));
            swarm.picker.tell(new PiecePicker.Reopen(filled.piece(), false));
        }
        return this;
    }

    private Behavior<Command> onStoreDone(Torrent.StoreDone message) {
        return station.remembering.heard(message.reply()).map(this::rest).orElse(this);
    }
}
