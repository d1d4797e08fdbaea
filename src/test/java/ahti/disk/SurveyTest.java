package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import ahti.disk.SampleTorrent.Part;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
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
        Survey survey = survey(found, record("012", "", found));

        assertThat(digits(survey.trusted())).isEqualTo("01");
        assertThat(digits(survey.suspects(survey.trusted()))).isEqualTo("");
    }

    @Test
    void onlyWhatWasWrittenAfterTheLastForceIsASuspectInFilesThatAreAsTheyWereLeft() {
        Map<Integer, FileState> found = Map.of(0, file(24), 1, file(24));
        Survey survey = survey(found, record("0", "2", found));

        assertThat(digits(survey.trusted())).isEqualTo("0");
        assertThat(digits(survey.suspects(survey.trusted())))
                .as("1 was never stored")
                .isEqualTo("2");
    }

    @Test
    void inAFileThatIsAnotherThanItWasLeftEverythingIsASuspect() {
        Map<Integer, FileState> found = Map.of(0, file(24), 1, file(24));
        for (FileState then : List.of(
                file(23),
                new FileState(24, Instant.EPOCH.plusNanos(1)),
                new FileState(24, Instant.EPOCH, Instant.EPOCH.plusNanos(1)))) {
            Survey survey = survey(found, record("0", "", Map.of(0, file(24), 1, then)));

            assertThat(digits(survey.trusted())).isEqualTo("0");
            assertThat(digits(survey.suspects(survey.trusted()))).isEqualTo("12");
        }
    }

    @Test
    void whoeverSaysSoDoesWithoutTheTimeOfChange() {
        Map<Integer, FileState> found = Map.of(0, file(24), 1, file(24));
        FileState linked = new FileState(24, Instant.EPOCH, Instant.EPOCH.plusNanos(1));
        Survey survey = new Survey(
                torrent.metainfo().layout(),
                FileLayout.whole(torrent.metainfo(), base()),
                found,
                Optional.of(record("012", "", Map.of(0, linked, 1, linked))),
                false);

        assertThat(digits(survey.trusted())).isEqualTo("012");
    }

    private ResumeRecord record(String forced, String since, Map<Integer, FileState> files) {
        return new ResumeRecord(torrent.metainfo().infoHash(), pieces(forced), pieces(since), files);
    }

    private static Bitfield pieces(String digits) {
        PieceSet pieces = new PieceSet(3);
        digits.chars().forEach(digit -> pieces.add(digit - '0'));
        return pieces.toBitfield();
    }

    private Survey survey(Map<Integer, FileState> found, ResumeRecord record) {
        return new Survey(
                torrent.metainfo().layout(),
                FileLayout.whole(torrent.metainfo(), base()),
                found,
                Optional.of(record),
                true);
    }

    @Test
    void theHolesOfThePartFileAreNoSuspects() {
        BitSet onlyA = new BitSet();
        onlyA.set(0);
        FileLayout layout = new FileLayout(
                torrent.metainfo(), base(), onlyA, PartFile.place(torrent.metainfo(), base(), Optional.empty()));
        Map<Integer, FileState> found = Map.of(0, file(24), layout.partSlot(), file(48));

        assertThat(digits(new Survey(torrent.metainfo().layout(), layout, found, Optional.empty(), true)
                        .suspects(Bitfield.none(3))))
                .isEqualTo("01");
    }

    private String suspects(Map<Integer, FileState> found) {
        FileLayout layout = FileLayout.whole(torrent.metainfo(), base());
        return digits(new Survey(torrent.metainfo().layout(), layout, found, Optional.empty(), true)
                .suspects(Bitfield.none(3)));
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
