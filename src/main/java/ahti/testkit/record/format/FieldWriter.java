package ahti.testkit.record.format;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** Writes numbers, texts and addresses, as short as they are: the twin of {@link FieldReader}. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Seven bits a byte, the lowest first; the sign goes into the lowest bit. */
    void number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void bytes(ByteString value) {
        number(value.length());
        value.foreach(b -> {
            out.write((byte) b);
            return null;
        });
    }

    void bytes(byte[] value) {
        number(value.length);
        out.writeBytes(value);
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** An address that means "any" has no bytes: which of them a machine uses depends on what it has. */
    void address(InetAddress value) {
        bytes(value.isAnyLocalAddress() ? new byte[0] : value.getAddress());
    }

    void address(InetSocketAddress value) {
        address(value.getAddress());
        number(value.getPort());
    }

    int size() {
        return out.size();
    }

    /** What was written since the last call. */
    byte[] take() {
        byte[] written = out.toByteArray();
        out.reset();
        return written;
    }
}
