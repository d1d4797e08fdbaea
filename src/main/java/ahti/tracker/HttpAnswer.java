package ahti.tracker;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeList;
import ahti.bencode.BencodeReader;
import ahti.bencode.BencodeValue;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.core.Text;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;

/** Reads what an HTTP tracker answers (BEP 3, 7, 23, 24, 48). Wrong fields are left out; what is no answer is a failure. */
final class HttpAnswer {
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_ADDRESS = 45;
    private static final int OK = 200;

    private HttpAnswer() {}

    /** Reads the answer to an announce. A refusal counts whatever the status; peers only with 200. */
    static Outcome read(int status, ByteString body, Limits limits) {
        return read(status, body, limits, dict -> announced(dict, limits));
    }

    /** Reads the answer to a scrape, of which only this torrent counts. */
    static Outcome scraped(int status, ByteString body, InfoHash infoHash, Limits limits) {
        return read(status, body, limits, dict -> counted(dict, infoHash.wireBytes()));
    }

    private static Outcome read(int status, ByteString body, Limits limits, Function<BencodeDict, Outcome> reader) {
        BencodeDict dict;
        try {
            dict = BencodeReader.readDict(body.toArrayUnsafe(), limits.bencodeDepth(), limits.bencodeItems());
        } catch (BencodeException e) {
            return new Outcome.Failure(
                    status == OK ? "no tracker's answer: " + e.getMessage() : "HTTP status " + status);
        }
        Optional<String> failure = text(dict, "failure reason");
        if (failure.isPresent()) {
            return new Outcome.Failure(failure.get());
        }
        return status == OK ? reader.apply(dict) : new Outcome.Failure("HTTP status " + status);
    }

    private static Outcome announced(BencodeDict dict, Limits limits) {
        if (!dict.has("interval") && !dict.has("peers") && !dict.has("peers6")) {
            return new Outcome.Failure("no tracker's answer: neither an interval nor peers");
        }
        return new Outcome.Answer(
                seconds(dict, "interval"),
                seconds(dict, "min interval"),
                count(dict, "complete"),
                count(dict, "incomplete"),
                peers(dict, limits.trackerPeers()),
                text(dict, "warning message"),
                dict.bytes("tracker id").map(id -> new String(id, StandardCharsets.ISO_8859_1)),
                dict.bytes("external ip").filter(HttpAnswer::isAddress).map(CompactPeers::address));
    }

    private static Outcome counted(BencodeDict dict, byte[] infoHash) {
        Optional<BencodeDict> files = dict.dict("files");
        if (files.isEmpty()) {
            return new Outcome.Failure("no answer to a scrape: no files");
        }
        for (BencodeDict.Entry entry : files.get()) {
            if (Arrays.equals(entry.key().toBytes(), infoHash) && entry.value() instanceof BencodeDict counts) {
                return new Outcome.Counts(
                        count(counts, "complete"), count(counts, "downloaded"), count(counts, "incomplete"));
            }
        }
        return new Outcome.Failure("it does not know this torrent");
    }

    private static List<InetSocketAddress> peers(BencodeDict dict, int most) {
        Set<InetSocketAddress> peers = new LinkedHashSet<>();
        dict.get("peers").ifPresent(value -> read(value, CompactPeers.IPV4, most, peers));
        dict.get("peers6").ifPresent(value -> read(value, CompactPeers.IPV6, most, peers));
        return List.copyOf(peers);
    }

    private static void read(BencodeValue value, int addressLength, int most, Set<InetSocketAddress> peers) {
        if (value instanceof BencodeBytes packed) {
            CompactPeers.read(ByteBuffer.wrap(packed.toBytes()), addressLength, most, peers);
        } else if (value instanceof BencodeList list) {
            list.stream()
                    .filter(BencodeDict.class::isInstance)
                    .flatMap(item -> peer((BencodeDict) item).stream())
                    .takeWhile(peer -> peers.size() < most)
                    .forEach(peers::add);
        }
    }

    private static Optional<InetSocketAddress> peer(BencodeDict peer) {
        OptionalLong port = peer.integer("port");
        if (port.isEmpty() || port.getAsLong() < 1 || port.getAsLong() > 65_535) {
            return Optional.empty();
        }
        return peer.text("ip")
                .flatMap(HttpAnswer::literal)
                .map(address -> new InetSocketAddress(address, (int) port.getAsLong()));
    }

    // BEP 3 allows names here, too. Looking up what a stranger chose is not worth it, and would block.
    private static Optional<InetAddress> literal(String text) {
        if (text.length() > LONGEST_ADDRESS) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    }

    private static Optional<InetAddress> ipv4(String text) {
        if (!text.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            return Optional.empty();
        }
        byte[] address = new byte[CompactPeers.IPV4];
        String[] numbers = text.split("\\.", -1);
        for (int i = 0; i < address.length; i++) {
            int number = Integer.parseInt(numbers[i]);
            if (number > 255) {
                return Optional.empty();
            }
            address[i] = (byte) number;
        }
        return Optional.of(CompactPeers.address(address));
    }

    private static Optional<InetAddress> ipv6(String text) {
        if (!text.matches("[0-9A-Fa-f:][0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            // With a colon inside and such a beginning, this never asks DNS.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(byte[] bytes) {
        return bytes.length == CompactPeers.IPV4 || bytes.length == CompactPeers.IPV6;
    }

    private static Optional<Duration> seconds(BencodeDict dict, String key) {
        OptionalLong value = dict.integer(key);
        return value.isPresent() ? Optional.of(Duration.ofSeconds(value.getAsLong())) : Optional.empty();
    }

    private static OptionalInt count(BencodeDict dict, String key) {
        OptionalLong value = dict.integer(key);
        return value.isPresent() && value.getAsLong() >= 0
                ? OptionalInt.of((int) Math.min(value.getAsLong(), Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    private static Optional<String> text(BencodeDict dict, String key) {
        return dict.text(key).map(raw -> Text.clean(raw.strip(), LONGEST_TEXT));
    }
}
