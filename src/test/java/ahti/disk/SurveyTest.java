package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.disk.SampleTorrent.Part;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurveyTest {
    /** Pieces of 16: 0 in a, 1 in a and b, 2 in b. */
    private final SampleTorrent torrent = SampleTorrent.of(16, Part.file("sample/a", 24), Part.file("sample/b", 24));

    @Test
    void aPieceIsASuspectAsSoonAsItsFilesAreLongEnough() {
        assertThat(suspects(Map.of(0, file(15)))).isEqualTo("");
        assertThat(suspects(Map.of(0, file(16)))).isEqualTo("0");
        assertThat(suspects(Map.of(0, file(24), 1, file(7)))).isEqualTo("0");
        assertThat(suspects(Map.of(0, file(24), 1, file(8)))).isEqualTo("01");
        assertThat(suspects(Map.of(1, file(24)))).isEqualTo("2");
    }

    @Test
    void aRecordIsNotBelievedForBytesThatAFileDoesNotHave() {
        Map<Integer, FileState> found = Map.of(0, file(24), 1, file(23));
        ResumeRecord record = new ResumeRecord(torrent.metainfo().infoHash(), Bitfield.all(3), found);
        Survey survey = new Survey(torrent.metainfo().layout(), FileLayout.whole(torrent.metainfo(), base()), found);

        assertThat(digits(survey.trusted(record))).isEqualTo("01");
        assertThat(digits(survey.suspects(survey.trusted(record)))).isEqualTo("");
    }

    @Test
    void theHolesOfThePartFileAreNoSuspects() {
        BitSet onlyA = new BitSet();
        onlyA.set(0);
        FileLayout layout = new FileLayout(
                torrent.metainfo(), base(), onlyA, PartFile.place(torrent.metainfo(), base(), Optional.empty()));
        Map<Integer, FileState> found = Map.of(0, file(24), layout.partSlot(), file(48));

        assertThat(digits(new Survey(torrent.metainfo().layout(), layout, found).suspects(Bitfield.none(3))))
                .isEqualTo("01");
    }

    private String suspects(Map<Integer, FileState> found) {
        FileLayout layout = FileLayout.whole(torrent.metainfo(), base());
        return digits(new Survey(torrent.metainfo().layout(), layout, found).suspects(Bitfield.none(3)));
    }

    private static Path base() {
        return Path.of("/downloads");
    }

    private static FileState file(long size) {
        return new FileState(size, Instant.EPOCH);
    }

    private static String digits(Bitfield pieces) {
        StringBuilder digits = new StringBuilder();
        for (int piece = 0; piece < pieces.size(); piece++) {
            digits.append(pieces.get(piece) ? String.valueOf(piece) : "");
        }
        return digits.toString();
    }
}
