package ahti.testkit.record.replay;

import ahti.core.MonotonicClock;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Timed;
import ahti.testkit.record.format.RecordingReader;
import ahti.testkit.record.format.UnreadableRecording;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded, entry by entry, compared with what happens now. After the first difference, or at the end, nothing is
 * compared any more.
 */
final class Tape {
    private static final int LONGEST_TEXT = 300;

    private final RecordingReader reader;
    private final MonotonicClock clock;
    private @Nullable Timed head;
    private long inputs;
    private long entries;
    private Optional<String> end = Optional.empty();
    private @Nullable Divergence divergence;
    private @Nullable Exception fault;

    Tape(RecordingReader reader, MonotonicClock clock) {
        this.reader = reader;
        this.clock = clock;
        advance();
    }

    /** The next entry that happens; null at the end, and after a difference. */
    @Nullable
    Timed head() {
        return head;
    }

    /** Entries seen so far: an input that is still to come is among them. */
    long entries() {
        return entries;
    }

    /** Takes an input off. */
    void took() {
        inputs++;
        advance();
    }

    /** Something happens: it must be what was recorded. */
    void expect(Entry entry) {
        Timed next = head;
        if (next == null) {
            return;
        }
        if (next.nanos() == clock.nanos() && next.entry().equals(entry)) {
            advance();
        } else {
            differ(describe(next), text(entry));
        }
    }

    /** The disk is asked: the answer that was recorded, or nothing when something else was. */
    Optional<Entry.Disk> answer(ahti.testkit.record.event.DiskCall call) {
        Timed next = head;
        if (next == null) {
            return Optional.empty();
        }
        if (next.nanos() == clock.nanos()
                && next.entry() instanceof Entry.Disk disk
                && disk.call().equals(call)) {
            advance();
            return Optional.of(disk);
        }
        differ(describe(next), text(call));
        return Optional.empty();
    }

    /** What was recorded did not happen. */
    void missed() {
        if (head != null) {
            differ(describe(head), "nothing");
        }
    }

    private String describe(Timed timed) {
        String when = timed.nanos() == clock.nanos() ? "" : " at " + Duration.ofNanos(timed.nanos());
        return text(timed.entry()) + when;
    }

    private static String text(Object happening) {
        String text = happening.toString();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private void differ(String expected, String came) {
        divergence = new Divergence(inputs, Duration.ofNanos(clock.nanos()), expected, came);
        head = null;
    }

    private void advance() {
        try {
            Timed next = reader.read().orElse(null);
            while (next != null && (next.entry() instanceof Entry.Wrong || next.entry() instanceof Entry.Right)) {
                next = reader.read().orElse(null);
            }
            entries += next == null ? 0 : 1;
            if (next != null && next.entry() instanceof Entry.End last) {
                end = Optional.of(last.why());
                next = null;
            }
            head = next;
        } catch (IOException | UnreadableRecording e) {
            fault = e;
            head = null;
        }
    }

    /** Fails when the recording could not be read on. */
    void check() throws IOException, UnreadableRecording {
        if (fault instanceof IOException failure) {
            throw failure;
        } else if (fault instanceof UnreadableRecording unreadable) {
            throw unreadable;
        }
    }

    Replay.Outcome outcome() {
        return new Replay.Outcome(
                Duration.ofNanos(clock.nanos()),
                inputs,
                entries,
                end,
                reader.isTorn(),
                Optional.ofNullable(divergence));
    }
}
