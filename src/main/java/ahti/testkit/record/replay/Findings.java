package ahti.testkit.record.replay;

import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Timed;
import ahti.testkit.record.format.RecordingReader;
import ahti.testkit.record.format.UnreadableRecording;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a recording says of the data that was left out of it: read before anything is replayed, for it says it late. */
final class Findings {
    private final Map<Long, Long> wrong = new LinkedHashMap<>();

    /** Reads a recording to its end. */
    static Findings in(RecordingReader reader) throws IOException, UnreadableRecording {
        Findings findings = new Findings();
        for (Optional<Timed> next = reader.read(); next.isPresent(); next = reader.read()) {
            Entry entry = next.get().entry();
            if (entry instanceof Entry.Wrong found) {
                findings.wrong.put(found.number(), found.look());
            } else if (entry instanceof Entry.Right found) {
                findings.wrong.remove(found.number());
            }
        }
        return findings;
    }

    /** Empty when the data of that number was right. */
    OptionalLong look(long number) {
        Long look = wrong.get(number);
        return look == null ? OptionalLong.empty() : OptionalLong.of(look);
    }

    /** How many blocks and reads were wrong. */
    int wrong() {
        return wrong.size();
    }
}
