package ahti.realpeers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Bytes of the peer wire protocol as anybody might send them, and sockets that never wait for long. */
final class Wiring {
    static final int BLOCK = 16 * 1024;
    private static final long MOMENT = 1_000_000;
    private static final int HANDSHAKE = 68;
    private static final byte[] PROTOCOL = "\u0013BitTorrent protocol".getBytes(StandardCharsets.ISO_8859_1);

    private Wiring() {}

    /** A connection from that loopback address, which does not block. */
    static SocketChannel connect(int lastOctet, int port) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 * 1024);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastOctet}), 0));
            channel.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends what the other end takes within that time; whether it took all. */
    static boolean send(SocketChannel channel, ByteBuffer bytes, long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                if (System.nanoTime() > end) {
                    return false;
                }
                LockSupport.parkNanos(MOMENT);
            }
        }
        return true;
    }

    /** Closes with a reset. */
    static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    static ByteBuffer handshake(byte[] infoHash, byte[] peerId, boolean extensions) {
        byte[] reserved = new byte[8];
        if (extensions) {
            reserved[5] = 0x10;
            reserved[7] = 0x05;
        }
        return ByteBuffer.allocate(HANDSHAKE)
                .put(PROTOCOL)
                .put(reserved)
                .put(infoHash)
                .put(peerId)
                .flip();
    }

    static ByteBuffer message(int id, int... words) {
        ByteBuffer frame = ByteBuffer.allocate(5 + 4 * words.length)
                .putInt(1 + 4 * words.length)
                .put((byte) id);
        for (int word : words) {
            frame.putInt(word);
        }
        return frame.flip();
    }

    static ByteBuffer message(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .putInt(1 + body.length)
                .put((byte) id)
                .put(body)
                .flip();
    }

    /** The same again and again. */
    static ByteBuffer times(int count, ByteBuffer... messages) {
        int size = 0;
        for (ByteBuffer message : messages) {
            size += message.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size * count);
        for (int i = 0; i < count; i++) {
            for (ByteBuffer message : messages) {
                all.put(message.duplicate());
            }
        }
        return all.flip();
    }
}
