package ahti.testkit.record.format;

import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Timed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads what a {@link RecordingWriter} wrote, entry by entry, up to the end of the last whole chunk. One chunk is in memory at
 * a time.
 */
public final class RecordingReader {
    private static final int HEAD = 12;

    private static final Codec<Header> HEADER = Codec.of(Header.class);
    private static final Codec<Entry> ENTRY = Codec.of(Entry.class);

    private final ByteSource source;
    private final Header header;
    private final int version;
    private FieldReader chunk = new FieldReader(new byte[0]);
    private long offset;
    private long nanos;
    private boolean torn;

    /**
     * Opens a recording.
     *
     * @throws UnreadableRecording when it is none, or none that this version can read
     * @throws IOException when the source fails
     */
    public RecordingReader(ByteSource source) throws IOException, UnreadableRecording {
        this.source = source;
        this.version = version(source.read(0, RecordingWriter.MAGIC.length + 2));
        this.offset = RecordingWriter.MAGIC.length + 2L;
        if (!next()) {
            throw new UnreadableRecording(
                    UnreadableRecording.Kind.EMPTY, "the recording was cut off before its first chunk was whole");
        }
        this.header = HEADER.read(chunk);
    }

    /** Whether this begins as a recording does, of whichever version. */
    public static boolean isRecording(ByteSource source) throws IOException {
        return Arrays.equals(source.read(0, RecordingWriter.MAGIC.length), RecordingWriter.MAGIC);
    }

    private static int version(byte[] head) throws UnreadableRecording {
        byte[] magic = RecordingWriter.MAGIC;
        int seen = Math.min(head.length, magic.length);
        if (seen == 0 || !Arrays.equals(head, 0, seen, magic, 0, seen)) {
            throw new UnreadableRecording(UnreadableRecording.Kind.FOREIGN, "not a recording of Ahti");
        }
        if (head.length < magic.length + 2) {
            throw new UnreadableRecording(
                    UnreadableRecording.Kind.EMPTY, "the recording was cut off before its first chunk was whole");
        }
        int version = ByteBuffer.wrap(head).getShort(magic.length) & 0xffff;
        if (version < RecordingWriter.VERSION) {
            throw new UnreadableRecording(
                    UnreadableRecording.Kind.OLDER,
                    "the recording has format " + version + ", of an earlier Ahti; this one reads "
                            + RecordingWriter.VERSION);
        }
        if (version > RecordingWriter.VERSION) {
            throw new UnreadableRecording(
                    UnreadableRecording.Kind.NEWER,
                    "the recording has format " + version + "; this Ahti reads up to " + RecordingWriter.VERSION);
        }
        return version;
    }

    /** Of the format. */
    public int version() {
        return version;
    }

    /** What the recorded engine began with. */
    public Header header() {
        return header;
    }

    /** The next entry; empty at the end. */
    public Optional<Timed> read() throws IOException, UnreadableRecording {
        if (!chunk.hasMore() && !next()) {
            return Optional.empty();
        }
        long passed = chunk.number();
        if (passed < 0 || nanos + passed < nanos) {
            throw FieldReader.malformed("goes back in time");
        }
        nanos += passed;
        return Optional.of(new Timed(nanos, ENTRY.read(chunk)));
    }

    /** Whether something follows the last whole chunk that is none. Known at the end. */
    public boolean isTorn() {
        return torn;
    }

    private boolean next() throws IOException, UnreadableRecording {
        byte[] head = source.read(offset, HEAD);
        if (head.length == 0) {
            return false;
        }
        torn = true;
        if (head.length < HEAD) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int packed = fields.getInt();
        int plain = fields.getInt();
        int sum = fields.getInt();
        if (packed < 0 || packed > RecordingWriter.MOST_PLAIN + (1 << 20) || plain < 0) {
            return false;
        }
        byte[] bytes = source.read(offset + HEAD, packed);
        CRC32C actual = new CRC32C();
        actual.update(bytes);
        if (bytes.length < packed || (int) actual.getValue() != sum) {
            return false;
        }
        if (plain > RecordingWriter.MOST_PLAIN) {
            throw FieldReader.malformed("has a chunk of " + plain + " bytes");
        }
        torn = false;
        chunk = new FieldReader(plain(bytes, plain));
        offset += HEAD + packed;
        return true;
    }

    private static byte[] plain(byte[] packed, int length) throws UnreadableRecording {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] plain = new byte[length];
            int at = 0;
            while (at < length) {
                int more = inflater.inflate(plain, at, length - at);
                if (more == 0) {
                    throw FieldReader.malformed("has a chunk that is shorter than it says");
                }
                at += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw FieldReader.malformed("has a chunk that cannot be unpacked");
        } finally {
            inflater.end();
        }
    }
}
