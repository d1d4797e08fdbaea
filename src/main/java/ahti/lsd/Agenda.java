package ahti.lsd;

import ahti.core.InfoHash;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When which torrent is announced: soon after it came, then at the interval, and never sooner than a pause after the announce
 * before, whichever torrents that named (BEP 14). An announce names as many torrents as it can, those that wait longest first.
 *
 * <p>Times are those of a monotonic clock, in nanoseconds.
 */
final class Agenda {
    /** Torrents that come together are announced together. */
    private static final long SETTLING = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long pause;
    private final Map<InfoHash, Long> due = new LinkedHashMap<>();
    private OptionalLong latest = OptionalLong.empty();

    Agenda(Duration interval, Duration pause) {
        this.interval = interval.toNanos();
        this.pause = pause.toNanos();
    }

    void add(InfoHash infoHash, long now) {
        due.putIfAbsent(infoHash, now + SETTLING);
    }

    void remove(InfoHash infoHash) {
        due.remove(infoHash);
    }

    /** How long until there is something to announce; empty without torrents. */
    OptionalLong next(long now) {
        long soonest = due.values().stream().mapToLong(at -> at - now).min().orElse(Long.MAX_VALUE);
        if (due.isEmpty()) {
            return OptionalLong.empty();
        }
        long allowed = latest.isPresent() ? latest.getAsLong() + pause - now : 0;
        return OptionalLong.of(Math.max(0, Math.max(soonest, allowed)));
    }

    /** What to announce now; it counts as announced. */
    List<InfoHash> take(int most, long now) {
        List<InfoHash> taken = due.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue() - now))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        taken.forEach(infoHash -> due.put(infoHash, now + interval));
        latest = OptionalLong.of(now);
        return taken;
    }
}
