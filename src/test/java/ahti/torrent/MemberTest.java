package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.ConnectionId;
import ahti.peer.PeerConnection;
import ahti.peer.PeerSample;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who makes room when all slots are taken and somebody else knocks. */
class MemberTest {
    private static final long LATER = Duration.ofSeconds(5).toNanos();

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @Test
    void whoCameAndWantsNothingIsIdleAfterAWhile() {
        Member member = member(true);

        assertThat(member.isIdle(LATER - 1)).isFalse();
        assertThat(member.isIdle(LATER)).isTrue();
    }

    @Test
    void whomWeDialledIsNotIdle() {
        assertThat(member(false).isIdle(LATER)).isFalse();
    }

    @Test
    void whoWantsOrGaveSomethingIsNotIdle() {
        Member interested = member(true);
        interested.sample = new PeerSample(true, false, true, true, 0, 0, 0, 0, 0, 0, 0, PeerSample.Asking.BEGINNING);
        Member useful = member(true);
        useful.sample = new PeerSample(true, false, true, false, 0, 0, 16_384, 0, 0, 0, 0, PeerSample.Asking.BEGINNING);

        assertThat(interested.isIdle(LATER)).isFalse();
        assertThat(useful.isIdle(LATER)).isFalse();
    }

    @Test
    void isOfNoUseWhenNothingFlowsForAMinute() {
        long minute = Duration.ofMinutes(1).toNanos();
        Member quiet = member(false);
        assertThat(quiet.isOfNoUse(minute - 1)).isFalse();
        assertThat(quiet.isOfNoUse(minute)).isTrue();
        Member gave = member(false);
        gave.sample = new PeerSample(
                true, true, true, true, 0, 0, 16_384, 0, 0, 0, 0, new PeerSample.Asking(0, false, 0, minute));
        assertThat(gave.isOfNoUse(2 * minute - 1)).isFalse();
        assertThat(gave.isOfNoUse(2 * minute)).isTrue();
        Member takes = member(false);
        takes.sample = new PeerSample(false, false, true, true, 0, 0, 0, 1, 0, 1, 0, PeerSample.Asking.BEGINNING);
        assertThat(takes.isOfNoUse(2 * minute)).isFalse();
    }

    private Member member(boolean incoming) {
        return new Member(
                new PeerConnection.Greeted(
                        new ConnectionId(1),
                        kit.<PeerConnection.Command>probe().ref(),
                        TorrentRig.peerId(1),
                        new InetSocketAddress("10.0.0.1", 1),
                        incoming),
                0);
    }
}
