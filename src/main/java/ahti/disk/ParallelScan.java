package ahti.disk;

import ahti.core.PieceLayout;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes all pieces of a torrent once, several at a time.
 *
 * <p>Whoever is free takes the next piece, so that all read near each other. The first to fail ends it for all; when
 * several do, the lowest piece tells why.
 */
final class ParallelScan {
    private final FileStore store;
    private final ByteMap map;
    private final PieceLayout pieces;
    private final ExecutorService workers;
    private final int parallelism;
    private final Progress progress;

    private final AtomicInteger next = new AtomicInteger();
    private final Object endLock = new Object();
    private int endedBy = Integer.MAX_VALUE;
    private @Nullable FilePlace endedAt;
    private @Nullable DiskException failure;
    private @Nullable Throwable bug;

    ParallelScan(
            FileStore store,
            ByteMap map,
            PieceLayout pieces,
            ExecutorService workers,
            int parallelism,
            Progress progress) {
        this.store = store;
        this.map = map;
        this.pieces = pieces;
        this.workers = workers;
        this.parallelism = parallelism;
        this.progress = progress;
    }

    /** Told of every piece, by several threads at once. */
    @FunctionalInterface
    interface Step {
        /** Empty to go on; a file to end the scan because of it. */
        Optional<FilePlace> take(int piece, PieceReader.Sum sum);
    }

    /**
     * Waits until all pieces are hashed, or one failed.
     *
     * @return the file because of which a step ended it
     */
    Optional<FilePlace> run(Step step) throws DiskException, InterruptedException {
        Callable<Optional<Void>> worker = () -> {
            work(step);
            return Optional.empty();
        };
        workers.invokeAll(Collections.nCopies(Math.max(1, Math.min(parallelism, pieces.pieces())), worker));
        synchronized (endLock) {
            if (bug != null) {
                throw new IllegalStateException("a piece could not be hashed", bug);
            }
            if (failure != null) {
                throw failure;
            }
            return Optional.ofNullable(endedAt);
        }
    }

    private void work(Step step) {
        int piece = -1;
        try (PieceReader reader = new PieceReader(store, map, pieces, PieceReader.portion())) {
            while ((piece = next.getAndIncrement()) < pieces.pieces()) {
                Optional<FilePlace> end = step.take(piece, reader.sum(piece));
                if (end.isPresent()) {
                    end(piece, end.get(), null, null);
                    return;
                }
                progress.add(pieces.length(piece));
            }
        } catch (DiskException e) {
            end(piece, null, e, null);
        } catch (IOException | RuntimeException | Error e) {
            end(-1, null, null, e);
        }
    }

    private void end(int piece, @Nullable FilePlace at, @Nullable DiskException fault, @Nullable Throwable ours) {
        synchronized (endLock) {
            next.set(pieces.pieces());
            if (piece < endedBy) {
                endedBy = piece;
                endedAt = at;
                failure = fault;
                bug = ours;
            }
        }
    }
}
