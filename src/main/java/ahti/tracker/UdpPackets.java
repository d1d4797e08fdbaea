package ahti.tracker;

import ahti.core.InfoHash;
import ahti.core.Text;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** The datagrams of a UDP tracker (BEP 15, options of BEP 41). */
final class UdpPackets {
    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int SCRAPE = 2;
    private static final int ERROR = 3;

    private static final int ANNOUNCE_LENGTH = 98;
    private static final byte END_OF_OPTIONS = 0;
    private static final byte URL_DATA = 2;
    private static final int LONGEST_OPTION = 255;
    private static final int LONGEST_TEXT = 200;

    private UdpPackets() {}

    /** What a tracker may answer. Whether it answers us is the reader's to check, by address and {@code transaction}. */
    sealed interface Reply {
        int transaction();
    }

    /** Announces may be made with this id for a minute. */
    record Connected(int transaction, long connection) implements Reply {}

    /** An announce was heard. Numbers as they stand. */
    record Announced(int transaction, int interval, int leechers, int seeders, List<InetSocketAddress> peers)
            implements Reply {}

    /** A scrape was heard: of the first torrent asked about. Numbers as they stand. */
    record Scraped(int transaction, int seeders, int completed, int leechers) implements Reply {}

    /** It refuses. The text is cleaned. */
    record Refused(int transaction, String text) implements Reply {}

    // | protocol 8 | action 0 | transaction 4 |
    static ByteString connect(int transaction) {
        ByteBuffer out = ByteBuffer.allocate(16);
        out.putLong(PROTOCOL).putInt(CONNECT).putInt(transaction);
        return ByteString.fromArrayUnsafe(out.array());
    }

    // | connection 8 | action 1 | transaction 4 | info hash 20 | peer id 20 | downloaded 8 | left 8 | uploaded 8
    // | event 4 | address 4 | key 4 | wanted 4 | port 2 | options of BEP 41 ...
    static ByteString announce(long connection, int transaction, AnnounceRequest request, String urlData) {
        byte[] url = urlData.getBytes(StandardCharsets.UTF_8);
        int chunks = (url.length + LONGEST_OPTION - 1) / LONGEST_OPTION;
        ByteBuffer out = ByteBuffer.allocate(ANNOUNCE_LENGTH + (chunks == 0 ? 0 : url.length + 2 * chunks + 1));
        out.putLong(connection).putInt(ANNOUNCE).putInt(transaction);
        out.put(request.infoHash().wireBytes()).put(request.peerId().bytes());
        out.putLong(request.tally().downloaded());
        out.putLong(request.tally().left());
        out.putLong(request.tally().uploaded());
        out.putInt(request.event().udpNumber()).putInt(0).putInt(request.key());
        out.putInt(request.numWant()).putShort((short) request.port());
        for (int from = 0; from < url.length; from += LONGEST_OPTION) {
            int length = Math.min(LONGEST_OPTION, url.length - from);
            out.put(URL_DATA).put((byte) length).put(url, from, length);
        }
        if (chunks > 0) {
            out.put(END_OF_OPTIONS);
        }
        return ByteString.fromArrayUnsafe(out.array());
    }

    // | connection 8 | action 2 | transaction 4 | info hash 20 |
    static ByteString scrape(long connection, int transaction, ScrapeRequest request) {
        ByteBuffer out = ByteBuffer.allocate(16 + InfoHash.WIRE_LENGTH);
        out.putLong(connection).putInt(SCRAPE).putInt(transaction);
        out.put(request.infoHash().wireBytes());
        return ByteString.fromArrayUnsafe(out.array());
    }

    /**
     * Reads a datagram; empty when no tracker would send it.
     *
     * @param addressLength 4 when it came over IPv4, 16 over IPv6: its peers are of the same family
     * @param mostPeers peers taken from it
     */
    static Optional<Reply> read(ByteString datagram, int addressLength, int mostPeers) {
        ByteBuffer in = datagram.asByteBuffer();
        if (in.remaining() < 8) {
            return Optional.empty();
        }
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == CONNECT && in.remaining() >= 8) {
            return Optional.of(new Connected(transaction, in.getLong()));
        } else if (action == ANNOUNCE && in.remaining() >= 12) {
            return Optional.of(announced(transaction, in, addressLength, mostPeers));
        } else if (action == SCRAPE && in.remaining() >= 12) {
            return Optional.of(new Scraped(transaction, in.getInt(), in.getInt(), in.getInt()));
        } else if (action == ERROR) {
            String text = StandardCharsets.UTF_8.decode(in).toString();
            return Optional.of(new Refused(transaction, Text.clean(text.strip(), LONGEST_TEXT)));
        }
        return Optional.empty();
    }

    private static Reply announced(int transaction, ByteBuffer in, int addressLength, int mostPeers) {
        int interval = in.getInt();
        int leechers = in.getInt();
        int seeders = in.getInt();
        Set<InetSocketAddress> peers = new LinkedHashSet<>();
        CompactPeers.read(in, addressLength, mostPeers, peers);
        return new Announced(transaction, interval, leechers, seeders, List.copyOf(peers));
    }
}
