package ahti.testkit.disk;

import ahti.disk.FileStore;
import ahti.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of a simulated disk, held open. */
final class Handle implements FileStore.OpenFile {
    private final SimulatedFiles files;
    private final Device device;
    private final Path path;
    private final StoredFile file;
    private final boolean writable;
    private final int life;
    private boolean closed;

    Handle(SimulatedFiles files, Device device, Path path, StoredFile file, boolean writable) {
        this.files = files;
        this.device = device;
        this.path = path;
        this.file = file;
        this.writable = writable;
        this.life = device.life();
    }

    @Override
    public void write(long offset, List<ByteBuffer> buffers) throws IOException {
        int wanted = Math.toIntExact(
                buffers.stream().mapToLong(ByteBuffer::remaining).sum());
        perform(Kind.WRITE, offset, wanted, turn -> {
            checkWritable();
            int length = file.now().fitting(offset, turn.through(wanted), files.room());
            if (length > 0) {
                files.written(path, offset, length, file.write(offset, first(buffers, length), files.moment()));
            }
            turn.pass();
            if (length < wanted) {
                throw Mount.full(path);
            }
            buffers.forEach(buffer -> buffer.position(buffer.limit()));
            return file;
        });
    }

    /** The first so many bytes; the buffers stay as they are. */
    private static List<ByteBuffer> first(List<ByteBuffer> buffers, int length) {
        List<ByteBuffer> first = new ArrayList<>();
        int left = length;
        for (ByteBuffer buffer : buffers) {
            int bytes = Math.min(left, buffer.remaining());
            if (bytes > 0) {
                first.add(buffer.slice(buffer.position(), bytes));
                left -= bytes;
            }
        }
        return first;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        perform(Kind.READ, offset, into.remaining(), turn -> {
            turn.pass();
            int from = into.position();
            file.now().read(offset, into);
            if (turn.flips() && into.position() > from) {
                files.flipABit(into, from);
            }
            return file;
        });
    }

    @Override
    public long size() throws IOException {
        check();
        return file.now().length();
    }

    @Override
    public void truncate(long length) throws IOException {
        perform(Kind.TRUNCATE, length, 0, turn -> {
            turn.pass();
            checkWritable();
            file.truncate(length, files.moment());
            return file;
        });
    }

    @Override
    public void reserve(long length) throws IOException {
        long lacking = Math.max(0, length - file.now().length());
        perform(Kind.RESERVE, file.now().length(), lacking, turn -> {
            turn.pass();
            checkWritable();
            long fits = Math.min(lacking, files.room());
            file.reserve(file.now().length() + fits, files.moment());
            if (fits < lacking) {
                throw Mount.full(path);
            }
            return file;
        });
    }

    @Override
    public void force() throws IOException {
        perform(Kind.FORCE, 0, 0, turn -> {
            long changes = file.changes();
            try {
                turn.pass();
            } catch (IOException e) {
                files.notForced(path);
                throw e;
            }
            files.force(path, file, changes);
            return file;
        });
    }

    private void perform(Kind kind, long offset, long length, Device.Action<StoredFile> action) throws IOException {
        device.perform(kind, path, offset, length, turn -> {
            check();
            return action.in(turn);
        });
    }

    private void check() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        device.checkLife(life);
        files.mount().checkPlugged(path);
    }

    private void checkWritable() throws IOException {
        if (!writable) {
            throw new NonWritableChannelException();
        }
        files.mount().checkNotReadOnly(path);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            files.closed(this);
        }
    }

    @Override
    public String toString() {
        return path + (writable ? " to write" : " to read");
    }
}
