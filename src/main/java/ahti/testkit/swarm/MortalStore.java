package ahti.testkit.swarm;

import ahti.disk.FilePlace;
import ahti.disk.FileState;
import ahti.disk.FileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files as one process sees them: nothing reaches them once it was killed. */
final class MortalStore implements FileStore {
    private final FileStore files;
    private boolean dead;

    MortalStore(FileStore files) {
        this.files = files;
    }

    void kill() {
        dead = true;
    }

    private FileStore alive() throws IOException {
        if (dead) {
            throw new IOException("this process was killed");
        }
        return files;
    }

    @Override
    public OpenFile open(FilePlace place, Access access) throws IOException {
        return alive().open(place, access);
    }

    @Override
    public Optional<FileState> look(FilePlace place) throws IOException {
        return alive().look(place);
    }

    @Override
    public void checkWritable(FilePlace place) throws IOException {
        alive().checkWritable(place);
    }

    @Override
    public void makeExecutable(FilePlace place) {
        if (!dead) {
            files.makeExecutable(place);
        }
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        alive().makeDirectory(directory);
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return alive().usableSpace(directory);
    }

    @Override
    public Optional<Path> mountPoint(Path path) throws IOException {
        return alive().mountPoint(path);
    }

    @Override
    public void delete(Path file) throws IOException {
        alive().delete(file);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        alive().replace(file, content);
    }

    @Override
    public Optional<byte[]> readSmall(Path file, int most) throws IOException {
        return alive().readSmall(file, most);
    }

    @Override
    public LockResult lock(Path file, String note) throws IOException {
        return alive().lock(file, note);
    }
}
