package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.DhtStatus;
import ahti.picker.PiecePicker;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final PiecePicker.Memory FREE = new PiecePicker.Memory(1, 0, 16, 64, false);
    private static final PiecePicker.Memory SPENT = new PiecePicker.Memory(1, 3, 64, 64, true);
    private static final Optional<DhtStatus> NO_DHT = Optional.empty();
    private static final Waiting.Trackers WELL = new Waiting.Trackers(true, true, Optional.empty());

    @Test
    void nothingIsWaitedForWhileSomethingComes() {
        assertThat(Waiting.reason(peers(1, 0, 0, 0, 0))).isEmpty();
    }

    @Test
    void peersThatAreThereMayChokeOrHaveNothingOrKeepUsWaiting() {
        assertThat(Waiting.reason(peers(0, 12, 12, 0, 0))).contains(new WaitReason.AllChoking(12));
        assertThat(Waiting.reason(peers(0, 3, 0, 0, 2))).contains(new WaitReason.NowhereInSwarm(2));
        assertThat(Waiting.reason(peers(0, 1, 0, 0, 0))).contains(new WaitReason.NothingWanted(1));
        assertThat(Waiting.reason(peers(0, 2, 2, 1, 0))).contains(new WaitReason.Awaiting(1));
    }

    @Test
    void aSpentBudgetIsTheReasonOnlyWhenNobodyOwesUsAnything() {
        assertThat(Waiting.reason(asked(0, SPENT))).contains(new WaitReason.BudgetSpent(4, 64, 64));
        assertThat(Waiting.reason(asked(1, SPENT))).contains(new WaitReason.Awaiting(2));
        assertThat(Waiting.reason(asked(0, FREE))).contains(new WaitReason.Awaiting(2));
    }

    @Test
    void withoutPeersItIsTheDialsOrTheTrackers() {
        assertThat(Waiting.reason(alone(2, 5, WELL))).contains(new WaitReason.Connecting(2));
        assertThat(Waiting.reason(alone(0, 5, WELL))).contains(new WaitReason.Unreachable(5));
        assertThat(Waiting.reason(alone(0, 0, WELL))).contains(new WaitReason.NoPeersKnown());
        assertThat(Waiting.reason(alone(0, 0, new Waiting.Trackers(true, false, Optional.empty()))))
                .contains(new WaitReason.TrackersPending());
        assertThat(Waiting.reason(alone(0, 0, new Waiting.Trackers(false, false, Optional.empty()))))
                .contains(new WaitReason.NobodyToAsk());
        assertThat(Waiting.reason(alone(0, 0, new Waiting.Trackers(true, true, Optional.of("go away")))))
                .contains(new WaitReason.TrackersFailing("go away"));
    }

    private static Waiting.Facts peers(long rate, int connected, int interesting, int unchoked, int unavailable) {
        return new Waiting.Facts(
                rate, connected, 0, connected, interesting, unchoked, 1, unavailable, FREE, WELL, NO_DHT);
    }

    private static Waiting.Facts asked(int owed, PiecePicker.Memory memory) {
        return new Waiting.Facts(0, 2, 0, 2, 2, 2, owed, 0, memory, WELL, NO_DHT);
    }

    @Test
    void withoutATrackerItIsTheDht() {
        Waiting.Trackers none = new Waiting.Trackers(false, false, Optional.empty());
        assertThat(Waiting.reason(alone(none, dht(0, 0, "")))).contains(new WaitReason.DhtPending(0));
        assertThat(Waiting.reason(alone(none, dht(7, 0, "")))).contains(new WaitReason.DhtPending(7));
        assertThat(Waiting.reason(alone(none, dht(7, 1, "")))).contains(new WaitReason.NobodyInDht(7));
        assertThat(Waiting.reason(alone(none, dht(0, 0, "no DHT node answers"))))
                .contains(new WaitReason.DhtFailing("no DHT node answers"));
    }

    @Test
    void besideATrackerTheDhtIsTheReasonOnlyWhileItMayHelp() {
        Waiting.Trackers pending = new Waiting.Trackers(true, false, Optional.empty());
        Waiting.Trackers failing = new Waiting.Trackers(true, true, Optional.of("go away"));
        assertThat(Waiting.reason(alone(pending, dht(7, 0, "")))).contains(new WaitReason.TrackersPending());
        assertThat(Waiting.reason(alone(failing, dht(7, 0, "")))).contains(new WaitReason.DhtPending(7));
        assertThat(Waiting.reason(alone(failing, dht(7, 1, "")))).contains(new WaitReason.TrackersFailing("go away"));
        assertThat(Waiting.reason(alone(WELL, dht(0, 0, "no DHT")))).contains(new WaitReason.NoPeersKnown());
    }

    private static Optional<DhtStatus> dht(int nodes, int searches, String problem) {
        return Optional.of(new DhtStatus(
                nodes, searches, 0, 0, Duration.ZERO, problem.isEmpty() ? Optional.empty() : Optional.of(problem)));
    }

    private static Waiting.Facts alone(int connecting, int known, Waiting.Trackers trackers) {
        return new Waiting.Facts(0, 0, connecting, known, 0, 0, 0, 0, FREE, trackers, NO_DHT);
    }

    private static Waiting.Facts alone(Waiting.Trackers trackers, Optional<DhtStatus> dht) {
        return new Waiting.Facts(0, 0, 0, 0, 0, 0, 0, 0, FREE, trackers, dht);
    }
}
