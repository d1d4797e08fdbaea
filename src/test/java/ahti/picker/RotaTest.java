package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.ConnectionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is served when. */
class RotaTest {
    private final Rota rota = new Rota();
    private final List<Integer> turns = new ArrayList<>();

    @BeforeEach
    void standInLine() {
        for (int number = 1; number <= 3; number++) {
            rota.enlist(new PickerPeer(new ConnectionId(number), Holdings.none(1), 1));
        }
    }

    @Test
    void goesRoundWhileThereIsSomething() {
        serve(7, Rota.Turn.SOMETHING);

        assertThat(turns).containsExactly(1, 2, 3, 1, 2, 3, 1);
    }

    @Test
    void keepsTheOrderOfThoseThatGotNothing() {
        rota.serve(
                peer -> turn(peer, peer.id().number() == 3 ? Rota.Turn.SOMETHING : Rota.Turn.NOTHING),
                () -> turns.size() < 3);
        turns.clear();

        serve(3, Rota.Turn.SOMETHING);

        assertThat(turns).containsExactly(1, 2, 3);
    }

    @Test
    void refusesNobodyTwiceInOneRound() {
        serve(100, Rota.Turn.NOTHING);

        assertThat(turns).containsExactly(1, 2, 3);
    }

    @Test
    void letsGoWhoHasEnough() {
        serve(100, Rota.Turn.ENOUGH);
        serve(100, Rota.Turn.SOMETHING);

        assertThat(turns).containsExactly(1, 2, 3);
    }

    private void serve(int most, Rota.Turn outcome) {
        int end = turns.size() + most;
        rota.serve(peer -> turn(peer, outcome), () -> turns.size() < end);
    }

    private Rota.Turn turn(PickerPeer peer, Rota.Turn outcome) {
        turns.add(peer.id().number());
        return outcome;
    }
}
