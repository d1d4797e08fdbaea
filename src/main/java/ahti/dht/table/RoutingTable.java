package ahti.dht.table;

import ahti.dht.krpc.Contact;
import ahti.dht.krpc.NodeId;
import ahti.net.place.Origin;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The nodes we know, more of them near to our own id than far from it (BEP 5).
 *
 * <p>What always holds: every node here has answered us, from its address and with its id; there is one per {@link Origin};
 * where ids are enforced, each has one that fits its address (BEP 42). So nobody gets in by talk alone, neither his own nor
 * that of others.
 *
 * <p>The bucket number n holds the nodes that share n leading bits with our id, the last one all that share as many or more;
 * only that one is split. So there are at most 160 buckets of eight.
 */
public final class RoutingTable {
    private final NodeId self;
    private final boolean enforceIds;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Map<Origin, Entry> byOrigin = new LinkedHashMap<>();

    /** An empty table. {@code enforceIds}: nodes whose id does not fit their address stay out. */
    public RoutingTable(NodeId self, boolean enforceIds, long now) {
        this.self = self;
        this.enforceIds = enforceIds;
        buckets.add(new Bucket(now));
    }

    /** The same nodes as seen from another id. */
    public RoutingTable movedTo(NodeId id, long now) {
        RoutingTable moved = new RoutingTable(id, enforceIds, now);
        byOrigin.values().forEach(entry -> moved.insert(entry, now));
        return moved;
    }

    /** Our own id. */
    public NodeId self() {
        return self;
    }

    /** Whether a node may be here, could be trusted with what is stored, and counts in a lookup. */
    public boolean isTrusted(Contact contact) {
        return !contact.id().equals(self)
                && (!enforceIds || SecureId.fits(contact.id(), contact.address().getAddress()));
    }

    /** The node answered us, from this address, with this id. It is here afterwards if there is room for it. */
    public void answered(Contact contact, long now) {
        Entry known = byOrigin.get(Origin.of(contact.address()));
        if (known != null && known.contact.equals(contact)) {
            known.answered(now);
            bucketOf(contact.id()).touch(now);
            return;
        }
        if (known != null && known.contact.address().equals(contact.address())) {
            remove(known); // the node there has a new id
        } else if (known != null && !known.isBad()) {
            return;
        } else if (known != null) {
            remove(known);
        }
        if (!isTrusted(contact) || holdsElsewhere(contact)) {
            return;
        }
        if (!insert(new Entry(contact, now), now)) {
            bucketOf(contact.id()).await(contact);
        }
    }

    /** An id has one address: whoever has it keeps it while it answers. */
    private boolean holdsElsewhere(Contact contact) {
        Optional<Entry> holder = bucketOf(contact.id()).entries.stream()
                .filter(entry -> entry.contact.id().equals(contact.id()))
                .findFirst();
        if (holder.isPresent() && holder.get().isBad()) {
            remove(holder.get());
            return false;
        }
        return holder.isPresent();
    }

    private boolean insert(Entry entry, long now) {
        Bucket bucket = bucketOf(entry.contact.id());
        while (bucket.isFull() && isLast(bucket) && buckets.size() < NodeId.BITS) {
            split(now);
            bucket = bucketOf(entry.contact.id());
        }
        List<Entry> before = List.copyOf(bucket.entries);
        if (!bucket.add(entry)) {
            return false;
        }
        for (Entry old : before) {
            if (!bucket.entries.contains(old)) {
                byOrigin.remove(Origin.of(old.contact.address()));
            }
        }
        byOrigin.put(Origin.of(entry.contact.address()), entry);
        bucket.touch(now);
        return true;
    }

    private boolean isLast(Bucket bucket) {
        return bucket == buckets.get(buckets.size() - 1);
    }

    private void split(long now) {
        int depth = buckets.size();
        Bucket last = buckets.get(depth - 1);
        Bucket deeper = new Bucket(now);
        last.split(deeper, contact -> self.sharedPrefix(contact.id()) >= depth);
        buckets.add(deeper);
    }

    private Bucket bucketOf(NodeId id) {
        return buckets.get(Math.min(self.sharedPrefix(id), buckets.size() - 1));
    }

    private void remove(Entry entry) {
        bucketOf(entry.contact.id()).entries.remove(entry);
        byOrigin.remove(Origin.of(entry.contact.address()));
    }

    /**
     * A node asked us something. If it is here it is good again.
     *
     * @return whether it is worth asking whether it is really there: it is not here and there would be room for it
     */
    public boolean queried(Contact contact, long now) {
        Entry known = byOrigin.get(Origin.of(contact.address()));
        if (known != null) {
            if (known.contact.equals(contact)) {
                known.queried(now);
            }
            return false;
        }
        Bucket bucket = bucketOf(contact.id());
        boolean hasRoom = !bucket.isFull()
                || (isLast(bucket) && buckets.size() < NodeId.BITS)
                || bucket.entries.stream().anyMatch(Entry::isBad);
        return hasRoom && isTrusted(contact);
    }

    /** A query to that address was not answered in time. A bad node gives its place to the latest that waits for one. */
    public void failed(InetSocketAddress address) {
        Entry known = byOrigin.get(Origin.of(address));
        if (known == null || !known.contact.address().equals(address)) {
            return;
        }
        known.failed();
        if (known.isBad() && bucketOf(known.contact.id()).awaited()) {
            remove(known);
        }
    }

    /** Up to {@code most} nodes nearest to a place, nearest first; those that did not answer lately are left out. */
    public List<Contact> nearest(NodeId target, int most) {
        List<Contact> all = new ArrayList<>(byOrigin.size());
        for (Bucket bucket : buckets) {
            for (Entry entry : bucket.entries) {
                if (!entry.isBad()) {
                    all.add(entry.contact);
                }
            }
        }
        Comparator<Contact> nearness = (one, other) -> target.compareDistance(one.id(), other.id());
        all.sort(nearness);
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /**
     * The next node that should be asked whether it is still there: one that waits for a place that has become free, else the
     * one heard of longest ago among those that are neither good nor bad.
     */
    public Optional<Contact> toAsk(long now) {
        for (Bucket bucket : buckets) {
            if (bucket.awaited() && (!bucket.isFull() || bucket.entries.stream().anyMatch(Entry::isBad))) {
                return bucket.next();
            }
        }
        return buckets.stream()
                .flatMap(bucket -> bucket.questionable(now).stream())
                .min(Comparator.comparingLong(Entry::heard))
                .map(entry -> entry.contact);
    }

    /**
     * A place to look for, in a bucket that is new or that nothing has touched for 15 minutes; it counts as explored then.
     */
    public Optional<NodeId> toRefresh(long now, RandomGenerator random) {
        for (int depth = 0; depth < buckets.size(); depth++) {
            Bucket bucket = buckets.get(depth);
            if (bucket.isStale(now)) {
                bucket.explore(now);
                return Optional.of(isLast(bucket) ? self : self.beside(depth, random));
            }
        }
        return Optional.empty();
    }

    /** Nodes here, bad ones left out. */
    public int size() {
        return (int) byOrigin.values().stream().filter(entry -> !entry.isBad()).count();
    }

    /** Nodes here, heard of lately first, bad ones included: to begin anew with, in this run or another. */
    public List<Contact> latest(int most) {
        return byOrigin.values().stream()
                .sorted(Comparator.comparingLong(Entry::heard).reversed())
                .limit(most)
                .map(entry -> entry.contact)
                .toList();
    }
}
