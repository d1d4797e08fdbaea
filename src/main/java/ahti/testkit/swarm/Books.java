package ahti.testkit.swarm;

import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one member got, from whom, and what is still on its way to it. */
final class Books {
    private final Member member;
    private final PieceLayout layout;
    private final Set<Half> halves = new LinkedHashSet<>();
    /** Blocks that came, by piece; they are in memory, or stored. */
    private final Map<Integer, BitSet> received = new TreeMap<>();
    /** When a block that somebody owed was owed by nobody again. */
    private final Map<Long, Long> freed = new TreeMap<>();

    /** How many owe a block. */
    private final Map<Long, Integer> owners = new HashMap<>();

    /** Pieces that were asked for and may not be stored yet. */
    private final Set<Integer> open = new TreeSet<>();

    private final Map<String, Long> from = new TreeMap<>();
    private long lastFreed = -1;
    private long payload;
    private long duplicates;

    Books(Member member, PieceLayout layout) {
        this.member = member;
        this.layout = layout;
    }

    void add(Half half) {
        halves.add(half);
    }

    void remove(Half half) {
        halves.remove(half);
    }

    Collection<Half> halves() {
        return halves;
    }

    /** A block has come; false when it had come before. */
    boolean received(Half half, BlockRef block) {
        settled(half, block);
        payload += block.length();
        from.merge(half.other.name(), (long) block.length(), Long::sum);
        BitSet blocks = received.computeIfAbsent(block.piece(), piece -> new BitSet());
        int index = layout.blockIndex(block.offset());
        boolean isNew = !blocks.get(index) && !member.storage().has(block.piece());
        if (!isNew) {
            duplicates += block.length();
        }
        blocks.set(index);
        return isNew;
    }

    void asked(Half half, BlockRef block, long now) {
        half.owed.put(block, now);
        owners.merge(key(block), 1, Integer::sum);
        open.add(block.piece());
    }

    /** The other no longer owes it, for whatever reason; false when it did not. */
    boolean settled(Half half, BlockRef block) {
        if (half.owed.remove(block) == null) {
            return false;
        }
        owners.computeIfPresent(key(block), (key, count) -> count == 1 ? null : count - 1);
        return true;
    }

    /** The other no longer owes anything. */
    void freedAll(Half half, long now) {
        for (BlockRef block : List.copyOf(half.owed.keySet())) {
            freed(half, block, now);
        }
    }

    /** The other no longer owes it, and did not send it. */
    void freed(Half half, BlockRef block, long now) {
        if (settled(half, block)) {
            lastFreed = now;
            freed.put(key(block), now);
        }
    }

    /** A peer chokes it: what that is asked for in this moment comes free without having left. */
    void chokes(long now) {
        lastFreed = now;
    }

    /** When something that was asked for came free again last: what is decided in that moment may be overtaken by it. */
    long lastFreed() {
        return lastFreed;
    }

    boolean isOwed(BlockRef block) {
        return owners.containsKey(key(block));
    }

    private static long key(BlockRef block) {
        return (long) block.piece() << Integer.SIZE | block.offset();
    }

    boolean has(BlockRef block) {
        BitSet blocks = received.get(block.piece());
        return blocks != null && blocks.get(layout.blockIndex(block.offset()));
    }

    /** Whether a block is missing, and nobody has owed it since before that moment. */
    boolean isFreeSince(BlockRef block, long moment) {
        return !has(block) && !isOwed(block) && freed.getOrDefault(key(block), 0L) < moment;
    }

    /** The life is over: what was in memory is gone. */
    void forget() {
        received.clear();
        owners.clear();
        open.clear();
        freed.clear();
        halves.clear();
    }

    /** Bytes of the pieces that are being filled, verified or written. */
    long open() {
        long bytes = 0;
        for (Iterator<Integer> pieces = open.iterator(); pieces.hasNext(); ) {
            int piece = pieces.next();
            if (member.storage().has(piece)) {
                pieces.remove();
                received.remove(piece);
            } else {
                bytes += layout.length(piece);
            }
        }
        return bytes;
    }

    long payload() {
        return payload;
    }

    long duplicates() {
        return duplicates;
    }

    Map<String, Long> from() {
        return new TreeMap<>(from);
    }
}
