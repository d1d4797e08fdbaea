package ahti.wire;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * The 68 bytes that open a connection (BEP 3).
 *
 * <pre>
 * +------+-----------------------+-------------+---------------+-------------+
 * | 0x13 | "BitTorrent protocol" | reserved[8] | info hash[20] | peer id[20] |
 * +------+-----------------------+-------------+---------------+-------------+
 * </pre>
 *
 * <p>The peer id may lag: whoever accepts reads the {@linkplain #HEAD_LENGTH head}, answers, then reads the rest.
 */
public final class Handshake {
    private static final byte[] PROTOCOL = ("\u0013" + "BitTorrent protocol").getBytes(StandardCharsets.US_ASCII);
    private static final int RESERVED = 8;

    /** Bytes up to and with the info hash. */
    public static final int HEAD_LENGTH = PROTOCOL.length + RESERVED + InfoHash.WIRE_LENGTH;

    /** All bytes. */
    public static final int LENGTH = HEAD_LENGTH + PeerId.LENGTH;

    private Handshake() {}

    /** One that offers no extension. */
    public static ByteString encode(InfoHash infoHash, PeerId peerId) {
        return encode(infoHash, peerId, Capabilities.NONE);
    }

    /** One that offers extensions. */
    public static ByteString encode(InfoHash infoHash, PeerId peerId, Capabilities offered) {
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        out.put(PROTOCOL).put(offered.toReserved()).put(infoHash.wireBytes()).put(peerId.bytes());
        return ByteString.fromArrayUnsafe(out.array());
    }

    /**
     * The 20 bytes of the info hash that a handshake names; empty while too few bytes are here.
     *
     * @throws ProtocolException as soon as a byte shows that it is no handshake
     */
    public static Optional<InfoHash> infoHash(ByteString bytes) throws ProtocolException {
        byte[] seen = bytes.take(PROTOCOL.length).toArray();
        if (!Arrays.equals(seen, 0, seen.length, PROTOCOL, 0, seen.length)) {
            throw new ProtocolException(new Violation.NotBitTorrent());
        }
        return bytes.length() < HEAD_LENGTH
                ? Optional.empty()
                : Optional.of(InfoHash.v1(
                        bytes.slice(PROTOCOL.length + RESERVED, HEAD_LENGTH).toArray()));
    }

    /** What a handshake offers. Its head must be here. */
    public static Capabilities capabilities(ByteString bytes) {
        return Capabilities.of(
                bytes.slice(PROTOCOL.length, PROTOCOL.length + RESERVED).toArray());
    }

    /** The peer id of a handshake; empty while too few bytes are here. */
    public static Optional<PeerId> peerId(ByteString bytes) {
        return bytes.length() < LENGTH
                ? Optional.empty()
                : Optional.of(PeerId.of(bytes.slice(HEAD_LENGTH, LENGTH).toArray()));
    }
}
