package ahti.testkit.record.live;

import ahti.disk.FilePlace;
import ahti.disk.FileState;
import ahti.disk.FileStore;
import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.DiskCall;
import ahti.testkit.record.event.DiskCall.Act;
import ahti.testkit.record.event.DiskFailures;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;

/** A real disk, every call written down with its answer. Used by the engine's thread only. */
final class RecordedFiles implements FileStore {
    private final FileStore real;
    private final DiskLog log;
    private int opened;

    RecordedFiles(FileStore real, DiskLog log) {
        this.real = real;
        this.log = log;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T logged(DiskCall call, Work<T> work, Function<T, DiskAnswer> answer) throws IOException {
        T result;
        try {
            result = work.run();
        } catch (IOException e) {
            log.disk(call, DiskFailures.answer(e));
            throw e;
        }
        log.disk(call, answer.apply(result));
        return result;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void logged(DiskCall call, Step step) throws IOException {
        Object unused = logged(
                call,
                () -> {
                    step.run();
                    return call;
                },
                any -> new DiskAnswer.Done());
    }

    @Override
    public OpenFile open(FilePlace place, Access access) throws IOException {
        String path = place.path().toString();
        int number = ++opened;
        OpenFile file = logged(
                DiskCall.on(access == Access.READ ? Act.OPEN_TO_READ : Act.OPEN_TO_WRITE, path),
                () -> real.open(place, access),
                any -> new DiskAnswer.Amount(number));
        return new Recorded(file, path, number);
    }

    @Override
    public Optional<FileState> look(FilePlace place) throws IOException {
        return logged(
                DiskCall.on(Act.LOOK, place.path().toString()),
                () -> real.look(place).map(state -> new FileState(state.size(), state.modified())),
                state -> state.map(RecordedFiles::answer).orElse(new DiskAnswer.Nothing()));
    }

    private static DiskAnswer answer(FileState there) {
        Instant modified = there.modified();
        return new DiskAnswer.State(there.size(), modified.getEpochSecond(), modified.getNano());
    }

    @Override
    public void checkWritable(FilePlace place) throws IOException {
        logged(DiskCall.on(Act.CHECK_WRITABLE, place.path().toString()), () -> real.checkWritable(place));
    }

    /** Not recorded: it has no answer that anything could depend on. */
    @Override
    public void makeExecutable(FilePlace place) {
        real.makeExecutable(place);
    }

    /** Not recorded, for the same reason. */
    @Override
    public void makeLink(FilePlace place, Path target) {
        real.makeLink(place, target);
    }

    /** Not recorded, for the same reason. */
    @Override
    public boolean deleteLink(FilePlace place) throws IOException {
        return real.deleteLink(place);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        logged(DiskCall.on(Act.MAKE_DIRECTORY, directory.toString()), () -> real.makeDirectory(directory));
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return logged(
                DiskCall.on(Act.USABLE_SPACE, directory.toString()),
                () -> real.usableSpace(directory),
                DiskAnswer.Amount::new);
    }

    @Override
    public void delete(Path file) throws IOException {
        logged(DiskCall.on(Act.DELETE, file.toString()), () -> real.delete(file));
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        logged(
                new DiskCall(Act.REPLACE, file.toString(), 0, sum(content), content.length),
                () -> real.replace(file, content));
    }

    /** What stands for a content in a recording. */
    static long sum(byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return sum.getValue();
    }

    @Override
    public Optional<byte[]> readSmall(Path file, int most) throws IOException {
        return logged(
                new DiskCall(Act.READ_SMALL, file.toString(), 0, 0, most),
                () -> real.readSmall(file, most),
                content -> content.<DiskAnswer>map(bytes -> new DiskAnswer.Content(ByteString.fromArray(bytes)))
                        .orElse(new DiskAnswer.Nothing()));
    }

    @Override
    public LockResult lock(Path file, String note) throws IOException {
        int number = ++opened;
        LockResult result = logged(
                DiskCall.on(Act.LOCK, file.toString()),
                () -> real.lock(file, note),
                any -> any instanceof LockResult.Busy busy
                        ? new DiskAnswer.Busy(busy.note())
                        : new DiskAnswer.Amount(number));
        if (result instanceof LockResult.Locked locked) {
            Closeable lock = locked.lock();
            return new LockResult.Locked(() -> logged(DiskCall.of(Act.UNLOCK, number, 0, 0), lock::close));
        }
        return result;
    }

    private final class Recorded implements OpenFile {
        private final OpenFile file;
        private final String path;
        private final int number;

        Recorded(OpenFile file, String path, int number) {
            this.file = file;
            this.path = path;
            this.number = number;
        }

        @Override
        public void write(long offset, List<ByteBuffer> buffers) throws IOException {
            List<ByteBuffer> same = new ArrayList<>(buffers.size());
            buffers.forEach(buffer -> same.add(buffer.duplicate()));
            log.write(path, offset, same);
            long length = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            logged(DiskCall.of(Act.WRITE, number, offset, length), () -> file.write(offset, buffers));
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            int from = into.position();
            Integer unused = logged(
                    DiskCall.of(Act.READ, number, offset, into.remaining()),
                    () -> {
                        file.read(offset, into);
                        ByteBuffer got = into.duplicate().position(from).limit(into.position());
                        log.read(path, offset, got);
                        return into.position() - from;
                    },
                    DiskAnswer.Data::new);
        }

        @Override
        public long size() throws IOException {
            return logged(DiskCall.of(Act.SIZE, number, 0, 0), file::size, DiskAnswer.Amount::new);
        }

        @Override
        public void truncate(long length) throws IOException {
            logged(DiskCall.of(Act.TRUNCATE, number, 0, length), () -> file.truncate(length));
        }

        @Override
        public void reserve(long length) throws IOException {
            logged(DiskCall.of(Act.RESERVE, number, 0, length), () -> file.reserve(length));
        }

        @Override
        public void force() throws IOException {
            logged(DiskCall.of(Act.FORCE, number, 0, 0), file::force);
        }

        @Override
        public void close() throws IOException {
            logged(DiskCall.of(Act.CLOSE, number, 0, 0), file::close);
        }
    }
}
