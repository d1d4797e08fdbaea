package ahti.testkit.record.replay;

import ahti.disk.FilePlace;
import ahti.disk.FileState;
import ahti.disk.FileStore;
import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.DiskCall;
import ahti.testkit.record.event.DiskCall.Act;
import ahti.testkit.record.event.DiskFailures;
import ahti.testkit.record.event.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;

/** A disk that gives the answers of a recording to the calls of the recording. Nothing is stored anywhere. */
final class ReplayedFiles implements FileStore {
    private final Tape tape;
    private final Content content;

    /** What a file holds, where the recording does not say. */
    interface Content {
        ByteString bytes(String path, long offset, int length);
    }

    ReplayedFiles(Tape tape, Content content) {
        this.tape = tape;
        this.content = content;
    }

    /** What was answered; after the end of the recording nothing works any more, but for what gives back. */
    private DiskAnswer ask(DiskCall call) throws IOException {
        Optional<Entry.Disk> recorded = tape.answer(call);
        if (recorded.isEmpty()) {
            if (call.act() == Act.CLOSE || call.act() == Act.UNLOCK) {
                return new DiskAnswer.Done();
            }
            throw new IOException("the recording is over");
        }
        DiskAnswer answer = recorded.get().answer();
        if (answer instanceof DiskAnswer.Failure failure) {
            throw DiskFailures.thrown(failure);
        }
        return answer;
    }

    private <T extends DiskAnswer> T ask(DiskCall call, Class<T> kind) throws IOException {
        DiskAnswer answer = ask(call);
        if (!kind.isInstance(answer)) {
            throw new IOException("recorded is an answer to something else: " + answer);
        }
        return kind.cast(answer);
    }

    private void done(DiskCall call) throws IOException {
        DiskAnswer unused = ask(call);
    }

    @Override
    public OpenFile open(FilePlace place, Access access) throws IOException {
        String path = place.path().toString();
        Act act = access == Access.READ ? Act.OPEN_TO_READ : Act.OPEN_TO_WRITE;
        return new Replayed(
                path, (int) ask(DiskCall.on(act, path), DiskAnswer.Amount.class).value());
    }

    @Override
    public Optional<FileState> look(FilePlace place) throws IOException {
        DiskAnswer answer = ask(DiskCall.on(Act.LOOK, place.path().toString()));
        return answer instanceof DiskAnswer.State state
                ? Optional.of(new FileState(state.size(), Instant.ofEpochSecond(state.second(), state.nano())))
                : Optional.empty();
    }

    @Override
    public void checkWritable(FilePlace place) throws IOException {
        done(DiskCall.on(Act.CHECK_WRITABLE, place.path().toString()));
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        done(DiskCall.on(Act.MAKE_DIRECTORY, directory.toString()));
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return ask(DiskCall.on(Act.USABLE_SPACE, directory.toString()), DiskAnswer.Amount.class)
                .value();
    }

    @Override
    public void delete(Path file) throws IOException {
        done(DiskCall.on(Act.DELETE, file.toString()));
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        done(new DiskCall(Act.REPLACE, file.toString(), 0, sum.getValue(), bytes.length));
    }

    @Override
    public Optional<byte[]> readSmall(Path file, int most) throws IOException {
        DiskAnswer answer = ask(new DiskCall(Act.READ_SMALL, file.toString(), 0, 0, most));
        return answer instanceof DiskAnswer.Content small
                ? Optional.of(small.bytes().toArray())
                : Optional.empty();
    }

    @Override
    public LockResult lock(Path file, String note) throws IOException {
        DiskAnswer answer = ask(DiskCall.on(Act.LOCK, file.toString()));
        if (answer instanceof DiskAnswer.Busy busy) {
            return new LockResult.Busy(busy.note());
        }
        int number = answer instanceof DiskAnswer.Amount lock ? (int) lock.value() : 0;
        return new LockResult.Locked(() -> done(DiskCall.of(Act.UNLOCK, number, 0, 0)));
    }

    private final class Replayed implements OpenFile {
        private final String path;
        private final int number;

        Replayed(String path, int number) {
            this.path = path;
            this.number = number;
        }

        @Override
        public void write(long offset, List<ByteBuffer> buffers) throws IOException {
            long length = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            done(DiskCall.of(Act.WRITE, number, offset, length));
            buffers.forEach(buffer -> buffer.position(buffer.limit()));
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            int length = ask(DiskCall.of(Act.READ, number, offset, into.remaining()), DiskAnswer.Data.class)
                    .length();
            into.put(content.bytes(path, offset, Math.max(0, Math.min(length, into.remaining())))
                    .asByteBuffer());
        }

        @Override
        public long size() throws IOException {
            return ask(DiskCall.of(Act.SIZE, number, 0, 0), DiskAnswer.Amount.class)
                    .value();
        }

        @Override
        public void truncate(long length) throws IOException {
            done(DiskCall.of(Act.TRUNCATE, number, 0, length));
        }

        @Override
        public void reserve(long length) throws IOException {
            done(DiskCall.of(Act.RESERVE, number, 0, length));
        }

        @Override
        public void force() throws IOException {
            done(DiskCall.of(Act.FORCE, number, 0, 0));
        }

        @Override
        public void close() throws IOException {
            done(DiskCall.of(Act.CLOSE, number, 0, 0));
        }
    }
}
