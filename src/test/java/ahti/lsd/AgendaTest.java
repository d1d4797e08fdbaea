package ahti.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final InfoHash A = InfoHash.v1(new byte[20]);
    private static final InfoHash B = InfoHash.parse("01".repeat(20));
    private static final InfoHash C = InfoHash.parse("02".repeat(20));
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** The clock may begin anywhere. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final Agenda agenda = new Agenda(Duration.ofMinutes(5), Duration.ofMinutes(1));

    private static long at(int seconds) {
        return START + seconds * SECOND;
    }

    private long wait(int seconds) {
        return agenda.next(at(seconds)).orElseThrow() / SECOND;
    }

    @Test
    void announcesWhatCameTogetherTogether() {
        assertThat(agenda.next(at(0))).isEmpty();
        agenda.add(A, at(0));
        agenda.add(B, at(0));

        assertThat(wait(0)).isEqualTo(1);
        assertThat(agenda.take(24, at(1))).containsExactly(A, B);
        assertThat(wait(1)).isEqualTo(300);
    }

    @Test
    void waitsAMinuteBetweenTwoAnnounces() {
        agenda.add(A, at(0));
        agenda.take(24, at(1));
        agenda.add(B, at(10));

        assertThat(wait(11)).isEqualTo(50);
        assertThat(agenda.take(24, at(61))).containsExactly(B, A);
        assertThat(wait(61)).isEqualTo(300);
    }

    @Test
    void givesEachItsTurnWhenNotAllFit() {
        List.of(A, B, C).forEach(each -> agenda.add(each, at(0)));

        assertThat(agenda.take(2, at(1))).containsExactly(A, B);
        assertThat(wait(1)).isEqualTo(60);
        assertThat(agenda.take(2, at(61))).containsExactly(C, A);
        assertThat(wait(61)).isEqualTo(240);
        assertThat(agenda.take(2, at(301))).containsExactly(B, A);
    }

    @Test
    void hasNothingToSayWhenAllHaveLeft() {
        agenda.add(A, at(0));
        agenda.remove(A);

        assertThat(agenda.next(at(5))).isEmpty();
    }
}
