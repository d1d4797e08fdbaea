package ahti.testkit.disk;

import ahti.disk.FilePlace;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A simulated disk with an empty directory. */
@Timeout(60)
abstract class DiskFixture {
    static final Path BASE = Path.of("/downloads");

    final VirtualTime time = new VirtualTime();
    SimulatedDisk disk = new SimulatedDisk(time, 1);

    @BeforeEach
    void makeBase() throws IOException {
        disk.makeDirectory(BASE);
    }

    @AfterEach
    void end() {
        time.close();
    }

    OpenFile open(Access access, String... names) throws IOException {
        return disk.open(FilePlace.of(BASE, Arrays.asList(names)), access);
    }

    OpenFile written(String name, byte[] bytes) throws IOException {
        OpenFile file = open(Access.WRITE, name);
        write(file, 0, bytes);
        return file;
    }

    static void write(OpenFile file, long offset, byte[] bytes) throws IOException {
        file.write(offset, List.of(ByteBuffer.wrap(bytes)));
    }

    static byte[] read(OpenFile file, long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        file.read(offset, into);
        return Arrays.copyOf(into.array(), into.position());
    }

    byte[] content(String name) {
        return disk.bytes(BASE.resolve(name)).orElseThrow();
    }
}
