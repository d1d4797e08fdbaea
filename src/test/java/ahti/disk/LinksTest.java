package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.disk.SampleTorrent.Part;
import ahti.metainfo.FileEntry;
import ahti.metainfo.FileSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Symbolic links of a torrent (BEP 47): where they lead to, and that they lead nowhere else. */
class LinksTest {
    @TempDir
    Path base;

    private static SampleTorrent with(Part link) {
        return SampleTorrent.of(16, Part.file("root/d/a", 3), Part.file("root/b", 4), link);
    }

    private void prepare(SampleTorrent sample, FileSelection selected) throws DiskException {
        DiskWriter.Settings settings = new DiskWriter.Settings(
                sample.metainfo(),
                base,
                selected,
                Optional.empty(),
                false,
                false,
                DiskWriterFixture.CONFIG,
                new RealFileStore());
        new Placement(settings, new MountGuard(settings), LoggerFactory.getLogger(LinksTest.class)).run();
    }

    @ParameterizedTest
    @CsvSource({
        "root/link, root/d/a, d/a",
        "root/x/y/link, root/d/a, ../../d/a",
        "root/link, root/d, d",
        "root/d/link, root/b, ../b"
    })
    void leadFromTheirOwnDirectoryToSomethingOfTheTorrent(String link, String target, String expected)
            throws IOException, DiskException {
        prepare(with(Part.link(link, target)), FileSelection.all());

        assertThat(Files.readSymbolicLink(base.resolve(link))).isEqualTo(Path.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"root/nothing", "root/../../etc", "etc/passwd", "/etc/passwd", "root/link", "root/d/../b"})
    void areNotMadeWhenTheyLeadAnywhereElse(String target) throws DiskException {
        prepare(with(Part.link("root/link", target)), FileSelection.all());

        assertThat(Files.isSymbolicLink(base.resolve("root/link"))).isFalse();
    }

    @Test
    void leadToTheNameThatAFileHasHere() throws IOException, DiskException {
        FileEntry renamed = new FileEntry(List.of("root", "a_b"), 0, 3, Set.of(), List.of("root", "a/b"));
        FileEntry link = new FileEntry(
                List.of("root", "link"),
                3,
                0,
                Set.of(FileEntry.Attribute.SYMLINK),
                List.of("root", "link"),
                List.of("root", "a/b"));

        assertThat(new Links(List.of(renamed, link)).target(1, base)).hasValue(Path.of("a_b"));
    }

    @Test
    void areMadeOnlyWhenWanted() throws DiskException {
        prepare(with(Part.link("root/link", "root/b")), FileSelection.only(Set.of(0)));

        assertThat(Files.isSymbolicLink(base.resolve("root/link"))).isFalse();
    }

    @Test
    void nothingIsReplacedByALinkAndAnotherRunFindsItAsItWas() throws IOException, DiskException {
        SampleTorrent sample = with(Part.link("root/link", "root/b"));
        Files.createDirectories(base.resolve("root"));
        Files.writeString(base.resolve("root/link"), "mine");
        prepare(sample, FileSelection.all());
        prepare(sample, FileSelection.all());

        assertThat(base.resolve("root/link")).isRegularFile().hasContent("mine");
    }

    @Test
    void goWithTheDataAndNothingElseDoes() throws IOException, DiskException {
        SampleTorrent sample = with(Part.link("root/x/link", "root/b"));
        prepare(sample, FileSelection.all());
        assertThat(base.resolve("root/x/link")).isSymbolicLink();

        assertThat(new DataRemoval(new RealFileStore(), sample.metainfo(), base, Optional.empty()).run())
                .isEmpty();

        assertThat(base.resolve("root")).doesNotExist();
    }

    @Test
    void whatStandsInTheirPlaceIsLeftAlone() throws IOException {
        SampleTorrent sample = with(Part.link("root/x/link", "root/b"));
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        Path inIt = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("anything"));
        Files.createDirectory(base.resolve("root"));
        Path mine = Files.createSymbolicLink(base.resolve("root/x"), elsewhere);

        assertThat(new DataRemoval(new RealFileStore(), sample.metainfo(), base, Optional.empty()).run())
                .isEmpty();

        assertThat(mine).isSymbolicLink();
        assertThat(inIt).isSymbolicLink();
    }

    /** "Aa" and "BB" have one hash, so all names made of them have: a map by hash would compare each with each. */
    @Test
    void namesOfOneHashTakeNoLongerThanOthers() {
        List<FileEntry> files = new ArrayList<>();
        for (int number = 0; number < 200_000; number++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 18; bit++) {
                name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
            }
            files.add(new FileEntry(List.of("root", name.toString()), 0, 0, Set.of()));
        }
        List<String> last = files.get(files.size() - 1).path();
        files.add(new FileEntry(
                List.of("root", "link"), 0, 0, Set.of(FileEntry.Attribute.SYMLINK), List.of("root", "link"), last));

        assertThat(new Links(files).target(files.size() - 1, base)).contains(Path.of(last.get(1)));
    }
}
