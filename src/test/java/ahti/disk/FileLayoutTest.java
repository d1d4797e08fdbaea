package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.disk.ByteMap.Run;
import ahti.disk.SampleTorrent.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileLayoutTest {
    private static final Path BASE = Path.of("/downloads");

    private final SampleTorrent torrent = SampleTorrent.of(
            16,
            Part.file("sample/a", 10),
            Part.file("sample/empty", 0),
            Part.pad(6),
            Part.file("sample/b", 5),
            Part.file("sample/c", 5),
            Part.file("sample/d", 30));

    @Test
    void aRunIsInAsManyFilesAsItTouches() {
        FileLayout layout = FileLayout.whole(torrent.metainfo(), BASE);

        assertThat(layout.runs(8, 24))
                .containsExactly(
                        new Run(0, 8, 2),
                        new Run(ByteMap.ZEROS, 10, 6),
                        new Run(3, 0, 5),
                        new Run(4, 0, 5),
                        new Run(5, 0, 6));
        assertThat(layout.runs(10, 0)).isEmpty();
        assertThat(layout.needsPart()).isFalse();
        assertThatThrownBy(() -> layout.runs(50, 7)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void neighboursThatWereNotSelectedAreOneRunOfThePartFile() {
        BitSet visible = new BitSet();
        visible.set(5);
        FileLayout layout = new FileLayout(
                torrent.metainfo(), BASE, visible, PartFile.place(torrent.metainfo(), BASE, Optional.empty()));

        assertThat(layout.runs(16, 16)).containsExactly(new Run(layout.partSlot(), 16, 10), new Run(5, 0, 6));
        assertThat(layout.needsPart()).isTrue();
    }

    @Test
    void thePartFileIsHiddenInTheBaseAndItsNameIsNeverTooLong() {
        SampleTorrent longName = SampleTorrent.of(16, Part.file("\u00e4".repeat(120), 1));
        FileLayout layout = FileLayout.whole(longName.metainfo(), BASE);

        String name = layout.place(layout.partSlot()).below().toString();

        assertThat(name)
                .startsWith(".\u00e4")
                .endsWith("." + longName.metainfo().infoHash().hex().substring(0, 8) + ".ahti-part");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThan(130);
        assertThat(layout.place(layout.partSlot()).base()).isEqualTo(BASE);
    }
}
