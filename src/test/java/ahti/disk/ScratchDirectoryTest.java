package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
    @TempDir
    Path outside;

    @Test
    void isGoneWithItsContentAndLeavesWhatLinksPointTo() throws IOException {
        Path precious = Files.writeString(outside.resolve("precious"), "x");
        ScratchDirectory scratch = ScratchDirectory.make("ahti-test-");
        Files.createDirectories(scratch.path().resolve("a/b"));
        Files.writeString(scratch.path().resolve("a/b/file"), "x");
        Files.createSymbolicLink(scratch.path().resolve("link"), outside);

        scratch.close();
        scratch.close();

        assertThat(scratch.path()).doesNotExist();
        assertThat(precious).exists();
    }
}
