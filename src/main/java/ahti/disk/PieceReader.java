package ahti.disk;

import ahti.core.PieceLayout;
import ahti.disk.ByteMap.Run;
import ahti.disk.FileStore.OpenFile;
import ahti.hash.PieceDigest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Hashes pieces straight from the files: one worker's tools.
 *
 * <p>Reads in portions that stay in the processor's cache until they are hashed, and holds one file open at a time.
 */
final class PieceReader implements Closeable {
    private static final int PORTION = 128 * 1024;
    private static final int NONE = -2;

    private final FileStore store;
    private final ByteMap map;
    private final PieceLayout pieces;
    private final MessageDigest sha1 = PieceDigest.newSha1();
    private final ByteBuffer portion;
    private int slot = NONE;
    private @Nullable OpenFile file;

    /** {@code portion}: what is read into, of {@link #portion}. */
    PieceReader(FileStore store, ByteMap map, PieceLayout pieces, ByteBuffer portion) {
        this.portion = portion;
        this.store = store;
        this.map = map;
        this.pieces = pieces;
    }

    /** One buffer for one worker, used again and again. */
    static ByteBuffer portion() {
        return ByteBuffer.allocateDirect(PORTION);
    }

    /** What is there of a piece. */
    sealed interface Sum {
        /** All of it, with this hash of 20 bytes. */
        final class Whole implements Sum {
            private final byte[] sha1;

            Whole(byte[] sha1) {
                this.sha1 = sha1;
            }

            byte[] sha1() {
                return sha1;
            }
        }

        /** Not all: this file is too short, or gone. */
        record Lacking(FilePlace place, boolean isGone) implements Sum {}
    }

    /** Hashes a piece. */
    Sum sum(int piece) throws DiskException {
        sha1.reset();
        for (Run run : map.runs(pieces.offset(piece), pieces.length(piece))) {
            try {
                if (!update(run)) {
                    return new Sum.Lacking(map.place(run.slot()), false);
                }
            } catch (NoSuchFileException e) {
                return new Sum.Lacking(map.place(run.slot()), true);
            } catch (IOException e) {
                throw new DiskException(Diagnosis.of(map.place(run.slot()).path(), e));
            }
        }
        return new Sum.Whole(sha1.digest());
    }

    private boolean update(Run run) throws IOException {
        for (int done = 0; done < run.length(); done += PORTION) {
            portion.clear().limit(Math.min(PORTION, run.length() - done));
            if (run.slot() == ByteMap.ZEROS) {
                portion.put(new byte[portion.remaining()]);
            } else {
                open(run.slot()).read(run.offset() + done, portion);
            }
            if (portion.hasRemaining()) {
                return false;
            }
            sha1.update(portion.flip());
        }
        return true;
    }

    private OpenFile open(int wanted) throws IOException {
        if (file == null || slot != wanted) {
            close();
            slot = wanted;
            file = store.open(map.place(wanted), FileStore.Access.READ);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        OpenFile old = file;
        file = null;
        if (old != null) {
            old.close();
        }
    }
}
