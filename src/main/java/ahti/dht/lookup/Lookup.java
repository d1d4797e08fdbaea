package ahti.dht.lookup;

import ahti.dht.krpc.Contact;
import ahti.dht.krpc.NodeId;
import ahti.net.place.Origin;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/**
 * The way to the nodes nearest to a place: asks the nearest it has heard of for nearer ones, until the eight nearest have
 * all answered (BEP 5).
 *
 * <p>What always holds: of each {@link Origin} there is one candidate, so a host that poses as a hundred nodes is one of
 * them; a candidate counts for the end and for {@link #holders} only when it is trusted, that is, when its id fits its
 * address (BEP 42); and no more than {@link LookupBounds#mostAsked} are asked.
 */
public final class Lookup {
    /** Candidates kept, the nearest ones. */
    private static final int MOST_CANDIDATES = 300;

    private final NodeId target;
    private final LookupBounds bounds;
    private final Predicate<Contact> isTrusted;
    private final TreeSet<Candidate> byDistance;
    private final Map<InetSocketAddress, Candidate> byAddress = new LinkedHashMap<>();
    private final Map<Origin, Candidate> byOrigin = new LinkedHashMap<>();
    /** Addresses to begin at whose ids are not known; true while the question is open. */
    private final Map<InetSocketAddress, Boolean> doors = new LinkedHashMap<>();

    private int asked;
    private int answered;

    /** A node that a peer can be announced to: it answered, and gave out a token. */
    public record Holder(Contact contact, ByteString token) {}

    /** A lookup that knows nobody yet. */
    public Lookup(NodeId target, LookupBounds bounds, Predicate<Contact> isTrusted) {
        this.target = target;
        this.bounds = bounds;
        this.isTrusted = isTrusted;
        Comparator<Candidate> nearness = (one, other) -> target.compareDistance(one.id, other.id);
        this.byDistance = new TreeSet<>(nearness.thenComparing(candidate -> candidate.address.toString()));
    }

    /** The place. */
    public NodeId target() {
        return target;
    }

    /** Nodes that may be asked. */
    public void heardOf(Collection<Contact> contacts) {
        contacts.forEach(this::heardOf);
        while (byDistance.size() > MOST_CANDIDATES && byDistance.last().state == Candidate.State.HEARD) {
            forget(byDistance.last());
        }
    }

    /** Addresses where a node should be, whatever its id; they are asked while too few others are known. */
    public void heardOfDoors(Collection<InetSocketAddress> addresses) {
        addresses.forEach(address -> doors.putIfAbsent(address, false));
    }

    private void heardOf(Contact contact) {
        Candidate fresh = new Candidate(contact.id(), contact.address(), isTrusted.test(contact));
        Candidate known = byOrigin.get(Origin.of(contact.address()));
        if (known != null) {
            // Whoever lies about an honest host's id must not keep the host out.
            boolean better = known.state == Candidate.State.HEARD && fresh.trusted && !known.trusted;
            if (!better) {
                return;
            }
            forget(known);
        }
        remember(fresh);
    }

    private void remember(Candidate candidate) {
        byDistance.add(candidate);
        byAddress.put(candidate.address, candidate);
        byOrigin.put(Origin.of(candidate.address), candidate);
    }

    private void forget(Candidate candidate) {
        byDistance.remove(candidate);
        byAddress.remove(candidate.address);
        byOrigin.remove(Origin.of(candidate.address));
    }

    /** Whom to ask now. Each is asked until it answered or failed. */
    public List<InetSocketAddress> next() {
        List<InetSocketAddress> next = new ArrayList<>();
        int open = (int) (byDistance.stream()
                        .filter(c -> c.state == Candidate.State.ASKED)
                        .count()
                + doors.values().stream().filter(isOpen -> isOpen).count());
        for (Candidate candidate : leading()) {
            if (open + next.size() >= bounds.parallel() || asked >= bounds.mostAsked()) {
                return next;
            }
            if (candidate.state == Candidate.State.HEARD) {
                candidate.state = Candidate.State.ASKED;
                asked++;
                next.add(candidate.address);
            }
        }
        if (isPoor()) {
            knock(open, next);
        }
        return next;
    }

    private void knock(int open, List<InetSocketAddress> next) {
        for (Map.Entry<InetSocketAddress, Boolean> door : doors.entrySet()) {
            if (open + next.size() >= bounds.parallel() || asked >= bounds.mostAsked()) {
                return;
            }
            if (!door.getValue() && !byAddress.containsKey(door.getKey())) {
                door.setValue(true);
                asked++;
                next.add(door.getKey());
            }
        }
        doors.entrySet().removeIf(door -> !door.getValue() && byAddress.containsKey(door.getKey()));
    }

    /** Whether the known nodes cannot be enough. */
    private boolean isPoor() {
        long left = byDistance.stream()
                .filter(c -> c.state != Candidate.State.FAILED)
                .count();
        return left < bounds.nearest();
    }

    /**
     * The nearest that have not failed and are not slow, up to the eighth trusted one: those that are not trusted may show the
     * way, as long as they are among them. A slow one that answers after all is among them again.
     */
    private List<Candidate> leading() {
        List<Candidate> leading = new ArrayList<>();
        int counted = 0;
        int uncounted = 0;
        for (Candidate candidate : byDistance) {
            if (counted == bounds.nearest()) {
                break;
            }
            if (candidate.state == Candidate.State.FAILED || candidate.state == Candidate.State.SLOW) {
                continue;
            }
            if (candidate.trusted) {
                counted++;
                leading.add(candidate);
            } else if (uncounted < bounds.nearest()) {
                uncounted++;
                leading.add(candidate);
            }
        }
        return leading;
    }

    /**
     * A node that was asked has answered, and calls itself {@code sender}; whatever others said its id was, this is it.
     *
     * @param token what to announce with, if it gave one
     */
    public void answered(InetSocketAddress from, NodeId sender, Collection<Contact> nodes, Optional<ByteString> token) {
        Candidate candidate = byAddress.get(from);
        boolean wasDoor = doors.remove(from) != null;
        if (!wasDoor && (candidate == null || !candidate.isOpen())) {
            return;
        }
        Contact contact = new Contact(sender, from);
        if (candidate == null || !candidate.id.equals(sender)) {
            if (candidate != null) {
                forget(candidate);
            }
            Candidate squatter = byOrigin.get(Origin.of(from));
            if (squatter != null && squatter.state != Candidate.State.HEARD) {
                heardOf(nodes);
                return;
            }
            if (squatter != null) {
                forget(squatter);
            }
            candidate = new Candidate(sender, from, isTrusted.test(contact));
            remember(candidate);
        }
        candidate.state = Candidate.State.ANSWERED;
        candidate.token = token;
        answered++;
        heardOf(nodes);
    }

    /** A node that was asked takes its time. */
    public void slow(InetSocketAddress address) {
        Candidate candidate = byAddress.get(address);
        if (candidate != null && candidate.state == Candidate.State.ASKED) {
            candidate.state = Candidate.State.SLOW;
        }
    }

    /** A node that was asked did not answer in time, or answered that it cannot. */
    public void failed(InetSocketAddress address) {
        doors.remove(address);
        Candidate candidate = byAddress.get(address);
        if (candidate != null && candidate.isOpen()) {
            candidate.state = Candidate.State.FAILED;
        }
    }

    /** Whether there is nobody left to ask or to wait for. Slow ones are waited for only while there are too few others. */
    public boolean isDone() {
        boolean canAsk = asked < bounds.mostAsked();
        int answers = 0;
        for (Candidate candidate : leading()) {
            if (candidate.isOpen() || (canAsk && candidate.state == Candidate.State.HEARD)) {
                return false;
            }
            answers += candidate.trusted && candidate.state == Candidate.State.ANSWERED ? 1 : 0;
        }
        if (answers < bounds.nearest() && byDistance.stream().anyMatch(c -> c.state == Candidate.State.SLOW)) {
            return false;
        }
        return !isPoor() || doors.values().stream().noneMatch(isOpen -> isOpen || canAsk);
    }

    /** The nearest nodes that answered and are trusted, nearest first, eight at most; those with a token. */
    public List<Holder> holders() {
        return byDistance.stream()
                .filter(c -> c.trusted && c.state == Candidate.State.ANSWERED)
                .limit(bounds.nearest())
                .filter(c -> c.token.isPresent())
                .map(c -> new Holder(new Contact(c.id, c.address), c.token.orElseThrow()))
                .toList();
    }

    /** Nodes that answered. */
    public int answeredCount() {
        return answered;
    }

    /** Nodes asked. */
    public int askedCount() {
        return asked;
    }
}
