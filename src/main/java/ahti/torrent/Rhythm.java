package ahti.torrent;

import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * How often a swarm is looked after: every second, and now and then while nobody is there. A thousand torrents that nobody
 * asks for must not keep a processor awake.
 */
final class Rhythm {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration RESTING = Duration.ofSeconds(10);

    private final TimerScheduler<Torrent.Command> timers;
    private boolean rests = true;

    Rhythm(TimerScheduler<Torrent.Command> timers) {
        this.timers = timers;
    }

    /** Somebody is there, or something is missing: every second from now on. */
    void wake() {
        beat(false);
    }

    /** Whether nobody is there, and nothing is to be done. */
    void beat(boolean mayRest) {
        if (mayRest != rests) {
            rests = mayRest;
            timers.startTimerWithFixedDelay(Torrent.Tick.INSTANCE, rests ? RESTING : SECOND);
        }
    }

    void stop() {
        timers.cancel(Torrent.Tick.INSTANCE);
    }
}
