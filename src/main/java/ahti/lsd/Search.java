package ahti.lsd;

import ahti.core.InfoHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * One announce of local service discovery (BEP 14): whoever sends it shares these torrents, and listens on that port.
 *
 * <pre>
 * BT-SEARCH * HTTP/1.1
 * Host: 239.192.152.143:6771
 * Port: 6881
 * Infohash: 40 hexadecimal digits, in as many lines as there are torrents
 * cookie: whatever the sender knows itself by
 * (two empty lines)
 * </pre>
 *
 * @param port 1 to 65535
 * @param infoHashes at least one, in the order in which they were said
 * @param cookie empty when the sender gave none
 */
record Search(int port, List<InfoHash> infoHashes, String cookie) {
    private static final String FIRST = "BT-SEARCH * HTTP/1.1";
    private static final String LINE = "\r\n";
    private static final int HEX_DIGITS = 2 * InfoHash.WIRE_LENGTH;
    private static final int HIGHEST_PORT = 65_535;
    private static final int DIGITS_OF_A_PORT = 5;

    /** What fits into one Ethernet frame; a larger datagram is none of BEP 14, which stops at 1400 bytes. */
    static final int LARGEST = 1472;

    /** Torrents in one datagram of ours at most, so that it stays below 1400 bytes. */
    static final int MOST_HASHES = 24;

    Search {
        infoHashes = List.copyOf(infoHashes);
    }

    ByteString write(Group group) {
        StringBuilder text = new StringBuilder(FIRST).append(LINE);
        text.append("Host: ").append(group.host()).append(LINE);
        text.append("Port: ").append(port).append(LINE);
        for (InfoHash infoHash : infoHashes) {
            text.append("Infohash: ").append(infoHash.hex(), 0, HEX_DIGITS).append(LINE);
        }
        text.append("cookie: ").append(cookie).append(LINE);
        return ByteString.fromString(text.append(LINE).append(LINE).toString(), StandardCharsets.US_ASCII);
    }

    /** What a datagram says; empty when it is no announce. Lines that nobody understands are left out. */
    static Optional<Search> read(ByteString datagram) {
        if (datagram.size() > LARGEST) {
            return Optional.empty();
        }
        String[] lines = datagram.decodeString(StandardCharsets.US_ASCII).split("\r?\n", -1);
        if (!lines[0].strip().equalsIgnoreCase(FIRST)) {
            return Optional.empty();
        }
        int port = 0;
        String cookie = "";
        List<InfoHash> infoHashes = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT)) {
                case "port" -> port = port(value);
                case "cookie" -> cookie = value;
                case "infohash" -> infoHash(value).ifPresent(infoHashes::add);
                default -> {
                    // Host, and what others may add.
                }
            }
        }
        return port == 0 || infoHashes.isEmpty() ? Optional.empty() : Optional.of(new Search(port, infoHashes, cookie));
    }

    /** 0 when it is no port. */
    private static int port(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= DIGITS_OF_A_PORT
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int port = isNumber ? Integer.parseInt(digits) : 0;
        return port <= HIGHEST_PORT ? port : 0;
    }

    private static Optional<InfoHash> infoHash(String digits) {
        if (digits.length() != HEX_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(InfoHash.parse(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
