package ahti.testkit;

import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.PeerId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The UDP side of a {@link TrackerServer} (BEP 15): connect, announce, scrape, one datagram at a time. */
final class TrackerServerUdp implements Runnable {
    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int SCRAPE = 2;
    private static final int ERROR = 3;

    private static final int MOST_BYTES = 2_048;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_PEERS = 70;
    private static final int MOST_SCRAPED = 74;
    private static final int COMPLETED = 1;
    private static final int STOPPED = 3;
    private static final Duration CONNECTION_LIFETIME = Duration.ofMinutes(2);

    private final DatagramSocket socket;
    private final TrackerServerSwarms swarms;
    private final Duration interval;
    private final MonotonicClock clock;

    /** Until when each connection id is good, oldest first. */
    private final Map<Long, Long> connections = new LinkedHashMap<>();

    private long lastConnection;

    TrackerServerUdp(DatagramSocket socket, TrackerServerSwarms swarms, Duration interval, MonotonicClock clock) {
        this.socket = socket;
        this.swarms = swarms;
        this.interval = interval;
        this.clock = clock;
        this.lastConnection = clock.nanos();
    }

    @Override
    public void run() {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MOST_BYTES);
                socket.receive(packet);
                InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
                Optional<byte[]> answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), from);
                if (answer.isPresent()) {
                    socket.send(new DatagramPacket(answer.get(), answer.get().length, from));
                }
            } catch (IOException e) {
                // Closed, or a datagram that could not be sent: UDP may lose it.
            }
        }
    }

    /** What a datagram is answered with; empty when it is none of a client. */
    Optional<byte[]> answer(ByteBuffer in, InetSocketAddress from) {
        if (in.remaining() < 16) {
            return Optional.empty();
        }
        long connection = in.getLong();
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == CONNECT) {
            return connection == PROTOCOL ? Optional.of(connected(transaction)) : Optional.empty();
        } else if (!isGood(connection)) {
            return Optional.of(error(transaction, "connect first"));
        }
        try {
            return switch (action) {
                case ANNOUNCE -> Optional.of(announced(transaction, in, from));
                case SCRAPE -> Optional.of(scraped(transaction, in));
                default -> Optional.of(error(transaction, "no such action"));
            };
        } catch (BufferUnderflowException e) {
            return Optional.of(error(transaction, "the packet is too short"));
        }
    }

    private byte[] connected(int transaction) {
        forgetExpired();
        connections.put(++lastConnection, clock.nanos() + CONNECTION_LIFETIME.toNanos());
        return bytes(ByteBuffer.allocate(16).putInt(CONNECT).putInt(transaction).putLong(lastConnection));
    }

    private boolean isGood(long connection) {
        Long until = connections.get(connection);
        return until != null && until - clock.nanos() >= 0;
    }

    private void forgetExpired() {
        long now = clock.nanos();
        Iterator<Long> untils = connections.values().iterator();
        while (untils.hasNext()) {
            if (untils.next() - now >= 0 && connections.size() < MOST_CONNECTIONS) {
                return;
            }
            untils.remove();
        }
    }

    private byte[] announced(int transaction, ByteBuffer in, InetSocketAddress from) {
        byte[] infoHash = new byte[InfoHash.WIRE_LENGTH];
        byte[] peerId = new byte[PeerId.LENGTH];
        in.get(infoHash).get(peerId);
        in.getLong();
        long left = in.getLong();
        in.getLong();
        int event = in.getInt();
        in.getInt();
        in.getInt();
        int wanted = in.getInt();
        int port = Short.toUnsignedInt(in.getShort());
        Optional<TrackerServerSwarms.Answer> answer = swarms.announce(new TrackerServerSwarms.Announce(
                InfoHash.v1(infoHash),
                PeerId.of(peerId),
                new InetSocketAddress(from.getAddress(), port),
                left == 0,
                event == STOPPED,
                event == COMPLETED,
                wanted < 0 ? MOST_PEERS : Math.min(wanted, MOST_PEERS)));
        if (answer.isEmpty()) {
            return error(transaction, "too many torrents");
        }
        boolean ipv6 = from.getAddress() instanceof Inet6Address;
        ByteBuffer out = ByteBuffer.allocate(20 + 18 * MOST_PEERS);
        out.putInt(ANNOUNCE).putInt(transaction).putInt((int) interval.toSeconds());
        out.putInt(answer.get().leechers()).putInt(answer.get().seeders());
        answer.get().peers().stream()
                .map(TrackerServerSwarms.Peer::address)
                .filter(address -> address.getAddress() instanceof Inet6Address == ipv6)
                .forEach(address -> out.put(address.getAddress().getAddress()).putShort((short) address.getPort()));
        return bytes(out);
    }

    private byte[] scraped(int transaction, ByteBuffer in) {
        ByteBuffer out = ByteBuffer.allocate(8 + 12 * MOST_SCRAPED);
        out.putInt(SCRAPE).putInt(transaction);
        byte[] infoHash = new byte[InfoHash.WIRE_LENGTH];
        for (int i = 0; i < MOST_SCRAPED && in.remaining() >= infoHash.length; i++) {
            in.get(infoHash);
            TrackerServerSwarms.Counts counts = swarms.counts(InfoHash.v1(infoHash));
            out.putInt(counts.seeders()).putInt(counts.completed()).putInt(counts.leechers());
        }
        return bytes(out);
    }

    private static byte[] error(int transaction, String text) {
        byte[] said = text.getBytes(StandardCharsets.UTF_8);
        return bytes(ByteBuffer.allocate(8 + said.length)
                .putInt(ERROR)
                .putInt(transaction)
                .put(said));
    }

    private static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.position()];
        written.flip().get(bytes);
        return bytes;
    }
}
