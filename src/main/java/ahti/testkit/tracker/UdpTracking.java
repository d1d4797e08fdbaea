package ahti.testkit.tracker;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a tracker reads and writes over UDP (BEP 15). */
public final class UdpTracking {
    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int SCRAPE = 2;
    private static final int ERROR = 3;

    static final int MOST_PEERS = 70;
    static final int MOST_SCRAPED = 74;
    private static final int PEER_BYTES = 18;
    private static final List<String> EVENTS = List.of("", "completed", "started", "stopped");

    /** What a client asks. */
    public sealed interface Request {
        /** To be repeated in the answer. */
        int transaction();
    }

    /** For a connection id. */
    public record Connect(int transaction) implements Request {}

    /** With an id that should be good. */
    public sealed interface Connected extends Request {
        /** The id. */
        long connection();
    }

    /** To be known, and for peers. */
    public record Announce(long connection, int transaction, HeardAnnounce heard) implements Connected {}

    /** For counts. */
    public record Scrape(long connection, int transaction, List<InfoHash> infoHashes) implements Connected {}

    /** For nothing that we know. */
    public record Other(long connection, int transaction, String why) implements Connected {}

    private UdpTracking() {}

    /** Reads a datagram; empty when it is none of a client. */
    public static Optional<Request> read(ByteBuffer in, InetAddress from) {
        if (in.remaining() < 16) {
            return Optional.empty();
        }
        long connection = in.getLong();
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == CONNECT) {
            return connection == PROTOCOL ? Optional.of(new Connect(transaction)) : Optional.empty();
        }
        try {
            return Optional.of(
                    switch (action) {
                        case ANNOUNCE -> new Announce(connection, transaction, announce(in, from));
                        case SCRAPE -> new Scrape(connection, transaction, scraped(in));
                        default -> new Other(connection, transaction, "no such action");
                    });
        } catch (BufferUnderflowException e) {
            return Optional.of(new Other(connection, transaction, "the packet is too short"));
        }
    }

    private static HeardAnnounce announce(ByteBuffer in, InetAddress from) {
        byte[] infoHash = new byte[InfoHash.WIRE_LENGTH];
        byte[] peerId = new byte[PeerId.LENGTH];
        in.get(infoHash).get(peerId);
        long downloaded = in.getLong();
        long left = in.getLong();
        long uploaded = in.getLong();
        int event = in.getInt();
        in.getInt();
        in.getInt();
        int wanted = in.getInt();
        int port = Short.toUnsignedInt(in.getShort());
        return new HeardAnnounce(
                InfoHash.v1(infoHash),
                PeerId.of(peerId),
                new InetSocketAddress(from, port),
                uploaded,
                downloaded,
                left,
                event > 0 && event < EVENTS.size() ? EVENTS.get(event) : "",
                wanted,
                true);
    }

    private static List<InfoHash> scraped(ByteBuffer in) {
        List<InfoHash> hashes = new ArrayList<>();
        byte[] infoHash = new byte[InfoHash.WIRE_LENGTH];
        while (hashes.size() < MOST_SCRAPED && in.remaining() >= infoHash.length) {
            in.get(infoHash);
            hashes.add(InfoHash.v1(infoHash));
        }
        return hashes;
    }

    /** The answer to {@link Connect}. */
    public static byte[] connected(int transaction, long connection) {
        return bytes(ByteBuffer.allocate(16).putInt(CONNECT).putInt(transaction).putLong(connection));
    }

    /** The answer to {@link Announce}; its peers are those of the client's address family. */
    public static byte[] announced(int transaction, TrackerAnswer answer, InetAddress client) {
        boolean ipv6 = client instanceof Inet6Address;
        ByteBuffer out = ByteBuffer.allocate(20 + PEER_BYTES * MOST_PEERS);
        out.putInt(ANNOUNCE).putInt(transaction).putInt((int) answer.interval().toSeconds());
        out.putInt(answer.leechers()).putInt(answer.seeders());
        answer.peers().stream()
                .map(TrackerAnswer.Peer::address)
                .filter(address -> address.getAddress() instanceof Inet6Address == ipv6)
                .limit(MOST_PEERS)
                .forEach(address -> out.put(address.getAddress().getAddress()).putShort((short) address.getPort()));
        return bytes(out);
    }

    /** The answer to {@link Scrape}. */
    static byte[] counted(int transaction, List<TrackerSwarms.Counts> all) {
        ByteBuffer out = ByteBuffer.allocate(8 + 12 * MOST_SCRAPED);
        out.putInt(SCRAPE).putInt(transaction);
        for (TrackerSwarms.Counts counts : all) {
            out.putInt(counts.seeders()).putInt(counts.completed()).putInt(counts.leechers());
        }
        return bytes(out);
    }

    /** An answer to anything: no. */
    public static byte[] error(int transaction, String text) {
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
