package ahti.testkit.record;

import ahti.disk.FilePlace;
import ahti.disk.FileStore;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import ahti.testkit.record.format.ByteSink;
import ahti.testkit.record.format.ByteSource;
import ahti.testkit.record.format.RecordingReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The file of a recording. */
public final class RecordingFile implements ByteSink, ByteSource, AutoCloseable {
    private final OpenFile file;
    private long end;

    private RecordingFile(OpenFile file) {
        this.file = file;
    }

    /**
     * A new recording, in the place of one that may be there.
     *
     * @throws FileAlreadyExistsException when a file is there that is no recording
     */
    public static RecordingFile create(FileStore store, Path path) throws IOException {
        OpenFile file = store.open(place(path), Access.WRITE);
        RecordingFile recording = new RecordingFile(file);
        boolean kept = false;
        try {
            if (file.size() > 0 && !RecordingReader.isRecording(recording)) {
                throw new FileAlreadyExistsException(path.toString(), null, "it is no recording, and stays");
            }
            file.truncate(0);
            kept = true;
            return recording;
        } finally {
            if (!kept) {
                file.close();
            }
        }
    }

    /** A recording that is there. */
    public static RecordingFile open(FileStore store, Path path) throws IOException {
        return new RecordingFile(store.open(place(path), Access.READ));
    }

    private static FilePlace place(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        Path name = absolute.getFileName();
        if (directory == null || name == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new FilePlace(directory, name);
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        file.write(end, List.of(ByteBuffer.wrap(bytes)));
        end += bytes.length;
    }

    @Override
    public byte[] read(long offset, int most) throws IOException {
        int length = (int) Math.max(0, Math.min(most, file.size() - offset));
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(offset, bytes);
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
