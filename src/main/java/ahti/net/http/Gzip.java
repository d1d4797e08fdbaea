package ahti.net.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952): one member after the other, in a loop.
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}: that calls itself for each member, so that a megabyte of empty ones overflows
 * the stack.
 *
 * <pre>
 * member  = 1f 8b 08 flags[1] time[4] extra[1] system[1] ... deflated bytes ... crc32[4] length[4]     little-endian
 * flags   : 2 header checksum[2]   4 extra fields (length[2], bytes)   8 name\0   16 comment\0
 * </pre>
 */
final class Gzip {
    private static final int HEAD = 10;
    private static final int TRAILER = 8;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int BUFFER = 8 * 1024;

    private final ByteBuffer in;
    private final int most;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER];

    private Gzip(byte[] packed, int most) {
        this.in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        this.most = most;
    }

    /** What is inside; bytes after the last member are ignored. Stops at the first byte beyond {@code most}. */
    static byte[] unpack(byte[] packed, int most) throws IOException {
        return new Gzip(packed, most).members();
    }

    private byte[] members() throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            if (!header()) {
                throw Trouble.passing("no gzip");
            }
            do {
                inflater.reset();
                member(inflater);
            } while (header());
            return plain.toByteArray();
        } catch (DataFormatException e) {
            throw Trouble.passing("broken gzip");
        } finally {
            inflater.end();
        }
    }

    /** Steps over the head of a member; false when there is none. */
    private boolean header() {
        if (in.remaining() < HEAD || in.get() != 0x1f || in.get() != (byte) 0x8b || in.get() != 8) {
            return false;
        }
        int flags = in.get();
        in.position(in.position() + HEAD - 4);
        return ((flags & EXTRA) == 0 || (in.remaining() >= 2 && skip(Short.toUnsignedInt(in.getShort()))))
                && ((flags & NAME) == 0 || skipText())
                && ((flags & COMMENT) == 0 || skipText())
                && ((flags & CHECKSUM) == 0 || skip(CHECKSUM));
    }

    private boolean skip(int bytes) {
        if (in.remaining() < bytes) {
            return false;
        }
        in.position(in.position() + bytes);
        return true;
    }

    private boolean skipText() {
        while (in.hasRemaining()) {
            if (in.get() == 0) {
                return true;
            }
        }
        return false;
    }

    private void member(Inflater inflater) throws IOException, DataFormatException {
        CRC32 sum = new CRC32();
        inflater.setInput(in.array(), in.position(), in.remaining());
        while (!inflater.finished()) {
            int length = inflater.inflate(buffer);
            if (length == 0 && !inflater.finished()) {
                throw Trouble.passing("gzip that ends too early");
            }
            if (length > most - plain.size()) {
                throw Trouble.tooLarge(most);
            }
            sum.update(buffer, 0, length);
            plain.write(buffer, 0, length);
        }
        in.position(in.limit() - inflater.getRemaining());
        if (in.remaining() < TRAILER) {
            throw Trouble.passing("gzip that ends too early");
        }
        if (in.getInt() != (int) sum.getValue() || in.getInt() != (int) inflater.getBytesWritten()) {
            throw Trouble.passing("broken gzip");
        }
    }
}
