package ahti.tracker;

import ahti.config.AnnounceTo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The order in which trackers are asked (BEP 12), one at a time.
 *
 * <p>A round asks the trackers that are ready, front to back, until one answers; that one becomes the current tracker and
 * moves to the front of its tier. As long as it is well, nobody behind it is asked. No tracker is asked twice in a round.
 */
final class Tiers {
    private final List<List<String>> tiers;
    private final Set<String> ready;
    private final Deque<String> round = new ArrayDeque<>();
    private Optional<String> asked = Optional.empty();
    private Optional<String> current = Optional.empty();

    /**
     * One for each announce that may be under way at the same time: trackers that stand together in one are asked one after
     * the other.
     *
     * @param most so many at most; what is beyond stands behind the others
     */
    static List<Tiers> groups(List<List<String>> urls, AnnounceTo announceTo, int most, RandomGenerator random) {
        List<List<String>> parts = announceTo == AnnounceTo.ALL
                ? urls.stream().flatMap(List::stream).map(List::of).toList()
                : urls;
        int count = announceTo == AnnounceTo.FIRST ? 1 : Math.min(most, parts.size());
        List<List<List<String>>> groups = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (i < count) {
                groups.add(new ArrayList<>());
            }
            groups.get(i % count).add(parts.get(i));
        }
        return groups.stream().map(group -> new Tiers(group, random)).toList();
    }

    /** Shuffles inside each tier, once. No URL may stand there twice. */
    Tiers(List<List<String>> urls, RandomGenerator random) {
        tiers = urls.stream().map(tier -> shuffled(tier, random)).toList();
        ready = new LinkedHashSet<>(order());
    }

    /** Whether this tracker is one of them. */
    boolean has(String url) {
        return tiers.stream().anyMatch(tier -> tier.contains(url));
    }

    /** All trackers, front to back. */
    List<String> order() {
        return tiers.stream().flatMap(List::stream).toList();
    }

    /** The tracker that answered last and has not failed since. */
    Optional<String> current() {
        return current;
    }

    /** The tracker to ask now; empty while one is being asked or when none is ready. */
    Optional<String> next() {
        if (asked.isPresent()) {
            return Optional.empty();
        }
        asked = nextOfRound();
        if (asked.isEmpty()) {
            beginRound();
            asked = nextOfRound();
        }
        asked.ifPresent(ready::remove);
        return asked;
    }

    /** It may be asked again. */
    void ready(String url) {
        ready.add(url);
    }

    /** It answered, asked or not. */
    void succeeded(String url) {
        ready.remove(url);
        if (isAsked(url)) {
            asked = Optional.empty();
            round.clear();
            current = Optional.of(url);
            moveToFront(url);
        }
    }

    /** It failed, asked or not. */
    void failed(String url) {
        ready.remove(url);
        current = current.filter(good -> !good.equals(url));
        asked = asked.filter(busy -> !busy.equals(url));
    }

    private boolean isAsked(String url) {
        return asked.isPresent() && asked.get().equals(url);
    }

    private Optional<String> nextOfRound() {
        while (!round.isEmpty()) {
            String url = round.removeFirst();
            if (ready.contains(url)) {
                return Optional.of(url);
            }
        }
        return Optional.empty();
    }

    private void beginRound() {
        for (String url : order()) {
            round.add(url);
            if (current.isPresent() && current.get().equals(url)) {
                return;
            }
        }
    }

    private void moveToFront(String url) {
        for (List<String> tier : tiers) {
            if (tier.remove(url)) {
                tier.add(0, url);
                return;
            }
        }
    }

    private static List<String> shuffled(List<String> tier, RandomGenerator random) {
        List<String> urls = new ArrayList<>(tier);
        for (int i = urls.size() - 1; i > 0; i--) {
            Collections.swap(urls, i, random.nextInt(i + 1));
        }
        return urls;
    }
}
