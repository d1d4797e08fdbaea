package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.core.PeerId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Who sent what of pieces that did not match their hash, and who of them lied. It knows those who have left, too: else whoever
 * lies and hangs up at once would never be found out. Touched by the torrent's actor only.
 */
final class Blame {
    /** Connections that are remembered after their end, and liars known by their ids; the oldest are forgotten first. */
    private static final int REMEMBERED = 1_000;

    private final Map<ConnectionId, Member> members;
    private final WebSeeds webSeeds;
    private final Suspects<Sender> suspects = new Suspects<>();
    private final Map<ConnectionId, InetSocketAddress> departed = new LinkedHashMap<>();
    private final Set<Guise> liars = new LinkedHashSet<>();

    /** A peer id at an address: on this machine, where an address is banned with its port only, it tells who comes back. */
    private record Guise(InetAddress address, PeerId id) {}

    /** Over the connected peers, which others change. */
    Blame(Map<ConnectionId, Member> members, WebSeeds webSeeds) {
        this.members = members;
        this.webSeeds = webSeeds;
    }

    /** A connection is over. */
    void left(Member member) {
        if (member.sample.downloaded() > 0) {
            departed.put(member.id, member.address);
            forgetTheOldest(departed.keySet());
        }
    }

    private static void forgetTheOldest(Set<?> remembered) {
        if (remembered.size() > REMEMBERED) {
            remembered.remove(remembered.iterator().next());
        }
    }

    /** A piece did not match: who lied for certain. The others are remembered. */
    Set<Sender> corrupt(int piece, List<ByteString> blocks, List<ConnectionId> senders) {
        List<@Nullable Sender> known = new ArrayList<>(senders.size());
        senders.forEach(id -> known.add(sender(id).orElse(null)));
        return suspects.corrupt(piece, blocks, known);
    }

    /** A piece matched: who lied about it before. */
    Set<Sender> verified(int piece, List<ByteString> blocks) {
        return suspects.verified(piece, blocks);
    }

    private Optional<Sender> sender(ConnectionId id) {
        Member member = members.get(id);
        InetSocketAddress address = member == null ? departed.get(id) : member.address;
        return address == null ? webSeeds.sender(id) : Optional.of(new Sender.Peer(address));
    }

    /** The connections, also those that are over, with such an address. */
    List<ConnectionId> connections(Predicate<InetSocketAddress> which) {
        List<ConnectionId> found = new ArrayList<>();
        members.forEach((id, member) -> {
            if (which.test(member.address)) {
                found.add(id);
            }
        });
        departed.forEach((id, address) -> {
            if (which.test(address)) {
                found.add(id);
            }
        });
        return found;
    }

    /** A connected peer lied. */
    void banned(Member liar) {
        liars.add(guise(liar));
        forgetTheOldest(liars);
    }

    /** Whether a newcomer seems to be one that lied, back from another port. */
    boolean isKnownLiar(Member newcomer) {
        return liars.contains(guise(newcomer));
    }

    private static Guise guise(Member member) {
        return new Guise(member.address.getAddress(), member.peerId);
    }
}
