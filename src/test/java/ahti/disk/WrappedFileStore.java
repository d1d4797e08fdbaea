package ahti.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real file system with somebody looking on, who may throw: before every operation {@link #before} is called. */
public class WrappedFileStore implements FileStore {
    private final FileStore real = new RealFileStore();

    /** Called before every operation, with its name. */
    protected void before(String operation, Path path) throws IOException {}

    /** Called after a file was closed. */
    protected void closed(Path path) {}

    @Override
    public OpenFile open(FilePlace place, Access access) throws IOException {
        before("open", place.path());
        return new Wrapped(place.path(), real.open(place, access));
    }

    @Override
    public Optional<FileState> look(FilePlace place) throws IOException {
        before("look", place.path());
        return real.look(place);
    }

    @Override
    public void checkWritable(FilePlace place) throws IOException {
        before("checkWritable", place.path());
        real.checkWritable(place);
    }

    @Override
    public void makeExecutable(FilePlace place) {
        real.makeExecutable(place);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        before("makeDirectory", directory);
        real.makeDirectory(directory);
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        before("usableSpace", directory);
        return real.usableSpace(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        before("delete", file);
        real.delete(file);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        before("replace", file);
        real.replace(file, content);
    }

    @Override
    public Optional<byte[]> readSmall(Path file, int most) throws IOException {
        before("readSmall", file);
        return real.readSmall(file, most);
    }

    @Override
    public LockResult lock(Path file, String note) throws IOException {
        before("lock", file);
        return real.lock(file, note);
    }

    private final class Wrapped implements OpenFile {
        private final Path path;
        private final OpenFile file;

        Wrapped(Path path, OpenFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(long offset, List<ByteBuffer> buffers) throws IOException {
            before("write", path);
            file.write(offset, buffers);
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            before("read", path);
            file.read(offset, into);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long length) throws IOException {
            before("truncate", path);
            file.truncate(length);
        }

        @Override
        public void reserve(long length) throws IOException {
            before("reserve", path);
            file.reserve(length);
        }

        @Override
        public void force() throws IOException {
            before("force", path);
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
            closed(path);
        }
    }
}
