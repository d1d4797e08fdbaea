package ahti.testkit.record.format;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Timed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** A recording as it is, and a recording whose first chunk is the input: what is no recording is refused with a sentence. */
public final class RecordingTarget implements FuzzTarget {
    @Override
    public String name() {
        return "recording";
    }

    /** A chunk may say that it has 64 MiB, and is read three times. */
    @Override
    public long mostAllocated(int length) {
        return 6L * RecordingWriter.MOST_PLAIN + FuzzTarget.super.mostAllocated(length);
    }

    @Override
    public void check(byte[] input) throws IOException {
        read(input);
        read(around(input));
    }

    private static void read(byte[] file) throws IOException {
        ByteSource source = (at, length) -> at >= file.length
                ? new byte[0]
                : Arrays.copyOfRange(file, (int) at, (int) Math.min(file.length, at + length));
        try {
            RecordingReader reader = new RecordingReader(source);
            Header header = reader.header();
            assertThat(header).isEqualTo(new RecordingReader(source).header());
            long before = 0;
            for (Optional<Timed> next = reader.read(); next.isPresent(); next = reader.read()) {
                assertThat(next.get().nanos()).isGreaterThanOrEqualTo(before);
                before = next.get().nanos();
            }
        } catch (UnreadableRecording refused) {
            FuzzTargets.assertFitToShow(String.valueOf(refused.getMessage()));
        }
    }

    private static byte[] around(byte[] plain) {
        Deflater deflater = new Deflater(1);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        CRC32C sum = new CRC32C();
        sum.update(packed, 0, length);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(RecordingWriter.MAGIC);
        ByteBuffer head = ByteBuffer.allocate(14).order(ByteOrder.BIG_ENDIAN);
        head.putShort((short) RecordingWriter.VERSION)
                .putInt(length)
                .putInt(plain.length)
                .putInt((int) sum.getValue());
        file.writeBytes(head.array());
        file.write(packed, 0, length);
        return file.toByteArray();
    }
}
