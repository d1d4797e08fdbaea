package ahti.torrent;

import ahti.hash.PieceDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who lies when several peers sent a piece that did not match its hash.
 *
 * <p>Remembers what each of them sent, and compares: with the same block once the piece is right, and with what the same peer
 * sends for it the next time. Only who is caught is named, so an honest peer is never blamed for its company.
 *
 * @param <S> what tells one sender from another
 */
final class Suspects<S> {
    /** Blocks remembered at most; the oldest pieces are forgotten first. */
    private static final int MOST_BLOCKS = 20_000;

    private final PieceDigest digest = new PieceDigest();
    /** By piece, oldest first: by block, what came from whom. */
    private final Map<Integer, Map<Integer, Map<S, ByteString>>> corrupt = new LinkedHashMap<>();

    private int remembered;

    /**
     * A piece did not match.
     *
     * @param senders who sent each block; null where that is not known any more
     * @return who lied for certain
     */
    Set<S> corrupt(int piece, List<ByteString> blocks, List<@Nullable S> senders) {
        if (senders.size() != blocks.size()) {
            return Set.of();
        }
        Set<@Nullable S> all = new LinkedHashSet<>(senders);
        Set<S> liars = new LinkedHashSet<>();
        if (all.size() == 1) {
            all.forEach(sole -> {
                if (sole != null) {
                    liars.add(sole);
                }
            });
            return liars;
        }
        Map<Integer, Map<S, ByteString>> versions = corrupt.computeIfAbsent(piece, p -> new HashMap<>());
        for (int block = 0; block < blocks.size(); block++) {
            S sender = senders.get(block);
            if (sender != null && remembered < 2 * MOST_BLOCKS) {
                ByteString now = digestOf(blocks.get(block));
                ByteString before = versions.computeIfAbsent(block, b -> new LinkedHashMap<>())
                        .putIfAbsent(sender, now);
                if (before == null) {
                    remembered++;
                } else if (!before.equals(now)) {
                    liars.add(sender);
                }
            }
        }
        forgetTheOldest();
        return liars;
    }

    /** A piece matched: who once sent another block than these? */
    Set<S> verified(int piece, List<ByteString> blocks) {
        Map<Integer, Map<S, ByteString>> versions = corrupt.remove(piece);
        if (versions == null) {
            return Set.of();
        }
        remembered -= size(versions);
        Set<S> liars = new LinkedHashSet<>();
        for (int block = 0; block < blocks.size(); block++) {
            ByteString right = digestOf(blocks.get(block));
            versions.getOrDefault(block, Map.of()).forEach((sender, sent) -> {
                if (!sent.equals(right)) {
                    liars.add(sender);
                }
            });
        }
        return liars;
    }

    private ByteString digestOf(ByteString block) {
        return ByteString.fromArrayUnsafe(digest.of(List.of(block)));
    }

    private void forgetTheOldest() {
        List<Integer> oldestFirst = new ArrayList<>(corrupt.keySet());
        for (Iterator<Integer> pieces = oldestFirst.iterator(); remembered > MOST_BLOCKS && corrupt.size() > 1; ) {
            Map<Integer, Map<S, ByteString>> forgotten = corrupt.remove(pieces.next());
            remembered -= forgotten == null ? 0 : size(forgotten);
        }
    }

    private int size(Map<Integer, Map<S, ByteString>> versions) {
        return versions.values().stream().mapToInt(Map::size).sum();
    }
}
