package ahti.peer;

import ahti.core.InfoBytes;
import ahti.wire.MetadataMessage;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Hands out the info dictionary (BEP 9): to one peer no more than it can need, which is all of it, and what it asks for twice
 * because it met a liar.
 */
final class MetadataDesk {
    private static final int TIMES = 3;

    private final Optional<InfoBytes> metadata;
    private long left;

    MetadataDesk(Optional<InfoBytes> metadata) {
        this.metadata = metadata;
        this.left = metadata.map(bytes -> (long) TIMES * blocks(bytes)).orElse(0L);
    }

    private static int blocks(InfoBytes bytes) {
        return (bytes.length() + MetadataMessage.BLOCK - 1) / MetadataMessage.BLOCK;
    }

    /** The answer: the block, or a reject. */
    MetadataMessage answer(MetadataMessage.Request request) {
        if (metadata.isEmpty() || request.block() >= blocks(metadata.get()) || left <= 0) {
            return new MetadataMessage.Reject(request.block());
        }
        left--;
        InfoBytes all = metadata.get();
        int from = request.block() * MetadataMessage.BLOCK;
        return new MetadataMessage.Data(
                request.block(),
                all.length(),
                ByteString.fromArrayUnsafe(all.slice(from, Math.min(all.length(), from + MetadataMessage.BLOCK))));
    }
}
