package ahti.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * Brings files to the device on the dispatcher {@code ahti.force-dispatcher}, which may take a while: with handles of its own, so
 * that they are read and written meanwhile.
 */
final class Forcing {
    private final FileStore store;
    private final Executor executor;

    /** Slots whose files are gone, as those of a disk that was pulled out: nothing is known of what was written there. */
    record Outcome(List<Integer> gone, Optional<Failure> failure) {
        Outcome {
            gone = List.copyOf(gone);
        }
    }

    /** What went wrong, and with which slot. {@code isLost}: the device did not take it; else the file was not even opened. */
    record Failure(int slot, DiskProblem problem, boolean isLost) {}

    Forcing(FileStore store, ActorSystem<?> system) {
        this.store = store;
        this.executor = system.dispatchers().lookup(DispatcherSelector.fromConfig("ahti.force-dispatcher"));
    }

    /** Completes when what was written into these slots before is on the device; stops at the first failure. */
    CompletionStage<Outcome> begin(FileLayout layout, BitSet slots) {
        BitSet some = (BitSet) slots.clone();
        return CompletableFuture.supplyAsync(() -> force(layout, some), executor);
    }

    private Outcome force(FileLayout layout, BitSet slots) {
        List<Integer> gone = new ArrayList<>();
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            FilePlace place = layout.place(slot);
            boolean isOpen = false;
            try (FileStore.OpenFile file = store.open(place, FileStore.Access.READ)) {
                isOpen = true;
                file.force();
            } catch (NoSuchFileException e) {
                gone.add(slot);
            } catch (IOException e) {
                return new Outcome(gone, Optional.of(new Failure(slot, Diagnosis.of(place.path(), e), isOpen)));
            }
        }
        return new Outcome(gone, Optional.empty());
    }
}
