package ahti.dht.krpc;

import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.util.ByteString;

/** Writes what a DHT node says, as canonical bencode. */
public final class KrpcWriter {
    /** Client and version, in four bytes. */
    private static final byte[] VERSION = {'A', 'H', 0, 1};

    private KrpcWriter() {}

    /** One datagram. */
    public static ByteString write(KrpcMessage.Query query) {
        DictBuilder arguments = new DictBuilder().put("id", query.sender().toBytes());
        Question question = query.question();
        if (question instanceof Question.FindNode find) {
            arguments.put("target", find.target().toBytes());
        } else if (question instanceof Question.GetPeers get) {
            arguments.put("info_hash", get.infoHash().toBytes());
        } else if (question instanceof Question.AnnouncePeer announce) {
            arguments
                    .put("info_hash", announce.infoHash().toBytes())
                    .put("port", announce.port())
                    .put("implied_port", announce.impliedPort() ? 1 : 0)
                    .put("token", announce.token().toArray());
        } else if (question instanceof Question.Unknown unknown) {
            unknown.target().ifPresent(target -> arguments.put("target", target.toBytes()));
        }
        if (!query.want().isEmpty()) {
            arguments.put("want", want(query.want()));
        }
        DictBuilder message =
                message(query.transaction(), "q").put("q", question.method()).put("a", arguments);
        if (query.readOnly()) {
            message.put("ro", 1);
        }
        return ByteString.fromArrayUnsafe(message.encode());
    }

    /** One datagram. Lists that are empty are left out. */
    public static ByteString write(KrpcMessage.Answer answer) {
        DictBuilder results = new DictBuilder().put("id", answer.sender().toBytes());
        for (Family family : Family.values()) {
            if (!answer.nodes(family).isEmpty()) {
                results.put(family.nodesKey(), CompactNodes.nodes(answer.nodes(family), family));
            }
        }
        if (!answer.peers().isEmpty()) {
            ListBuilder values = new ListBuilder();
            for (InetSocketAddress peer : answer.peers()) {
                values.add(CompactNodes.peer(peer));
            }
            results.put("values", values);
        }
        answer.token().ifPresent(token -> results.put("token", token.toArray()));
        DictBuilder message = message(answer.transaction(), "r").put("r", results);
        answer.you().ifPresent(you -> message.put("ip", CompactNodes.peer(you)));
        return ByteString.fromArrayUnsafe(message.encode());
    }

    /** One datagram. */
    public static ByteString write(KrpcMessage.Failure failure) {
        return ByteString.fromArrayUnsafe(message(failure.transaction(), "e")
                .put("e", new ListBuilder().add(failure.code()).add(failure.text()))
                .encode());
    }

    private static ListBuilder want(Set<Family> families) {
        ListBuilder words = new ListBuilder();
        for (Family family : new TreeSet<>(families)) {
            words.add(family.wantWord());
        }
        return words;
    }

    private static DictBuilder message(ByteString transaction, String kind) {
        return new DictBuilder().put("t", transaction.toArray()).put("y", kind).put("v", VERSION);
    }
}
