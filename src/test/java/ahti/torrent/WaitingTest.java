package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {

    @Test
    void nothingIsWaitedForWhileSomethingComes() {
        assertThat(Waiting.reason(facts(1, 0, 0, 0, 0, 0, 0, true))).isEmpty();
    }

    @Test
    void saysWhatStandsInTheWay() {
        assertThat(Waiting.reason(facts(0, 12, 0, 12, 12, 0, 0, true))).contains("12 peers, all choking us");
        assertThat(Waiting.reason(facts(0, 3, 0, 3, 0, 0, 2, true))).contains("2 pieces exist nowhere in the swarm");
        assertThat(Waiting.reason(facts(0, 3, 0, 3, 0, 0, 1, true))).contains("1 piece exists nowhere in the swarm");
        assertThat(Waiting.reason(facts(0, 1, 0, 1, 0, 0, 0, true))).contains("1 peer, none has anything we want");
        assertThat(Waiting.reason(facts(0, 2, 0, 2, 2, 1, 0, true))).contains("1 peer asked, nothing has come yet");
        assertThat(Waiting.reason(facts(0, 0, 2, 5, 0, 0, 0, true))).contains("connecting to 2 peers");
        assertThat(Waiting.reason(facts(0, 0, 0, 5, 0, 0, 0, true)))
                .contains("none of 5 known peers can be reached; trying again");
        assertThat(Waiting.reason(facts(0, 0, 0, 0, 0, 0, 0, true))).contains("no peers yet: the tracker knows none");
        assertThat(Waiting.reason(facts(0, 0, 0, 0, 0, 0, 0, false)))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("--tracker").contains("--peer"));
    }

    @Test
    void aFailingTrackerIsNamedWhenThereAreNoPeers() {
        Waiting.Facts facts = new Waiting.Facts(0, 0, 0, 0, 0, 0, 0, Optional.of("tracker says: go away"), true);

        assertThat(Waiting.reason(facts)).contains("no peers: tracker says: go away");
    }

    private static Waiting.Facts facts(
            long rate,
            int connected,
            int connecting,
            int known,
            int interesting,
            int unchoked,
            int unavailable,
            boolean anyTracker) {
        return new Waiting.Facts(
                rate, connected, connecting, known, interesting, unchoked, unavailable, Optional.empty(), anyTracker);
    }
}
