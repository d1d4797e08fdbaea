package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing was looked at here before: as if the links had been put in after that. */
class DescentTest {
    private static final Set<OpenOption> TO_WRITE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);

    @TempDir
    Path scratch;

    private Path base;
    private Path precious;

    @BeforeEach
    void makeLinksThatLeadOutside() throws IOException {
        Path outside = Files.createDirectories(scratch.resolve("outside/d/e"));
        precious = Files.writeString(outside.resolve("f"), "precious");
        base = Files.createDirectories(scratch.resolve("base"));
        Files.createDirectories(base.resolve("d/e"));
        Files.createSymbolicLink(base.resolve("first"), scratch.resolve("outside"));
        Files.createSymbolicLink(base.resolve("d/middle"), scratch.resolve("outside/d"));
        Files.createSymbolicLink(base.resolve("d/e/last"), precious);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first/d/e/f", "first/d/e/new", "d/middle/e/f", "d/middle/e/new", "d/e/last"})
    void followsNoLinkWhereverItStands(String below) throws IOException {
        FilePlace place = place(below);

        assertThatThrownBy(() -> Descent.open(place, TO_WRITE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Descent.run(place, file -> {
                    Objects.requireNonNull(file.view(PosixFileAttributeView.class))
                            .setPermissions(Set.of(PosixFilePermission.OTHERS_EXECUTE));
                    return true;
                }))
                .isInstanceOf(IOException.class);
        if (!below.endsWith("last")) {
            assertThatThrownBy(() -> Descent.run(place, DescentTest::deleted)).isInstanceOf(IOException.class);
        }

        assertThat(precious).hasContent("precious").matches(file -> !Files.isExecutable(file));
        assertThat(scratch.resolve("outside")).isDirectoryNotContaining("regex:.*new");
        assertThat(precious.resolveSibling("new")).doesNotExist();
    }

    @Test
    void deletesALinkAndNotWhatItLeadsTo() throws IOException {
        Descent.run(place("d/e/last"), DescentTest::deleted);

        assertThat(base.resolve("d/e/last")).doesNotExist();
        assertThat(precious).hasContent("precious");
    }

    @Test
    void opensFilesBelowRealDirectories() throws IOException {
        try (FileChannel file = Descent.open(place("d/e/new"), TO_WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}));
        }

        assertThat(base.resolve("d/e/new")).hasBinaryContent(new byte[] {1});
        assertThatThrownBy(() -> Descent.open(place("d/missing/new"), TO_WRITE))
                .isInstanceOf(NoSuchFileException.class);
    }

    /** Of the user's own choice. */
    @Test
    void theBaseItselfMayBeReachedThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), base);

        Descent.open(FilePlace.of(link, List.of("d", "new")), TO_WRITE).close();

        assertThat(base.resolve("d/new")).isEmptyFile();
    }

    private static boolean deleted(Descent.Named file) throws IOException {
        file.delete();
        return true;
    }

    private FilePlace place(String below) {
        return FilePlace.of(base, List.of(below.split("/")));
    }
}
