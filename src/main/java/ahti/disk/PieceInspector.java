package ahti.disk;

import ahti.actor.Handlers;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.Routers;

/**
 * Checks data that are there already: reads and hashes in one place, portion by portion, so that memory is one small buffer
 * for each inspector, however many torrents wait and however long their pieces are.
 *
 * <p>It blocks: it runs on the dispatcher {@code ahti.check-dispatcher}, so that a disk that hangs keeps no hasher
 * from what others download. Every question has exactly one answer.
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

    /** A file is there and cannot be read. */
    public record Unreadable(List<Integer> pieces, DiskProblem problem) implements Answer {}

    /** A bug ended the inspector; it begins anew, and this is all it says. */
    public record Failed(List<Integer> pieces, RuntimeException bug) implements Answer {}

    /** Made when there is something to read for the first time: many engines never check anything. */
    private ByteBuffer portion = ByteBuffer.allocate(0);

    /** A pool of {@code size} inspectors behind one reference. */
    public static Behavior<Command> pool(int size) {
        Behavior<Command> worker = Behaviors.<Command>supervise(Behaviors.setup(PieceInspector::new))
                .onFailure(SupervisorStrategy.restart());
        return Routers.pool(size, worker)
                .withRoundRobinRouting()
                .withRouteeProps(DispatcherSelector.fromConfig(DISPATCHER));
    }

    private PieceInspector(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>().onMessage(Look.class, this::onLook).build();
    }

    private Behavior<Command> onLook(Look message) {
        DiskWriter.Check question = message.question();
        try {
            question.replyTo().tell(answer(message.where(), question));
        } catch (RuntimeException bug) {
            question.replyTo().tell(new Failed(question.pieces(), bug));
            throw bug;
        }
        return this;
    }

    private Answer answer(Inspection where, DiskWriter.Check question) {
        if (portion.capacity() == 0) {
            portion = PieceReader.portion();
        }
        try {
            return new Checked(question.pieces(), List.copyOf(where.right(question.pieces(), portion)));
        } catch (DiskException e) {
            return new Unreadable(question.pieces(), e.problem());
        }
    }
}
