package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Path FILE = Path.of("/data/file");

    @Test
    void tellsAFullDiskFromABrokenOne() {
        assertThat(of(new IOException("No space left on device"))).isEqualTo(new DiskProblem.Full(FILE));
        assertThat(of(new FileSystemException("/data/file", null, "Disk quota exceeded")))
                .isEqualTo(new DiskProblem.Full(FILE));
        assertThat(of(new IOException("Input/output error")))
                .isEqualTo(new DiskProblem.Faulty(FILE, "Input/output error"));
    }

    @Test
    void tellsWhatIsForbidden() {
        assertThat(of(new AccessDeniedException("/data/file")))
                .isEqualTo(new DiskProblem.Denied(FILE, "permission denied"));
        assertThat(of(new FileSystemException("/data/file", null, "Read-only file system")))
                .isEqualTo(new DiskProblem.Denied(FILE, "Read-only file system"));
    }

    @Test
    void tellsWhatIsInTheWay() {
        Path link = Path.of("/data/link");

        assertThat(of(new ObstructedException(link, "a symbolic link")))
                .isEqualTo(new DiskProblem.InTheWay(link, "a symbolic link"));
        assertThat(of(new FileAlreadyExistsException("/data/file")))
                .isEqualTo(new DiskProblem.InTheWay(FILE, "not a directory"));
        assertThat(of(new FileSystemException("/data/file", null, "Not a directory")))
                .isEqualTo(new DiskProblem.InTheWay(FILE, "Not a directory"));
    }

    @Test
    void alwaysHasAReason() {
        assertThat(of(new IOException())).isEqualTo(new DiskProblem.Faulty(FILE, "IOException"));
        assertThat(of(new NoSuchFileException("/data/file")))
                .isEqualTo(new DiskProblem.Faulty(FILE, "no such file or directory"));
        assertThat(of(new IOException("two\nlines")).describe()).doesNotContain("\n");
    }

    private static DiskProblem of(IOException e) {
        return Diagnosis.of(FILE, e);
    }
}
