package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.peer.PeerSample;
import ahti.peer.PeerSample.Asking;
import ahti.picker.PiecePicker;
import ahti.picker.PiecePicker.PeerPicks;
import ahti.torrent.why.SilenceReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a peer gives us nothing. */
class SilenceTest {
    private static final PeerPicks WANTED = new PeerPicks(5, 3, List.of());
    private static final PiecePicker.Memory FREE = new PiecePicker.Memory(1, 0, 16, 64, false);
    private static final PiecePicker.Memory SPENT = new PiecePicker.Memory(1, 3, 64, 64, true);

    @Test
    void thereIsNoneWhileSomethingComes() {
        assertThat(reason(sample(true, false, 1, 1, asking(16, false)), WANTED, FREE))
                .isEmpty();
    }

    @Test
    void itHasNothingThatWeWant() {
        assertThat(reason(sample(false, true, 0, 0, asking(0, false)), WANTED, FREE))
                .contains(new SilenceReason.NothingWanted(7));
        assertThat(reason(sample(true, false, 0, 0, asking(4, false)), PeerPicks.NONE, FREE))
                .contains(new SilenceReason.NothingWanted(7));
    }

    @Test
    void itChokesUsSinceItSaidSoOrSinceItIsHere() {
        assertThat(reason(sample(true, true, 0, 0, asking(0, false)), WANTED, FREE))
                .contains(new SilenceReason.ChokesUs(Duration.ofSeconds(60)));
        assertThat(reason(sample(true, true, 0, 0, new Asking(0, false, 0, 0)), WANTED, FREE))
                .contains(new SilenceReason.ChokesUs(Duration.ofSeconds(90)));
    }

    @Test
    void itOwesUsBlocksOrLetThemTimeOut() {
        assertThat(reason(sample(true, false, 16, 0, asking(16, false)), WANTED, FREE))
                .contains(new SilenceReason.Owes(16, 16, Duration.ofSeconds(40)));
        assertThat(reason(sample(true, false, 1, 0, asking(1, true)), WANTED, FREE))
                .contains(new SilenceReason.Snubs(Duration.ofSeconds(40)));
    }

    @Test
    void itIsLeftAloneAlthoughItLetsUsAsk() {
        assertThat(reason(sample(true, false, 0, 0, asking(0, false)), WANTED, FREE))
                .contains(new SilenceReason.Refuses());
    }

    @Test
    void nothingCanBeAskedOfIt() {
        assertThat(reason(sample(true, false, 0, 0, asking(4, false)), WANTED, SPENT))
                .contains(new SilenceReason.BudgetSpent(4, 64, 64));
        assertThat(reason(sample(true, false, 0, 0, asking(4, false)), new PeerPicks(5, 0, List.of()), SPENT))
                .contains(new SilenceReason.AllAsked(5));
        assertThat(reason(sample(true, false, 0, 0, asking(4, false)), WANTED, FREE))
                .contains(new SilenceReason.AllAsked(5));
    }

    private static Optional<SilenceReason> reason(PeerSample sample, PeerPicks picks, PiecePicker.Memory memory) {
        return Silence.reason(sample, picks, memory, seconds(10), seconds(100));
    }

    private static PeerSample sample(boolean interested, boolean choking, int owed, long rate, Asking asking) {
        return new PeerSample(true, interested, choking, false, 7, owed, 0, 0, rate, 0, 0, asking);
    }

    private static Asking asking(int window, boolean snubbed) {
        return new Asking(window, snubbed, seconds(40), seconds(60));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
