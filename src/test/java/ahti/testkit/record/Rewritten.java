package ahti.testkit.record;

import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Timed;
import ahti.testkit.record.format.RecordingReader;
import ahti.testkit.record.format.RecordingWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recordings that nobody made so. */
final class Rewritten {
    private Rewritten() {}

    /** The same, as if the engine had had one setting more. */
    static byte[] withSetting(byte[] recorded, String setting) throws Exception {
        RecordingReader reader = new RecordingReader((offset, most) -> Arrays.copyOfRange(
                recorded, (int) Math.min(recorded.length, offset), (int) Math.min(recorded.length, offset + most)));
        Header old = reader.header();
        List<String> settings = new ArrayList<>(old.settings());
        settings.add(setting);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordingWriter writer = new RecordingWriter(
                out::writeBytes,
                new Header(old.ahti(), old.java(), old.seed(), old.masked(), settings, old.listenOn(), old.torrent()));
        for (Optional<Timed> next = reader.read(); next.isPresent(); next = reader.read()) {
            writer.write(next.get().nanos(), next.get().entry());
        }
        writer.flush();
        return out.toByteArray();
    }
}
