package ahti.testkit.record.format;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** Reads what {@link FieldWriter} wrote. Whatever the bytes are, it takes no more memory than they have. */
final class FieldReader {
    private final ByteBuffer in;

    FieldReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    long number() throws UnreadableRecording {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!in.hasRemaining()) {
                throw malformed("ends inside a number");
            }
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("has a number without end");
    }

    /** A number from 0 to {@code most}. */
    int upTo(long most) throws UnreadableRecording {
        return upTo(most, number());
    }

    private static int upTo(long most, long value) throws UnreadableRecording {
        if (value < 0 || value > most) {
            throw malformed("says " + value + " where at most " + most + " can be");
        }
        return (int) value;
    }

    int integer() throws UnreadableRecording {
        long value = number();
        if (value != (int) value) {
            throw malformed("has the number " + value + " where a smaller one belongs");
        }
        return (int) value;
    }

    /** How many items follow, each of which takes at least a byte. */
    int count() throws UnreadableRecording {
        long said = number();
        return upTo(in.remaining(), said);
    }

    byte[] array() throws UnreadableRecording {
        byte[] bytes = new byte[count()];
        in.get(bytes);
        return bytes;
    }

    ByteString bytes() throws UnreadableRecording {
        return ByteString.fromArrayUnsafe(array());
    }

    String text() throws UnreadableRecording {
        return new String(array(), StandardCharsets.UTF_8);
    }

    InetAddress address() throws UnreadableRecording {
        byte[] bytes = array();
        try {
            return bytes.length == 0 ? new InetSocketAddress(0).getAddress() : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw malformed("has an address of " + bytes.length + " bytes");
        }
    }

    InetSocketAddress socketAddress() throws UnreadableRecording {
        return new InetSocketAddress(address(), upTo(0xffff));
    }

    static UnreadableRecording malformed(String what) {
        return UnreadableRecording.malformed(what);
    }
}
