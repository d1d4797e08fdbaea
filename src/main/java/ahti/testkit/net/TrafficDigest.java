package ahti.testkit.net;

import ahti.core.MonotonicClock;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;

/**
 * One number for everything that crossed a network: what, from whom to whom, when to the nanosecond, in what order. Two runs
 * with the same digest were the same.
 */
public final class TrafficDigest implements Traffic {
    private static final byte OPENED = 'o';
    private static final byte ARRIVED = 'a';
    private static final byte OVER = 'x';
    private static final byte DATAGRAM = 'd';
    private static final byte ASKED = 'h';

    private final MonotonicClock clock;
    private final MessageDigest digest;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer fact = ByteBuffer.allocate(1 + 4 * Long.BYTES);
    private long facts;

    /** {@code clock} says when. */
    public TrafficDigest(MonotonicClock clock) {
        this.clock = clock;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The digest of all until now, in hexadecimal digits. More may follow. */
    public String hex() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own SHA-256 can be cloned", e);
        }
    }

    /** How many things happened until now. */
    public long facts() {
        return facts;
    }

    @Override
    public void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {
        add(OPENED, connection, sum(dialler.toString()), sum(acceptor.toString()));
    }

    @Override
    public void arrived(long connection, boolean fromDialler, ByteString bytes) {
        add(ARRIVED, connection, fromDialler ? 1 : 0, sum(bytes) << Integer.SIZE | bytes.size());
    }

    @Override
    public void over(long connection, boolean dialler, boolean broken) {
        add(OVER, connection, dialler ? 1 : 0, broken ? 1 : 0);
    }

    @Override
    public void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {
        add(DATAGRAM, sum(from.toString()), sum(to.toString()), sum(payload) << Integer.SIZE | payload.size());
    }

    @Override
    public void asked(String host, URI uri) {
        add(ASKED, sum(host), sum(uri.toString()), 0);
    }

    private void add(byte kind, long first, long second, long third) {
        fact.clear();
        fact.put(kind)
                .putLong(clock.nanos())
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .flip();
        digest.update(fact);
        facts++;
    }

    private long sum(String text) {
        return sum(ByteString.fromArray(text.getBytes(StandardCharsets.UTF_8)));
    }

    private long sum(ByteString bytes) {
        crc.reset();
        for (ByteBuffer buffer : bytes.getByteBuffers()) {
            crc.update(buffer);
        }
        return crc.getValue();
    }
}
