package ahti.testkit.record.mask;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeInteger;
import ahti.bencode.BencodeList;
import ahti.bencode.BencodeReader;
import ahti.bencode.BencodeValue;
import ahti.bencode.Bencoded;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * What a tracker answered, with nobody in it: addresses exchanged, texts crossed out, nothing left of what the engine does not read.
 * Numbers stay, and the tracker's id for a session, which is to be sent back to it.
 */
final class TrackerAnswer {
    private static final int DEPTH = 10;
    private static final int VALUES = 1_000_000;
    private static final List<String> KEPT =
            List.of("interval", "min interval", "complete", "incomplete", "tracker id");
    private static final int HEAD = 8;
    private static final int ANNOUNCE_HEAD = 20;
    private static final int ANNOUNCED = 1;
    private static final int REFUSED = 3;
    private static final byte[] MASKED = "(masked)".getBytes(StandardCharsets.US_ASCII);

    private final Addresses addresses;

    TrackerAnswer(Addresses addresses) {
        this.addresses = addresses;
    }

    /** A body over HTTP (BEP 3, 7, 23); one that is no answer stays none. */
    ByteString http(ByteString body) {
        BencodeDict dict;
        try {
            dict = BencodeReader.readDict(body.toArray(), DEPTH, VALUES);
        } catch (BencodeException e) {
            return ByteString.fromArrayUnsafe(MASKED);
        }
        DictBuilder masked = new DictBuilder();
        KEPT.forEach(key -> dict.get(key).ifPresent(value -> masked.put(key, value)));
        for (String key : List.of("failure reason", "warning message")) {
            dict.bytes(key).ifPresent(text -> masked.put(key, MASKED));
        }
        dict.get("peers").ifPresent(value -> masked.put("peers", peers(value, 4)));
        dict.get("peers6").ifPresent(value -> masked.put("peers6", peers(value, 16)));
        dict.bytes("external ip")
                .filter(ip -> ip.length == 4 || ip.length == 16)
                .ifPresent(ip -> masked.put(
                        "external ip", addresses.mask(Addresses.address(ip)).getAddress()));
        return ByteString.fromArrayUnsafe(masked.encode());
    }

    private Bencoded peers(BencodeValue value, int addressLength) {
        if (value instanceof BencodeBytes packed) {
            byte[] bytes = packed.toBytes();
            addresses.maskPacked(bytes, 0, addressLength);
            return string(bytes);
        }
        ListBuilder list = new ListBuilder();
        if (value instanceof BencodeList peers) {
            peers.stream().forEach(peer -> list.add(peer(peer)));
        }
        return list;
    }

    /** Bencode has no builder for a string alone; one is read from what was written. */
    private static BencodeValue string(byte[] bytes) {
        byte[] head = (bytes.length + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        try {
            return BencodeReader.read(whole, 1, 1);
        } catch (BencodeException e) {
            throw new IllegalStateException(e);
        }
    }

    private Bencoded peer(BencodeValue value) {
        DictBuilder masked = new DictBuilder();
        if (value instanceof BencodeDict peer) {
            peer.get("port").filter(BencodeInteger.class::isInstance).ifPresent(port -> masked.put("port", port));
            peer.text("ip")
                    .ifPresent(ip -> masked.put(
                            "ip",
                            literal(ip)
                                    .map(address -> addresses.mask(address).getHostAddress())
                                    .orElse("masked.invalid")));
        }
        return masked;
    }

    /** Never looks a name up. */
    private static Optional<InetAddress> literal(String text) {
        boolean v4 = text.matches("(\\d{1,3}\\.){3}\\d{1,3}")
                && Arrays.stream(text.split("\\.", -1)).allMatch(number -> Integer.parseInt(number) < 256);
        boolean v6 = text.length() < 46 && text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:][0-9A-Fa-f:.]*");
        try {
            return v4 || v6 ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A datagram of a tracker (BEP 15); {@code addressLength} is that of its sender, and so of the peers in it. */
    ByteString udp(ByteString datagram, int addressLength) {
        if (datagram.length() < HEAD) {
            return datagram;
        }
        byte[] bytes = datagram.toArray();
        int action = ByteBuffer.wrap(bytes).getInt();
        if (action == ANNOUNCED) {
            addresses.maskPacked(bytes, ANNOUNCE_HEAD, addressLength);
        } else if (action == REFUSED) {
            return ByteString.fromArray(Arrays.copyOf(bytes, HEAD)).concat(ByteString.fromArray(MASKED));
        }
        return ByteString.fromArrayUnsafe(bytes);
    }
}
