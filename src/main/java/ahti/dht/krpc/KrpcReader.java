package ahti.dht.krpc;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeInteger;
import ahti.bencode.BencodeReader;
import ahti.bencode.BencodeValue;
import ahti.core.Text;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.KrpcMessage.Failure;
import ahti.dht.krpc.KrpcMessage.Malformed;
import ahti.dht.krpc.KrpcMessage.Query;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/**
 * Reads what strangers send to a DHT node. Whatever comes is a {@link KrpcMessage}; nothing throws.
 *
 * <p>Unknown keys are ignored. A key of the wrong type counts as missing where the message makes sense without it.
 */
public final class KrpcReader {
    /** Larger datagrams are no messages of the DHT: senders keep below 1024 bytes (BEP 32). */
    static final int MOST_BYTES = 4096;

    /** Lists and dictionaries inside each other; messages of BEP 5 need three. */
    private static final int DEPTH = 8;

    /** Values in one message: more would not fit, were they peers. */
    private static final int ITEMS = 600;

    /** Ours have 4 bytes, theirs 1 to 8 or so; an answer repeats what came. */
    private static final int LONGEST_TRANSACTION = 32;

    /** Ours have 8 bytes, libtorrent's 4, others' 20: it is sent back as it came. */
    private static final int LONGEST_TOKEN = 64;

    private static final int LONGEST_TEXT = 100;

    /** Nodes taken from one answer: it should have 8, and some send 16. */
    private static final int MOST_NODES = 16;

    /** Peers taken from one answer. */
    private static final int MOST_PEERS = 200;

    private KrpcReader() {}

    /** Reads a datagram. */
    public static KrpcMessage read(ByteString datagram) {
        if (datagram.size() > MOST_BYTES) {
            return malformed("a datagram of " + datagram.size() + " bytes");
        }
        BencodeDict message;
        try {
            message = BencodeReader.readDict(datagram.toArray(), DEPTH, ITEMS);
        } catch (BencodeException e) {
            return malformed(e.describe());
        }
        Optional<ByteString> transaction = string(message, "t").filter(t -> t.size() <= LONGEST_TRANSACTION);
        String kind = message.text("y").orElse("");
        if (transaction.isEmpty()) {
            return malformed("no transaction that could be repeated");
        }
        return switch (kind) {
            case "q" -> query(message, transaction.get());
            case "r" -> answer(message, transaction.get());
            case "e" -> failure(message, transaction.get());
            default -> malformed("neither a query nor an answer nor an error");
        };
    }

    private static KrpcMessage query(BencodeDict message, ByteString transaction) {
        Optional<BencodeDict> arguments = message.dict("a");
        Optional<NodeId> sender = arguments.flatMap(a -> id(a, "id"));
        Optional<String> method = message.text("q");
        if (arguments.isEmpty() || sender.isEmpty() || method.isEmpty()) {
            return badQuery(transaction, "a query without an id or a method");
        }
        Optional<Question> question = question(method.get(), arguments.get());
        if (question.isEmpty()) {
            return badQuery(transaction, "a query that lacks an argument");
        }
        boolean readOnly = message.integer("ro").orElse(0) == 1;
        return new Query(transaction, sender.get(), readOnly, want(arguments.get()), question.get());
    }

    private static Optional<Question> question(String method, BencodeDict arguments) {
        return switch (method) {
            case "ping" -> Optional.of(Question.Ping.INSTANCE);
            case "find_node" -> id(arguments, "target").map(Question.FindNode::new);
            case "get_peers" -> id(arguments, "info_hash").map(Question.GetPeers::new);
            case "announce_peer" -> announce(arguments);
            default ->
                Optional.of(new Question.Unknown(
                        Text.clean(method, LONGEST_TEXT),
                        id(arguments, "target").or(() -> id(arguments, "info_hash"))));
        };
    }

    private static Optional<Question> announce(BencodeDict arguments) {
        Optional<NodeId> infoHash = id(arguments, "info_hash");
        Optional<ByteString> token = token(arguments);
        boolean implied = arguments.integer("implied_port").orElse(0) != 0;
        long port = arguments.integer("port").orElse(0);
        boolean isPort = port > 0 && port < 65_536;
        return infoHash.isPresent() && token.isPresent() && (implied || isPort)
                ? Optional.of(new Question.AnnouncePeer(infoHash.get(), isPort ? (int) port : 0, implied, token.get()))
                : Optional.empty();
    }

    private static KrpcMessage answer(BencodeDict message, ByteString transaction) {
        Optional<BencodeDict> results = message.dict("r");
        Optional<NodeId> sender = results.flatMap(r -> id(r, "id"));
        if (results.isEmpty() || sender.isEmpty()) {
            return malformed("an answer without an id");
        }
        return new Answer(
                transaction,
                sender.get(),
                nodes(results.get(), Family.IPV4),
                nodes(results.get(), Family.IPV6),
                peers(results.get()),
                token(results.get()),
                message.bytes("ip").flatMap(CompactNodes::peer));
    }

    private static KrpcMessage failure(BencodeDict message, ByteString transaction) {
        int code = KrpcMessage.GENERIC;
        String text = "";
        // [code, text], and in the wild whatever people thought that means.
        Iterator<BencodeValue> items =
                message.list("e").map(list -> list.iterator()).orElse(Collections.emptyIterator());
        while (items.hasNext()) {
            BencodeValue item = items.next();
            if (item instanceof BencodeInteger number) {
                code = (int) Math.max(0, Math.min(Integer.MAX_VALUE, number.value()));
            } else if (item instanceof BencodeBytes words) {
                text = Text.clean(words.text(), LONGEST_TEXT);
            }
        }
        return new Failure(transaction, code, text);
    }

    private static Set<Family> want(BencodeDict arguments) {
        Set<Family> want = EnumSet.noneOf(Family.class);
        List<String> words =
                arguments.list("want").map(list -> list.texts().toList()).orElse(List.of());
        for (Family family : Family.values()) {
            if (words.contains(family.wantWord())) {
                want.add(family);
            }
        }
        return want;
    }

    private static List<Contact> nodes(BencodeDict results, Family family) {
        return results.bytes(family.nodesKey())
                .map(packed -> CompactNodes.nodes(packed, family, MOST_NODES))
                .orElse(List.of());
    }

    private static List<InetSocketAddress> peers(BencodeDict results) {
        return results.list("values")
                .map(list -> list.stream()
                        .filter(BencodeBytes.class::isInstance)
                        .map(value -> CompactNodes.peer(((BencodeBytes) value).toBytes()))
                        .flatMap(Optional::stream)
                        .filter(peer -> peer.getPort() != 0)
                        .distinct()
                        .limit(MOST_PEERS)
                        .toList())
                .orElse(List.of());
    }

    private static Optional<ByteString> token(BencodeDict dict) {
        return string(dict, "token").filter(token -> token.size() <= LONGEST_TOKEN);
    }

    private static Optional<NodeId> id(BencodeDict dict, String key) {
        Predicate<BencodeBytes> fits = bytes -> bytes.size() == NodeId.LENGTH;
        return dict.string(key).filter(fits).map(bytes -> NodeId.of(bytes.toBytes()));
    }

    private static Optional<ByteString> string(BencodeDict dict, String key) {
        return dict.bytes(key).map(ByteString::fromArrayUnsafe);
    }

    private static KrpcMessage malformed(String reason) {
        return new Malformed(Optional.empty(), reason);
    }

    private static KrpcMessage badQuery(ByteString transaction, String reason) {
        return new Malformed(Optional.of(transaction), reason);
    }
}
