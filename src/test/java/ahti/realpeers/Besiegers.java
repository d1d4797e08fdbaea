package ahti.realpeers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hundreds of hostile connections to one peer: some hold on to it as long as they can, others come, do one {@link Assault} and
 * go, all the time.
 */
final class Besiegers implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final int port;
    private final byte[] infoHash;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong connections = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    /** What one that holds on says first, and once a second from then on. */
    private interface Holding {
        ByteBuffer words(int second, byte[] peerId);
    }

    Besiegers(int port, byte[] infoHash) {
        this.port = port;
        this.infoHash = infoHash;
    }

    /** Some dozen threads come and go; hundreds dawdle, idle, or ask for everything and read nothing. */
    Besiegers storm(int threads, int dawdlers, int idlers, int deaf) {
        for (int i = 0; i < threads; i++) {
            int number = i;
            start("storm-" + number, () -> assaults(new Random(number)));
        }
        hold(
                "dawdlers",
                dawdlers,
                (second, peerId) ->
                        handshake(peerId).position(Math.min(second, 67)).limit(Math.min(second, 67) + 1));
        hold(
                "idlers",
                idlers,
                (second, peerId) -> second == 0
                        ? handshake(peerId)
                        : second % 20 == 0 ? ByteBuffer.allocate(4) : ByteBuffer.allocate(0));
        hold("deaf", deaf, this::deaf);
        return this;
    }

    /** Comes, wants something, and stays: what fills the places of a peer. */
    Besiegers occupy(int occupants) {
        hold(
                "occupants",
                occupants,
                (second, peerId) -> second == 0
                        ? Wiring.times(1, handshake(peerId), Wiring.message(2))
                        : ByteBuffer.allocate(second % 20 == 0 ? 4 : 0));
        return this;
    }

    long connections() {
        return connections.get();
    }

    private ByteBuffer handshake(byte[] peerId) {
        return Wiring.handshake(infoHash, peerId, true);
    }

    private ByteBuffer deaf(int second, byte[] peerId) {
        if (second == 0) {
            return Wiring.times(1, handshake(peerId), Wiring.message(2));
        }
        return Wiring.times(400, Wiring.message(6, second % 64, 0, Wiring.BLOCK));
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void assaults(Random random) {
        Assault[] all = Assault.values();
        while (!over.get()) {
            byte[] peerId = new byte[20];
            random.nextBytes(peerId);
            try {
                all[random.nextInt(all.length)].run(port, infoHash, peerId, random);
                connections.incrementAndGet();
            } catch (IOException e) {
                // Hung up on, as it should be.
                LockSupport.parkNanos(SECOND / 1_000);
            }
        }
    }

    private void hold(String name, int count, Holding holding) {
        if (count > 0) {
            start(name, () -> new Holders(count, holding).run());
        }
    }

    /** Keeps so many connections open, and opens each anew that is closed. */
    private final class Holders {
        private final SocketChannel[] channels;
        private final int[] seconds;
        private final Holding holding;
        private final Random random = new Random(7);

        Holders(int count, Holding holding) {
            this.channels = new SocketChannel[count];
            this.seconds = new int[count];
            this.holding = holding;
        }

        void run() {
            while (!over.get()) {
                for (int i = 0; i < channels.length && !over.get(); i++) {
                    step(i);
                }
                LockSupport.parkNanos(SECOND);
            }
            for (SocketChannel channel : channels) {
                close(channel);
            }
        }

        private void step(int index) {
            SocketChannel channel = channels[index];
            try {
                if (channel == null) {
                    channel = Wiring.connect(2 + random.nextInt(250), port);
                    channels[index] = channel;
                    seconds[index] = 0;
                    connections.incrementAndGet();
                }
                byte[] peerId = new byte[20];
                peerId[0] = (byte) index;
                peerId[1] = (byte) (index >> 8);
                peerId[2] = (byte) holding.hashCode();
                Wiring.send(channel, holding.words(seconds[index]++, peerId), 0);
            } catch (IOException e) {
                close(channel);
                channels[index] = null;
            }
        }

        private static void close(SocketChannel channel) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Everybody goes home. */
    @Override
    public void close() {
        over.set(true);
        for (Thread thread : threads) {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
