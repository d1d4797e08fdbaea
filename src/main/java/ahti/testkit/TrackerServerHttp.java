package ahti.testkit;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.BindsTheRealWorld;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.testkit.TrackerServerSwarms.Peer;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The HTTP side of a {@link TrackerServer}: announce (BEP 3, 7, 23) and scrape (BEP 48). */
@BindsTheRealWorld("the exchanges of the JDK's HTTP server")
final class TrackerServerHttp {
    private static final int MOST_WANTED = 200;
    private static final int USUALLY_WANTED = 50;
    private static final int MOST_SCRAPED = 100;

    private final TrackerServerSwarms swarms;
    private final Duration interval;

    TrackerServerHttp(TrackerServerSwarms swarms, Duration interval) {
        this.swarms = swarms;
        this.interval = interval;
    }

    void announce(HttpExchange exchange) throws IOException {
        DictBuilder answer;
        try {
            answer = announce(
                    TrackerServerQuery.of(exchange.getRequestURI().getRawQuery()), exchange.getRemoteAddress());
        } catch (IllegalArgumentException e) {
            answer = failure(String.valueOf(e.getMessage()));
        }
        send(exchange, answer);
    }

    void scrape(HttpExchange exchange) throws IOException {
        DictBuilder answer;
        try {
            answer = scrape(TrackerServerQuery.of(exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException e) {
            answer = failure(String.valueOf(e.getMessage()));
        }
        send(exchange, answer);
    }

    private DictBuilder announce(TrackerServerQuery query, InetSocketAddress from) {
        long port = query.number("port").orElseThrow(() -> new IllegalArgumentException("no port"));
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("no such port");
        }
        String event = query.text("event").orElse("");
        Optional<TrackerServerSwarms.Answer> answer = swarms.announce(new TrackerServerSwarms.Announce(
                InfoHash.v1(query.bytes("info_hash", InfoHash.WIRE_LENGTH)),
                PeerId.of(query.bytes("peer_id", PeerId.LENGTH)),
                new InetSocketAddress(from.getAddress(), (int) port),
                query.number("left").orElse(1L) == 0,
                event.equals("stopped"),
                event.equals("completed"),
                wanted(query)));
        if (answer.isEmpty()) {
            return failure("too many torrents");
        }
        DictBuilder dict = new DictBuilder()
                .put("interval", interval.toSeconds())
                .put("min interval", interval.toSeconds())
                .put("complete", answer.get().seeders())
                .put("incomplete", answer.get().leechers());
        return query.text("compact").orElse("").equals("0")
                ? dict.put("peers", listed(answer.get().peers()))
                : dict.put("peers", compact(answer.get().peers(), false))
                        .put("peers6", compact(answer.get().peers(), true));
    }

    private DictBuilder scrape(TrackerServerQuery query) {
        DictBuilder files = new DictBuilder();
        query.all("info_hash").stream()
                .filter(hash -> hash.length == InfoHash.WIRE_LENGTH)
                .limit(MOST_SCRAPED)
                .forEach(hash -> {
                    TrackerServerSwarms.Counts counts = swarms.counts(InfoHash.v1(hash));
                    files.put(
                            hash,
                            new DictBuilder()
                                    .put("complete", counts.seeders())
                                    .put("downloaded", counts.completed())
                                    .put("incomplete", counts.leechers()));
                });
        return new DictBuilder().put("files", files);
    }

    private static int wanted(TrackerServerQuery query) {
        long wanted = query.number("numwant").orElse((long) USUALLY_WANTED);
        return (int) Math.min(wanted < 0 ? USUALLY_WANTED : wanted, MOST_WANTED);
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

    private static DictBuilder failure(String reason) {
        return new DictBuilder().put("failure reason", reason);
    }

    private static void send(HttpExchange exchange, DictBuilder answer) throws IOException {
        byte[] body = answer.encode();
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        exchange.close();
    }
}
