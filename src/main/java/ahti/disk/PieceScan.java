package ahti.disk;

import ahti.core.PieceHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;

/**
 * Hashes all pieces of files that are there, for {@code create} and {@code verify}: no actors, the caller waits.
 *
 * <p>Files are read from front to back. Memory is one small buffer per worker, whatever the piece length.
 *
 * @param workers where the hashing runs
 * @param parallelism how many pieces are hashed at the same time
 * @param progress told the bytes done so far, some hundred times at most, by the workers, one at a time
 */
public record PieceScan(FileStore store, ExecutorService workers, int parallelism, LongConsumer progress) {

    /** What came of hashing files for a new torrent. */
    public sealed interface HashResult {}

    /** The hashes of all pieces, in order. */
    public record Hashed(PieceHashes hashes) implements HashResult {}

    /** A file changed meanwhile: no torrent can be made of it. */
    public record Changed(Path path) implements HashResult {}

    /** A file could not be read. */
    public record Unhashed(DiskProblem problem) implements HashResult {}

    /** What came of verifying. */
    public sealed interface VerifyResult {}

    /** Every piece has its verdict. */
    public record Verified(Verdicts verdicts) implements VerifyResult {}

    /** A file could not be read. */
    public record Unverified(DiskProblem problem) implements VerifyResult {}

    /** Hashes the files of a tree, one after the other, in pieces of {@code pieceLength} bytes. */
    public HashResult hash(SourceTree tree, int pieceLength) throws InterruptedException {
        PieceLayout pieces = new PieceLayout(tree.totalLength(), pieceLength);
        byte[] hashes = new byte[Math.multiplyExact(pieces.pieces(), PieceHash.SHA1_LENGTH)];
        try {
            Optional<FilePlace> shrunk = scan(new SourceMap(tree), pieces).run((piece, sum) -> {
                if (sum instanceof PieceReader.Sum.Whole whole) {
                    System.arraycopy(whole.sha1(), 0, hashes, piece * PieceHash.SHA1_LENGTH, PieceHash.SHA1_LENGTH);
                    return Optional.empty();
                }
                return Optional.of(((PieceReader.Sum.Lacking) sum).place());
            });
            Optional<FilePlace> changed = shrunk.isPresent() ? shrunk : firstChanged(tree);
            return changed.isPresent() ? new Changed(changed.get().path()) : new Hashed(new PieceHashes(hashes));
        } catch (DiskException e) {
            return new Unhashed(e.problem());
        }
    }

    private Optional<FilePlace> firstChanged(SourceTree tree) throws DiskException {
        for (SourceTree.SourceFile file : tree.files()) {
            try {
                Optional<FileState> now = store.look(file.place());
                if (now.isEmpty() || !now.get().isSameAs(file.state(), false)) {
                    return Optional.of(file.place());
                }
            } catch (IOException e) {
                throw new DiskException(Diagnosis.of(file.place().path(), e));
            }
        }
        return Optional.empty();
    }

    /** Compares what lies in {@code base} with the hashes of a torrent; missing files are a verdict, not a failure. */
    public VerifyResult verify(Metainfo metainfo, Path base) throws InterruptedException {
        PieceLayout pieces = metainfo.layout();
        PieceSet good = new PieceSet(pieces.pieces());
        PieceSet missing = new PieceSet(pieces.pieces());
        try {
            FileLayout layout = FileLayout.whole(metainfo, base.toAbsolutePath());
            scan(layout, pieces).run((piece, sum) -> {
                boolean whole = sum instanceof PieceReader.Sum.Whole;
                boolean right = sum instanceof PieceReader.Sum.Whole found
                        && metainfo.hashes().get(piece).matches(found.sha1());
                synchronized (good) {
                    if (right) {
                        good.add(piece);
                    } else if (!whole) {
                        missing.add(piece);
                    }
                }
                return Optional.empty();
            });
            return new Verified(Verdicts.of(metainfo, layout, good.toBitfield(), missing.toBitfield(), store));
        } catch (DiskException e) {
            return new Unverified(e.problem());
        } catch (InvalidPathException e) {
            return new Unverified(Diagnosis.unwritableName(base, e.getInput()));
        }
    }

    private ParallelScan scan(ByteMap map, PieceLayout pieces) {
        return new ParallelScan(store, map, pieces, workers, parallelism, new Progress(pieces.totalLength(), progress));
    }
}
