package ahti.wire;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.core.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/**
 * What one end says of itself in the extension protocol (BEP 10). A later one only changes what it names. What is missing and
 * what makes no sense are the same: empty.
 *
 * @param numbers what messages of each extension must bear to reach the sender; 0: it takes no more of them
 * @param client what it calls itself, cleaned and cut
 * @param port where it listens
 * @param queue requests that it keeps waiting at most ({@code reqq})
 * @param youAre the receiver's address, as the sender sees it
 * @param metadataSize bytes of the info dictionary, if it has that
 * @param uploadOnly whether it wants nothing more (BEP 21)
 */
public record ExtensionHandshake(
        Map<ExtensionName, Integer> numbers,
        Optional<String> client,
        OptionalInt port,
        OptionalInt queue,
        Optional<InetAddress> youAre,
        OptionalLong metadataSize,
        Optional<Boolean> uploadOnly) {
    private static final int MOST_DEPTH = 8;
    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_NAME = 64;
    private static final int MOST_NUMBER = 255;
    private static final int MOST_PORT = 65_535;

    public ExtensionHandshake {
        Map<ExtensionName, Integer> copy = new EnumMap<>(ExtensionName.class);
        copy.putAll(numbers);
        numbers = Collections.unmodifiableMap(copy);
    }

    /** Reads the body of an extended message with number 0; empty when it is no dictionary at all. */
    public static Optional<ExtensionHandshake> read(ByteString body) {
        try {
            return Optional.of(read(BencodeReader.readDict(body.toArray(), MOST_DEPTH, MOST_ITEMS)));
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    private static ExtensionHandshake read(BencodeDict dict) {
        Map<ExtensionName, Integer> numbers = new EnumMap<>(ExtensionName.class);
        dict.dict("m").ifPresent(m -> {
            for (ExtensionName name : ExtensionName.values()) {
                OptionalInt number = within(m.integer(name.text()), 0, MOST_NUMBER);
                number.ifPresent(given -> numbers.put(name, given));
            }
        });
        OptionalLong size = dict.integer("metadata_size");
        return new ExtensionHandshake(
                numbers,
                dict.text("v").map(text -> Text.clean(text, MOST_NAME)).filter(text -> !text.isBlank()),
                within(dict.integer("p"), 1, MOST_PORT),
                within(dict.integer("reqq"), 1, Integer.MAX_VALUE),
                dict.string("yourip").flatMap(ExtensionHandshake::address),
                size.orElse(0) > 0 ? size : OptionalLong.empty(),
                dict.get("upload_only").isPresent()
                        ? Optional.of(dict.integer("upload_only").orElse(0) != 0)
                        : Optional.empty());
    }

    private static OptionalInt within(OptionalLong value, int least, int most) {
        return value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    private static Optional<InetAddress> address(BencodeBytes bytes) {
        try {
            return bytes.size() == 4 || bytes.size() == 16
                    ? Optional.of(InetAddress.getByAddress(bytes.toBytes()))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The message that says this. */
    public PeerMessage.Extended toMessage() {
        DictBuilder dict = new DictBuilder();
        DictBuilder m = new DictBuilder();
        numbers.forEach((name, number) -> m.put(name.text(), number));
        dict.put("m", m);
        client.ifPresent(text -> dict.put("v", text));
        port.ifPresent(number -> dict.put("p", number));
        queue.ifPresent(number -> dict.put("reqq", number));
        youAre.ifPresent(address -> dict.put("yourip", address.getAddress()));
        metadataSize.ifPresent(bytes -> dict.put("metadata_size", bytes));
        uploadOnly.ifPresent(only -> dict.put("upload_only", only ? 1 : 0));
        return new PeerMessage.Extended(0, ByteString.fromArrayUnsafe(dict.encode()));
    }
}
