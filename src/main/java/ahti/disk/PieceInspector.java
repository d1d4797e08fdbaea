package ahti.disk;

import ahti.actor.Handlers;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Checks data that are there already: reads and hashes in one place, portion by portion, so that memory is one small buffer
 * for each thread, however many torrents wait and however long their pieces are.
 *
 * <p>Each question has an actor of its own on the dispatcher {@code ahti.check-dispatcher}, for it blocks: one that waits for
 * a disk that never answers keeps no other from its answer. Every question has exactly one answer.
 */
public final class PieceInspector extends AbstractBehavior<PieceInspector.Command> {
    private static final String DISPATCHER = "ahti.check-dispatcher";

    /** What may be asked of an inspector. */
    public sealed interface Command {}

    /** Are these pieces there, and right? Sent by a {@link DiskWriter}, which knows where they lie. */
    record Look(Inspection where, DiskWriter.Check question) implements Command {}

    /** What is said to a {@link DiskWriter.Check}, with its pieces. */
    public sealed interface Answer {
        /** All that were asked for, the very same list. */
        List<Integer> pieces();
    }

    /** These of them are there and right; the others are not. */
    public record Checked(List<Integer> pieces, List<Integer> right) implements Answer {}

    /** A file cannot be read, or is gone since it was found. */
    public record Unreadable(List<Integer> pieces, DiskProblem problem) implements Answer {}

    /** A bug ended the inspection, and this is all that is said of it. */
    public record Failed(List<Integer> pieces, RuntimeException bug) implements Answer {}

    /** What a thread reads into. */
    private final ThreadLocal<ByteBuffer> portions = ThreadLocal.withInitial(PieceReader::portion);

    /** Inspectors, as many as there are questions; how many work at the same time is for their dispatcher to say. */
    public static Behavior<Command> create() {
        return Behaviors.setup(PieceInspector::new);
    }

    private PieceInspector(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>().onMessage(Look.class, this::onLook).build();
    }

    private Behavior<Command> onLook(Look message) {
        getContext().spawnAnonymous(looking(message), DispatcherSelector.fromConfig(DISPATCHER));
        return this;
    }

    private Behavior<Command> looking(Look message) {
        return Behaviors.setup(context -> {
            DiskWriter.Check question = message.question();
            question.replyTo().tell(answer(message.where(), question));
            return Behaviors.stopped();
        });
    }

    private Answer answer(Inspection where, DiskWriter.Check question) {
        try {
            return new Checked(question.pieces(), List.copyOf(where.right(question.pieces(), portions.get())));
        } catch (DiskException e) {
            return new Unreadable(question.pieces(), e.problem());
        } catch (RuntimeException bug) {
            return new Failed(question.pieces(), bug);
        }
    }
}
