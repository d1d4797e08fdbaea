package ahti.testkit.record.format;

import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * Writes a recording, chunk by chunk; each can be read without those after it.
 *
 * <pre>
 * file  = magic[8] version[2] chunk ...
 * chunk = packed length[4] plain length[4] checksum[4] packed bytes
 * </pre>
 *
 * <p>The checksum is CRC32C over the packed bytes, which are deflated (RFC 1950). The first chunk is the header, all others
 * are entries: the nanoseconds since the entry before, the kind, the components.
 */
public final class RecordingWriter {

    /** What a file begins with: a byte that no text has, a name, and line ends that a careless copy would change. */
    static final byte[] MAGIC = "\u0089AHTREC\n".getBytes(StandardCharsets.ISO_8859_1);

    /** The version that this class writes, and the only one that {@link RecordingReader} reads. */
    public static final int VERSION = 2;

    /** Bytes of a chunk at most, before packing. */
    static final int MOST_PLAIN = 64 << 20;

    private static final int CHUNK = 256 * 1024;

    private static final Codec<Header> HEADER = Codec.of(Header.class);
    private static final Codec<Entry> ENTRY = Codec.of(Entry.class);

    private final ByteSink sink;
    private final FieldWriter chunk = new FieldWriter();
    private final Deflater deflater = new Deflater();
    private long nanos;
    private long written;

    /**
     * Begins a recording.
     *
     * @throws IOException when the sink fails, or the header is too large for any reader
     */
    public RecordingWriter(ByteSink sink, Header header) throws IOException {
        this.sink = sink;
        append(ByteBuffer.allocate(MAGIC.length + 2)
                .put(MAGIC)
                .putShort((short) VERSION)
                .array());
        HEADER.write(chunk, header);
        flush();
    }

    /** Adds an entry; it reaches the sink with its chunk. Moments never go back. */
    public void write(long moment, Entry entry) throws IOException {
        chunk.number(moment - nanos);
        nanos = moment;
        ENTRY.write(chunk, entry);
        if (chunk.size() >= CHUNK) {
            flush();
        }
    }

    /** Lets everything reach the sink now. */
    public void flush() throws IOException {
        if (chunk.size() == 0) {
            return;
        }
        byte[] plain = chunk.take();
        if (plain.length > MOST_PLAIN) {
            throw new IOException("too much at once for a recording: " + plain.length + " bytes");
        }
        byte[] packed = packed(plain);
        CRC32C sum = new CRC32C();
        sum.update(packed);
        append(ByteBuffer.allocate(12 + packed.length)
                .putInt(packed.length)
                .putInt(plain.length)
                .putInt((int) sum.getValue())
                .put(packed)
                .array());
    }

    private byte[] packed(byte[] plain) {
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        byte[] room = new byte[plain.length + plain.length / 1000 + 64];
        int length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(room, length, room.length - length);
        }
        return java.util.Arrays.copyOf(room, length);
    }

    private void append(byte[] bytes) throws IOException {
        sink.append(bytes);
        written += bytes.length;
    }

    /** Bytes that have reached the sink. */
    public long written() {
        return written;
    }

    /** Bytes that wait for their chunk to be full, before packing. */
    public int waiting() {
        return chunk.size();
    }

    /** Gives the memory of the packer back; nothing can be written after it. */
    public void close() {
        deflater.end();
    }
}
