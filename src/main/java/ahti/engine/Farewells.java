package ahti.engine;

import ahti.core.InfoHash;
import ahti.torrent.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * What a download's last word is. A torrent goes because somebody removes it, or of itself after a bug too many: then an event
 * says which bug, and comes by another way than the news that the torrent is gone, before it or after it. By then another
 * torrent with the same info hash may be here. Touched by the keeper's actor only.
 */
final class Farewells {
    /** For an event that tells why; it may be lost. Longer than an engine takes to stop, which is an explanation, too. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PlainAhti door;
    private final TimerScheduler<Doorkeeper.Command> timers;
    /** Of torrents that are here, as far as is known: the bug that ended them. */
    private final Map<InfoHash, Problem.Bug> lastWords = new LinkedHashMap<>();
    /** Gone, and nobody knows why; no longer than {@link #PATIENCE}. */
    private final Map<InfoHash, PlainDownload> unexplained = new LinkedHashMap<>();

    Farewells(PlainAhti door, TimerScheduler<Doorkeeper.Command> timers) {
        this.door = door;
        this.timers = timers;
    }

    /** A torrent with that info hash was given up. */
    void gaveUp(InfoHash infoHash, Problem.Bug bug) {
        PlainDownload gone = unexplained.get(infoHash);
        if (gone != null) {
            end(gone, new ProblemException(bug));
        } else if (door.known(infoHash).isPresent()) {
            lastWords.put(infoHash, bug);
        }
    }

    /** The torrent of this one is gone: from now on nobody finds it here. */
    void gone(PlainDownload download) {
        if (!door.forget(download)) {
            return;
        }
        Problem.Bug bug = lastWords.remove(download.infoHash());
        if (bug != null) {
            end(download, new ProblemException(bug));
            return;
        }
        PlainDownload forerunner = unexplained.get(download.infoHash());
        if (forerunner != null) {
            waitedLong(forerunner);
        }
        unexplained.put(download.infoHash(), download);
        timers.startSingleTimer(download, new Doorkeeper.Silent(download), PATIENCE);
    }

    /** Somebody has removed the torrent of this one. */
    void removed(PlainDownload download) {
        if (door.forget(download)) {
            lastWords.remove(download.infoHash());
        }
        end(download, noSuchTorrent(download));
    }

    /** Whatever would explain it comes too late. */
    void waitedLong(PlainDownload download) {
        end(download, noSuchTorrent(download));
    }

    private void end(PlainDownload download, RuntimeException why) {
        if (unexplained.remove(download.infoHash(), download)) {
            timers.cancel(download);
        }
        download.ended(why);
    }

    private static RefusedException noSuchTorrent(PlainDownload download) {
        return new RefusedException(new Refusal.NoSuchTorrent(download.infoHash()));
    }
}
