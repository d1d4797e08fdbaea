package ahti.tracker;

import ahti.config.TrackerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What one tracker has been told and what it asked for: which event comes next, and when.
 *
 * <p>An event counts as told only when the tracker answered it. {@code completed} is owed when the tracker was told of
 * something left and the download has become complete since.
 */
final class Cycle {
    /** For a tracker that names no interval: what most of them name. */
    static final Duration USUAL_INTERVAL = Duration.ofMinutes(30);

    /** Regular announces are late by up to a twentieth, so that a swarm does not come all at once. */
    private static final int JITTER_PART = 20;

    private static final int MOST_DOUBLINGS = 30;
    private static final int LONGEST_TRACKER_ID = 1_000;

    private final TrackerConfig config;
    private final RandomGenerator random;

    private boolean known;
    private boolean toldOfSomethingLeft;
    private boolean complete;
    private int failures;
    private Optional<String> trackerId = Optional.empty();

    Cycle(TrackerConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    /**
     * When to announce again.
     *
     * @param regular in any case
     * @param soonest when peers are needed
     */
    record Pauses(Duration regular, Duration soonest) {}

    /** The tracker knows us: it must hear a goodbye. */
    boolean isKnown() {
        return known;
    }

    /** The tracker has not heard yet that the download is complete, and should. */
    boolean owesCompleted() {
        return known && complete && toldOfSomethingLeft;
    }

    /** What the next announce is about. */
    AnnounceEvent nextEvent() {
        if (!known) {
            return AnnounceEvent.STARTED;
        }
        return owesCompleted() ? AnnounceEvent.COMPLETED : AnnounceEvent.NONE;
    }

    /** What the tracker asked to be told again. */
    Optional<String> trackerId() {
        return trackerId;
    }

    /** The download has become complete. */
    void completed() {
        complete = true;
    }

    /** The tracker answered. */
    Pauses answered(AnnounceEvent event, long left, Outcome.Answer answer) {
        failures = 0;
        known = true;
        toldOfSomethingLeft = event != AnnounceEvent.COMPLETED && (left > 0 || toldOfSomethingLeft);
        answer.trackerId().filter(id -> id.length() <= LONGEST_TRACKER_ID).ifPresent(id -> trackerId = Optional.of(id));

        Duration interval = clamp(answer.interval().orElse(USUAL_INTERVAL));
        Duration soonest = answer.minInterval().map(this::clamp).orElse(shorter(interval, config.minInterval()));
        Duration regular = soonest.compareTo(interval) > 0 ? soonest : interval;
        return new Pauses(regular.plus(jitter(regular)), soonest);
    }

    /** The announce failed. Until when to leave the tracker alone. */
    Duration failed() {
        long doublings = Math.min(failures, MOST_DOUBLINGS);
        failures++;
        Duration pause = shorter(config.retryPause().multipliedBy(1L << doublings), config.retryPauseMax());
        return pause.plus(jitter(pause));
    }

    /** When one that has failed may be asked all the same, if peers are needed; empty when it never answered. */
    Optional<Duration> soonestAfterFailure() {
        return known ? Optional.of(config.minInterval()) : Optional.empty();
    }

    /** It is not to blame for what failed; true if anything did since it answered. */
    boolean forgive() {
        boolean hasFailed = failures > 0;
        failures = 0;
        return hasFailed;
    }

    private Duration clamp(Duration asked) {
        return shorter(asked.compareTo(config.intervalMin()) < 0 ? config.intervalMin() : asked, config.intervalMax());
    }

    private Duration jitter(Duration pause) {
        return Duration.ofMillis(random.nextLong(1 + pause.toMillis() / JITTER_PART));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
