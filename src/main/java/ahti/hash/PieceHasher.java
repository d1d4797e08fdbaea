package ahti.hash;

import ahti.core.PieceHash;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.util.ByteString;

/** CONTRACT SKELETON. */
public final class PieceHasher {

    /** What anyone may ask of a hasher. */
    public sealed interface Command {}

    /** Does this piece hash to that? The blocks are in order and together the whole piece. */
    public record Verify(int piece, List<ByteString> blocks, PieceHash expected, ActorRef<Verdict> replyTo)
            implements Command {}

    /** The answer, with the blocks handed back for the way on. */
    public record Verdict(int piece, List<ByteString> blocks, boolean matches) {}

    private PieceHasher() {}

    /** A pool of {@code size} hashers behind one reference; each runs on the dispatcher {@code ahti.hash-dispatcher}. */
    public static Behavior<Command> pool(int size) {
        return org.apache.pekko.actor.typed.javadsl.Behaviors.empty();
    }
}
