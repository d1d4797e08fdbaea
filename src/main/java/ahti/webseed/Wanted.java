package ahti.webseed;

import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Blocks that the picker wants and nobody has asked for yet: first come, first served, with all that follows on it. */
final class Wanted {
    private final PieceLayout layout;
    private final Set<BlockRef> inOrder = new LinkedHashSet<>();
    private final NavigableMap<Long, BlockRef> byOffset = new TreeMap<>();

    Wanted(PieceLayout layout) {
        this.layout = layout;
    }

    void add(List<BlockRef> blocks) {
        for (BlockRef block : blocks) {
            inOrder.add(block);
            byOffset.put(offset(block), block);
        }
    }

    void remove(List<BlockRef> blocks) {
        for (BlockRef block : blocks) {
            inOrder.remove(block);
            byOffset.remove(offset(block));
        }
    }

    int size() {
        return inOrder.size();
    }

    /** Takes the next run, of not more than {@code most} bytes, but one block at least. */
    Optional<Run> next(int most) {
        if (inOrder.isEmpty()) {
            return Optional.empty();
        }
        long offset = offset(inOrder.iterator().next());
        List<BlockRef> run = new ArrayList<>();
        int length = 0;
        for (BlockRef block = byOffset.get(offset);
                block != null && (run.isEmpty() || length + block.length() <= most);
                block = byOffset.get(offset + length)) {
            run.add(block);
            length += block.length();
        }
        remove(run);
        return Optional.of(new Run(offset, List.copyOf(run)));
    }

    /** Takes everything. */
    List<BlockRef> takeAll() {
        List<BlockRef> all = List.copyOf(inOrder);
        inOrder.clear();
        byOffset.clear();
        return all;
    }

    private long offset(BlockRef block) {
        return layout.offset(block.piece()) + block.offset();
    }
}
