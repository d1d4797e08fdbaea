package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
    @TempDir
    Path scratch;

    @Test
    void filesAreSortedByTheBytesOfTheirNamesAndHiddenOnesCount() throws IOException {
        for (String path : List.of("a.txt", "a/z", "b", "B", ".hidden", "a/.h/x", "\u00e9", "z")) {
            write("root/" + path);
        }

        SourceTree tree = listed(scratch.resolve("root"));

        assertThat(tree.name()).isEqualTo("root");
        assertThat(tree.isSingleFile()).isFalse();
        assertThat(tree.files())
                .extracting(file -> String.join("/", file.names()))
                .containsExactly(".hidden", "B", "a/.h/x", "a/z", "a.txt", "b", "z", "\u00e9");
        assertThat(tree.totalLength()).isEqualTo(8);
    }

    @Test
    void knowsWhichFilesAreExecutable() throws IOException {
        write("root/plain");
        write("root/run");
        Files.setPosixFilePermissions(scratch.resolve("root/run"), PosixFilePermissions.fromString("rwx------"));

        assertThat(listed(scratch.resolve("root")).files())
                .extracting(SourceTree.SourceFile::executable)
                .containsExactly(false, true);
    }

    @Test
    void alignedEveryFileButTheFirstBeginsWithAPiece() throws IOException {
        write("root/a");
        write("root/b");
        Files.write(scratch.resolve("root/c"), new byte[20_000]);
        Files.write(scratch.resolve("root/d"), new byte[0]);
        Files.write(scratch.resolve("root/e"), new byte[16_384]);
        Files.write(scratch.resolve("root/f"), new byte[1]);

        SourceTree aligned = listed(scratch.resolve("root")).aligned(16_384);

        assertThat(aligned.files())
                .extracting(SourceTree.SourceFile::padding)
                .containsExactly(16_383L, 16_383L, 12_768L, 0L, 0L, 0L);
        assertThat(aligned.totalLength()).isEqualTo(5 * 16_384 + 1);
    }

    @Test
    void linksAreLeftOutAndSaid() throws IOException {
        write("root/a");
        write("elsewhere/b");
        Path link = Files.createSymbolicLink(scratch.resolve("root/link"), scratch.resolve("elsewhere"));
        Path dangling = Files.createSymbolicLink(scratch.resolve("root/nowhere"), scratch.resolve("nothing"));

        SourceTree tree = listed(scratch.resolve("root"));

        assertThat(tree.files()).hasSize(1);
        assertThat(tree.skipped())
                .containsExactlyInAnyOrder(
                        new SourceTree.Skipped(link, "a symbolic link"),
                        new SourceTree.Skipped(dangling, "a symbolic link"));
    }

    @Test
    void aPathThatIsALinkIsFollowedAndKeepsItsName() throws IOException {
        write("root/a");
        Path link = Files.createSymbolicLink(scratch.resolve("nice name"), scratch.resolve("root"));
        Path single = Files.createSymbolicLink(scratch.resolve("nice file"), scratch.resolve("root/a"));

        assertThat(listed(link).name()).isEqualTo("nice name");
        assertThat(listed(single).name()).isEqualTo("nice file");
        assertThat(listed(single).isSingleFile()).isTrue();
        assertThat(listed(single).files())
                .extracting(SourceTree.SourceFile::names)
                .containsExactly(List.of("nice file"));
    }

    @Test
    void aDirectoryWithoutFilesIsRefused() throws IOException {
        Files.createDirectories(scratch.resolve("root/only/directories"));

        assertThat(SourceTree.list(scratch.resolve("root"), Limits.DEFAULT)).isInstanceOf(SourceTree.Refused.class);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        Path nothing = scratch.resolve("nothing");

        assertThat(SourceTree.list(nothing, Limits.DEFAULT)).isEqualTo(new SourceTree.NotFound(nothing));
    }

    @Test
    void tooManyFilesAndTooDeepDirectoriesAreRefused() throws IOException {
        write("many/1");
        write("many/2");
        write("deep/1/2/3/x");
        Limits few = new Limits(1, 1, 1, 1, 1, 1, 3, 1, 1, 1);

        assertThat(SourceTree.list(scratch.resolve("many"), few)).isInstanceOf(SourceTree.Refused.class);
        assertThat(SourceTree.list(scratch.resolve("deep"), few)).isInstanceOf(SourceTree.Refused.class);
    }

    private void write(String path) throws IOException {
        Path file = scratch.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1]);
    }

    private static SourceTree listed(Path path) {
        SourceTree.Listing listing = SourceTree.list(path, Limits.DEFAULT);
        assertThat(listing).isInstanceOf(SourceTree.Listed.class);
        return ((SourceTree.Listed) listing).tree();
    }
}
