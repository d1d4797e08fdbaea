package ahti.disk;

import ahti.core.PieceLayout;
import ahti.disk.DiskWriter.Command;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Forces the files when somebody wants what is stored remembered, and writes the record when they are on the device: a record must
 * never call safe what a power cut could still take. Who asks while files are being forced waits for the next round.
 */
final class Safekeeping {
    private final ActorContext<Command> context;
    private final PieceLayout pieces;
    private final Logbook book;
    private final ResumeJournal journal;
    private final Forcing forcing;
    private List<DiskWriter.Remember> waiting = new ArrayList<>();
    /** Whose answer is due when the files are forced. */
    private List<DiskWriter.Remember> underWay = List.of();

    private BitSet slots = new BitSet();
    private boolean isForcing;

    Safekeeping(
            ActorContext<Command> context, PieceLayout pieces, Logbook book, ResumeJournal journal, Forcing forcing) {
        this.context = context;
        this.pieces = pieces;
        this.book = book;
        this.journal = journal;
        this.forcing = forcing;
    }

    /** Whether files are being forced: until then they stay what and where they are. */
    boolean isForcing() {
        return isForcing;
    }

    void remember(DiskWriter.Remember message, PieceFiles files, FileLayout layout) {
        waiting.add(message);
        if (!isForcing) {
            nextRound(files, layout);
        }
    }

    private void nextRound(PieceFiles files, FileLayout layout) {
        underWay = waiting;
        waiting = new ArrayList<>();
        underWay.forEach(message -> book.learn(message.stored()));
        if (!journal.isBegun()) {
            // Forcing may take long. A run that is killed meanwhile shall not have to check everything.
            write(files, layout);
        }
        book.forcing();
        slots = files.takeUnforced();
        if (slots.isEmpty()) {
            finish(new BitSet(), files, layout);
            return;
        }
        isForcing = true;
        context.pipeToSelf(forcing.begin(layout, slots), (outcome, bug) -> {
            if (bug != null) {
                throw new IllegalStateException("files could not be forced", bug);
            }
            return new DiskWriter.Forced(outcome);
        });
    }

    void forced(Forcing.Outcome outcome, PieceFiles files, FileLayout layout) {
        isForcing = false;
        BitSet gone = new BitSet();
        outcome.gone().forEach(gone::set);
        if (outcome.failure().isPresent()) {
            Forcing.Failure failure = outcome.failure().get();
            BitSet lost = new BitSet();
            lost.set(failure.slot(), failure.isLost());
            files.putBackUnforced(slots);
            book.notForced(piece -> lies(piece, lost, layout));
            Optional<DiskProblem> unused = write(files, layout);
            answer(new DiskWriter.NotForced(failure.problem()));
        } else {
            files.putBackUnforced(gone);
            finish(gone, files, layout);
        }
        if (!waiting.isEmpty()) {
            nextRound(files, layout);
        }
    }

    private boolean lies(int piece, BitSet in, FileLayout layout) {
        return !in.isEmpty()
                && layout.runs(pieces.offset(piece), pieces.length(piece)).stream()
                        .anyMatch(run -> run.slot() >= 0 && in.get(run.slot()));
    }

    private void finish(BitSet gone, PieceFiles files, FileLayout layout) {
        book.forced(piece -> lies(piece, gone, layout));
        Optional<DiskProblem> problem = write(files, layout);
        answer(problem.isPresent() ? new DiskWriter.NotRemembered(problem.get()) : DiskWriter.Remembered.INSTANCE);
    }

    private Optional<DiskProblem> write(PieceFiles files, FileLayout layout) {
        try {
            book.write(layout, files.takeTouched());
            return Optional.empty();
        } catch (DiskException e) {
            return Optional.of(e.problem());
        }
    }

    private void answer(DiskWriter.StoreReply reply) {
        List<DiskWriter.Remember> answered = underWay;
        underWay = List.of();
        answered.forEach(message -> message.replyTo().tell(reply));
    }
}
