package ahti.peer;

import ahti.core.BlockRef;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests that were taken back, or that a choke made void, and whose answer may still come: under the Fast extension a
 * cancelled request is answered, too, with the block or a reject (BEP 6); a plain peer's block may be on its way already.
 */
final class Unanswered {
    /** What a peer that does not answer costs; beyond it the oldest is forgotten. */
    static final int MOST = 4_096;

    private final Map<BlockRef, Integer> answers = new LinkedHashMap<>();

    /** An answer to this may come. */
    void add(BlockRef block) {
        answers.merge(block, 1, Integer::sum);
        if (answers.size() > MOST) {
            Iterator<BlockRef> oldest = answers.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether an answer to this may come. */
    boolean awaits(BlockRef block) {
        return answers.containsKey(block);
    }

    /** An answer came; false when none was to come. */
    boolean remove(BlockRef block) {
        Integer left = answers.remove(block);
        if (left != null && left > 1) {
            answers.put(block, left - 1);
        }
        return left != null;
    }
}
