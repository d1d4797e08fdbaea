package ahti.peer;

import ahti.core.InfoBytes;
import ahti.wire.MetadataMessage;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.util.ByteString;

/**
 * Hands out the info dictionary (BEP 9): to one peer no more than it can need, which is all of it, and what it asks for twice
 * because it met a liar. Whoever asks for everything at once is noted down: a block is made when it can leave.
 */
final class MetadataDesk {
    private static final int TIMES = 3;

    private final Optional<InfoBytes> metadata;
    private final Queue<Integer> owed = new ArrayDeque<>();
    private long left;

    MetadataDesk(Optional<InfoBytes> metadata) {
        this.metadata = metadata;
        this.left = metadata.map(bytes -> (long) TIMES * blocks(bytes)).orElse(0L);
    }

    private static int blocks(InfoBytes bytes) {
        return (bytes.length() + MetadataMessage.BLOCK - 1) / MetadataMessage.BLOCK;
    }

    /** The peer asks: it is owed the block, or gets this reject at once. */
    Optional<MetadataMessage> asked(MetadataMessage.Request request) {
        if (metadata.isEmpty() || request.block() >= blocks(metadata.get()) || left <= 0) {
            return Optional.of(new MetadataMessage.Reject(request.block()));
        }
        left--;
        owed.add(request.block());
        return Optional.empty();
    }

    /** The next block that is owed, in the order asked for; empty when nothing is. */
    Optional<MetadataMessage> next() {
        Integer block = owed.poll();
        return block == null ? Optional.empty() : metadata.map(all -> data(all, block));
    }

    private static MetadataMessage data(InfoBytes all, int block) {
        int from = block * MetadataMessage.BLOCK;
        return new MetadataMessage.Data(
                block,
                all.length(),
                ByteString.fromArrayUnsafe(all.slice(from, Math.min(all.length(), from + MetadataMessage.BLOCK))));
    }
}
