package ahti.hash;

import ahti.actor.Handlers;
import ahti.core.PieceHash;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.Routers;
import org.apache.pekko.util.ByteString;

/**
 * Says whether filled pieces are what the torrent promises.
 *
 * <p>Every question has exactly one answer. The pool hands questions out in turn, so that which worker hashes which piece
 * depends on nothing but their order.
 */
public final class PieceHasher extends AbstractBehavior<PieceHasher.Command> {
    private static final String DISPATCHER = "ahti.hash-dispatcher";

    /** What anyone may ask of a hasher. */
    public sealed interface Command {}

    /** Does this piece hash to that? The blocks are in order and together the whole piece. */
    public record Verify(int piece, List<ByteString> blocks, PieceHash expected, ActorRef<Answer> replyTo)
            implements Command {}

    /** What is said to {@link Verify}, with the blocks handed back. */
    public sealed interface Answer {
        List<ByteString> blocks();
    }

    /** Whether the piece is what was promised. */
    public record Verdict(int piece, List<ByteString> blocks, boolean matches) implements Answer {}

    /** A bug ended the hasher at that piece; it begins anew, and this is all it says. */
    public record Failed(int piece, List<ByteString> blocks, RuntimeException bug) implements Answer {}

    /** One per worker, used again for every piece. */
    private final PieceDigest digest = new PieceDigest();

    /** A pool of {@code size} hashers behind one reference; each runs on the dispatcher {@code ahti.hash-dispatcher}. */
    public static Behavior<Command> pool(int size) {
        Behavior<Command> worker =
                Behaviors.<Command>supervise(Behaviors.setup(PieceHasher::new)).onFailure(SupervisorStrategy.restart());
        return Routers.pool(size, worker)
                .withRoundRobinRouting()
                .withRouteeProps(DispatcherSelector.fromConfig(DISPATCHER));
    }

    private PieceHasher(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>().onMessage(Verify.class, this::onVerify).build();
    }

    private Behavior<Command> onVerify(Verify message) {
        message.replyTo().tell(new Verdict(message.piece(), message.blocks(), matches(message)));
        return this;
    }

    private boolean matches(Verify message) {
        try {
            return digest.matches(message.blocks(), message.expected());
        } catch (RuntimeException bug) {
            message.replyTo().tell(new Failed(message.piece(), message.blocks(), bug));
            throw bug;
        }
    }
}
