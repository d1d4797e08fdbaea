package ahti.realpeers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A peer of the plain protocol that does as it should, again and again: it downloads everything, or serves it at a pace. */
final class HonestPeer implements AutoCloseable {
    private static final int IN_FLIGHT = 16;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long SECOND = 1_000_000_000L;

    private final byte[] infoHash;
    private final byte[] content;
    private final int pieceLength;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong lastMoved = new AtomicLong(System.nanoTime());
    private final AtomicLong longestWait = new AtomicLong();
    private volatile long bytesPerSecond;

    HonestPeer(byte[] infoHash, byte[] content, int pieceLength) {
        this.infoHash = infoHash;
        this.content = content;
        this.pieceLength = pieceLength;
    }

    /** Downloads everything from there, over and over. */
    HonestPeer downloadsFrom(int port) {
        start(() -> {
            while (!over.get()) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                    download(socket);
                    rounds.incrementAndGet();
                } catch (IOException e) {
                    broken.incrementAndGet();
                    LockSupport.parkNanos(SECOND / 10);
                }
            }
        });
        return this;
    }

    /** Serves whoever dials the port, so many bytes a second in all. */
    HonestPeer serves(int port, long pace) {
        bytesPerSecond = pace;
        start(() -> {
            try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                server.setSoTimeout(500);
                while (!over.get()) {
                    try (Socket socket = server.accept()) {
                        serve(socket);
                    } catch (IOException e) {
                        boolean nobodyCame = e instanceof SocketTimeoutException;
                        broken.addAndGet(nobodyCame ? 0 : 1);
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return this;
    }

    /** As fast as it can from now on. */
    void hurries() {
        bytesPerSecond = Long.MAX_VALUE / 4;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "honest");
        thread.setDaemon(true);
        thread.start();
    }

    private DataInputStream greet(Socket socket, DataOutputStream out) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        byte[] peerId = Arrays.copyOf("-HP0100-".getBytes(StandardCharsets.US_ASCII), 20);
        peerId[19] = (byte) socket.getLocalPort();
        peerId[18] = (byte) (socket.getLocalPort() >> 8);
        out.write(Wiring.handshake(infoHash, peerId, false).array());
        out.flush();
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        in.readFully(new byte[68]);
        return in;
    }

    private void download(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = greet(socket, out);
        out.write(Wiring.message(2).array());
        int blocks = content.length / Wiring.BLOCK;
        int asked = 0;
        int got = 0;
        boolean choked = true;
        while (got < blocks && !over.get()) {
            int length = in.readInt();
            if (length == 0) {
                continue;
            }
            int id = in.readByte();
            if (id == 7) {
                int offset = in.readInt() * pieceLength + in.readInt();
                byte[] block = in.readNBytes(length - 9);
                if (!Arrays.equals(block, 0, block.length, content, offset, offset + block.length)) {
                    wrong.incrementAndGet();
                }
                got++;
                moved(block.length);
            } else {
                in.skipNBytes(length - 1);
                choked = id == 0 || (choked && id != 1);
                asked = id == 0 ? got : asked;
            }
            while (!choked && asked < blocks && asked - got < IN_FLIGHT) {
                out.write(request(asked++));
            }
        }
    }

    private byte[] request(int block) {
        int offset = block * Wiring.BLOCK;
        return Wiring.message(6, offset / pieceLength, offset % pieceLength, Wiring.BLOCK)
                .array();
    }

    private void serve(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = greet(socket, out);
        byte[] all = new byte[content.length / pieceLength / 8];
        Arrays.fill(all, (byte) 0xff);
        out.write(Wiring.message(5, all).array());
        out.write(Wiring.message(1).array());
        while (!over.get()) {
            int length = in.readInt();
            int id = length == 0 ? -1 : in.readByte();
            if (id == 6) {
                int piece = in.readInt();
                int offset = in.readInt();
                int size = in.readInt();
                out.writeInt(9 + size);
                out.writeByte(7);
                out.writeInt(piece);
                out.writeInt(offset);
                out.write(content, piece * pieceLength + offset, size);
                moved(size);
                LockSupport.parkNanos(size * SECOND / bytesPerSecond);
            } else if (length > 0) {
                in.skipNBytes(length - 1);
            }
        }
    }

    private void moved(int bytes) {
        moved.addAndGet(bytes);
        long now = System.nanoTime();
        longestWait.accumulateAndGet(now - lastMoved.getAndSet(now), Math::max);
    }

    long bytes() {
        return moved.get();
    }

    /** Whole downloads. */
    long rounds() {
        return rounds.get();
    }

    /** Connections that did not last as long as they should. */
    long broken() {
        return broken.get();
    }

    /** Blocks with other bytes than they should have. */
    long wrong() {
        return wrong.get();
    }

    /** The longest time without a block so far, in seconds. */
    double longestWait() {
        return Math.max(longestWait.get(), System.nanoTime() - lastMoved.get()) / (double) SECOND;
    }

    @Override
    public void close() {
        over.set(true);
    }
}
