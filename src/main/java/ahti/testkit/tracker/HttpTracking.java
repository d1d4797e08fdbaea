package ahti.testkit.tracker;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.testkit.tracker.TrackerAnswer.Peer;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tracker reads and writes over HTTP: announces and their answers (BEP 3, 7, 23). */
public final class HttpTracking {
    private static final int LARGEST_PORT = 65_535;

    private HttpTracking() {}

    /**
     * Reads the query of an announce.
     *
     * @param query as it stands in the URL
     * @param from where the client is
     * @throws IllegalArgumentException with a sentence for the client
     */
    public static HeardAnnounce announce(@Nullable String query, InetAddress from) {
        TrackerQuery values = TrackerQuery.of(query);
        long port = values.number("port").orElseThrow(() -> new IllegalArgumentException("no port"));
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("no such port");
        }
        return new HeardAnnounce(
                InfoHash.v1(values.bytes("info_hash", InfoHash.WIRE_LENGTH)),
                PeerId.of(values.bytes("peer_id", PeerId.LENGTH)),
                new InetSocketAddress(from, (int) port),
                values.number("uploaded").orElse(0L),
                values.number("downloaded").orElse(0L),
                values.number("left").orElse(HeardAnnounce.UNKNOWN_LEFT),
                values.text("event").orElse(""),
                (int) Math.max(
                        -1, Math.min(Integer.MAX_VALUE, values.number("numwant").orElse(-1L))),
                !values.text("compact").orElse("").equals("0"));
    }

    /** The body of an answer. */
    public static byte[] answer(TrackerAnswer answer, boolean compact) {
        DictBuilder dict = new DictBuilder()
                .put("interval", answer.interval().toSeconds())
                .put("min interval", answer.interval().toSeconds())
                .put("complete", answer.seeders())
                .put("incomplete", answer.leechers());
        return compact
                ? dict.put("peers", compact(answer.peers(), false))
                        .put("peers6", compact(answer.peers(), true))
                        .encode()
                : dict.put("peers", listed(answer.peers())).encode();
    }

    /** The body of an answer that says why there is none. */
    public static byte[] failure(String reason) {
        return new DictBuilder().put("failure reason", reason).encode();
    }

    private static byte[] compact(List<Peer> peers, boolean ipv6) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (Peer peer : peers) {
            if (peer.address().getAddress() instanceof Inet6Address == ipv6) {
                packed.writeBytes(peer.address().getAddress().getAddress());
                packed.write(peer.address().getPort() >> 8);
                packed.write(peer.address().getPort());
            }
        }
        return packed.toByteArray();
    }

    private static ListBuilder listed(List<Peer> peers) {
        ListBuilder list = new ListBuilder();
        for (Peer peer : peers) {
            list.add(new DictBuilder()
                    .put("peer id", peer.id().bytes())
                    .put("ip", peer.address().getAddress().getHostAddress())
                    .put("port", peer.address().getPort()));
        }
        return list;
    }
}
