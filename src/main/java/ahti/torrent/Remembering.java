package ahti.torrent;

import ahti.disk.DiskWriter;
import java.util.Optional;

/** Has the disk remember what is stored, when a phase wants it and every now and then, and hears what came of it. */
final class Remembering {
    private final Station station;
    private final Checkpoints checkpoints;
    /** Whether the disk has not answered yet. */
    private boolean isAsked;
    /** Why it could not, the last time. */
    private String failure = "";

    Remembering(Station station) {
        this.station = station;
        this.checkpoints = new Checkpoints(
                station.world.config().torrent().checkpointInterval(),
                station.world.config().torrent().checkpointBytes(),
                station.now());
    }

    /** The answer is a {@link Torrent.StoreDone}. */
    void begin() {
        isAsked = true;
        checkpoints.happens(station.now(), station.storedBytes());
        station.disk.tell(new DiskWriter.Remember(station.progress.stored(), station.storeDone));
    }

    /** The same, when enough came since the last time. */
    void beginInTime() {
        if (!isAsked && checkpoints.isDue(station.now(), station.storedBytes())) {
            begin();
        }
    }

    /** An answer, if it is one; returns the problem when files could not be forced. */
    Optional<Problem> heard(DiskWriter.StoreReply reply) {
        if (reply instanceof DiskWriter.NotForced not) {
            isAsked = false;
            return Optional.of(Station.problemOf(not.problem()));
        }
        if (reply instanceof DiskWriter.NotRemembered not) {
            isAsked = false;
            String why = not.problem().describe();
            if (!why.equals(failure)) {
                station.context.getLog().warn("the next run will have to check what was stored since: {}", why);
            }
            failure = why;
        } else if (reply == DiskWriter.Remembered.INSTANCE) {
            isAsked = false;
            failure = "";
        }
        return Optional.empty();
    }
}
