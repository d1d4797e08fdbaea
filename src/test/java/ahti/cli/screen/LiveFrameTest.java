package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.torrent.PieceMap;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.why.WaitReason;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveFrameTest {
    private static final Paint PLAIN = new Paint(false, true);
    private static final long MIB = 1 << 20;

    @Test
    void showsADownloadInFourLines() {
        int cells = LiveFrame.cells(120);
        PieceMap map = new PieceMap(half(cells, 1.0, 0.0), Collections.nCopies(cells, 0), half(cells, 4, 0));

        List<String> lines = draw(Statuses.downloading().map(map).now(), 0, 120);

        assertThat(lines)
                .containsExactly(
                        "debian-12.11.0-amd64-netinst.iso" + " ".repeat(27)
                                + "   670.0 MiB   ↓ 41.2 MiB/s  ↑ 1.1 MiB/s   62.3 %   6 s left",
                        "[" + "█".repeat(cells / 2) + " ".repeat(cells / 2) + "] pieces 1672/2680 (+34 in flight)",
                        "[" + "█".repeat(cells / 2) + "!".repeat(cells / 2) + "] copies min 0 (!) · avg 3.1",
                        " " + " ".repeat(14) + "█ 60 s   peers 38 (14 feeding, 9 fed) of 212 known · tracker ok 27:10");
    }

    @Test
    void leavesOutWhatMattersLeastWhereThereIsLittleRoom() {
        TorrentStatus status = Statuses.downloading().named("x.iso").now();

        assertThat(draw(status, 0, 64).get(0))
                .endsWith("x.iso             ↓ 41.2 MiB/s  ↑ 1.1 MiB/s   62.3 %   6 s left");
        assertThat(draw(status, 0, 46).get(0)).matches("x\\.iso +↓ 41\\.2 MiB/s   62\\.3 %   6 s left");
        assertThat(draw(status, 0, 30).get(0)).matches("x\\.iso +62\\.3 %   6 s left");
    }

    @Test
    void saysWhyNothingComes() {
        TorrentStatus stalled =
                Statuses.downloading().waiting(new WaitReason.AllChoking(12)).now();

        assertThat(draw(stalled, 0, 120).get(3))
                .isEqualTo(" waiting: 12 peers, all choking us · peers 38 (14 feeding, 9 fed) of 212 known"
                        + " · tracker ok 27:10");
    }

    @Test
    void showsTheRateOfChecking() {
        TorrentStatus checking = Statuses.downloading().checked(223 * MIB).now();

        assertThat(draw(checking, 412 * MIB, 100).get(0)).endsWith("checking existing data 412.0 MiB/s   33.2 %");
    }

    @Test
    void namesATrackersFailureAndTheLackOfPeers() {
        TorrentStatus status = Statuses.downloading()
                .trackerFailing("no such torrent")
                .connected(0)
                .now();

        List<String> lines = draw(status, 0, 120);
        assertThat(lines.get(3)).endsWith(" · tracker: no such torrent");
        assertThat(lines.get(2)).endsWith("copies none: no peers");
    }

    @Test
    void usesAsciiWhereTheLocaleHasNothingElse() {
        PieceMap map = new PieceMap(List.of(0.5, 1.0), List.of(1, 0), List.of(1, 2));
        TorrentStatus status = Statuses.downloading().map(map).now();

        List<String> lines = LiveFrame.draw(status, 0, history(status), 120, new Paint(false, false), Key.HINT);

        assertThat(String.join("", lines)).matches("\\p{ASCII}*");
    }

    @Seeds(300)
    void isNeverAsWideAsTheTerminal(long seed) {
        Random random = new Random(seed);
        int columns = 21 + random.nextInt(200);
        int cells = random.nextInt(300);
        TorrentState[] states = TorrentState.values();
        Statuses status = Statuses.downloading()
                .named("漢字e\u0301\u001b[2J\n\u202e😀".repeat(random.nextInt(30)))
                .in(states[random.nextInt(states.length)])
                .map(new PieceMap(
                        Collections.nCopies(cells, random.nextDouble()),
                        Collections.nCopies(cells, random.nextInt(2)),
                        Collections.nCopies(cells, random.nextInt(3))));
        if (random.nextBoolean()) {
            status.waiting(new WaitReason.TrackersFailing("漢字".repeat(random.nextInt(200))));
        }

        assertThat(draw(status.now(), random.nextLong(1L << 50), columns))
                .hasSize(4)
                .allSatisfy(line -> {
                    assertThat(Columns.width(line)).isLessThan(columns);
                    assertThat(line).doesNotContainPattern("\\p{Cntrl}");
                });
    }

    private static List<String> draw(TorrentStatus status, long checkRate, int columns) {
        return LiveFrame.draw(status, checkRate, history(status), columns, PLAIN, "");
    }

    private static Sparkline history(TorrentStatus status) {
        Sparkline history = new Sparkline();
        history.add(status.downRate(), 0);
        return history;
    }

    private static <T> List<T> half(int cells, T first, T second) {
        return Stream.concat(
                        Collections.nCopies(cells / 2, first).stream(), Collections.nCopies(cells / 2, second).stream())
                .toList();
    }
}
