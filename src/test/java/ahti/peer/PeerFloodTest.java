package ahti.peer;

import static ahti.peer.PeerRig.b;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.Bitfield;
import ahti.peer.PeerConnection.Parting;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import java.util.Collections;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that are lawful one by one, and too many: the connection ends before they cost the others anything. */
class PeerFloodTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private PeerRig rig;

    @BeforeEach
    void rig() {
        rig = new PeerRig(kit);
    }

    static PeerMessage[] idle() {
        return new PeerMessage[] {
            Signal.UNCHOKE,
            Signal.CHOKE,
            Signal.INTERESTED,
            new PeerMessage.Have(1),
            PeerMessage.BitfieldBytes.of(Bitfield.none(4)),
            new PeerMessage.Request(b(0, 0)),
            new PeerMessage.Cancel(b(0, 0)),
            PeerMessage.KeepAlive.INSTANCE
        };
    }

    @ParameterizedTest
    @MethodSource("idle")
    void aFloodOfItEndsTheConnection(PeerMessage message) {
        rig.open(Bitfield.none(4));

        rig.sends(Collections.nCopies(5_100, message).toArray(PeerMessage[]::new));

        PeerConnection.Left left = rig.left();
        assertThat(left.parting()).isEqualTo(Parting.BROKE_RULE);
        assertThat(left.reason()).contains("flood");
    }

    @Test
    void whatIsSpreadOverTimeIsForgiven() {
        rig.open(Bitfield.none(4));

        for (int second = 0; second < 20; second++) {
            rig.sends(Collections.nCopies(400, Signal.INTERESTED).toArray(PeerMessage[]::new));
            rig.sampleWhere(PeerSample::peerInterested);
            rig.sends(Signal.NOT_INTERESTED);
            rig.sampleWhere(sample -> !sample.peerInterested());
            kit.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void blocksThatNobodyAskedForEndTheConnection() {
        rig.open(Bitfield.none(4));
        rig.sends(Signal.UNCHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);

        for (int i = 0; i < 20; i++) {
            rig.sendsBlock(b(i % 4, 0));
        }

        PeerConnection.Left left = rig.left();
        assertThat(left.parting()).isEqualTo(Parting.BROKE_RULE);
        assertThat(left.reason()).contains("nobody asked for");
    }

    /** Each of these is answered with a reject, which nobody takes. */
    @Test
    void whoAsksAndDoesNotListenLosesOurPatienceSooner() {
        rig = new PeerRig(kit, true);
        rig.dial(Bitfield.none(4));
        rig.expectsHandshake();
        rig.sendsHandshake(PeerRig.OFFERED);
        rig.owner.expectMessageClass(PeerConnection.Greeted.class);

        rig.sends(Collections.nCopies(2_700, new PeerMessage.Request(b(0, 0))).toArray(PeerMessage[]::new));

        assertThat(rig.left().reason()).contains("ahti.peer.idle-messages");
    }

    @Test
    void whoAsksAndListensIsBorneWithLonger() {
        rig.open(Bitfield.none(4));

        rig.sends(Collections.nCopies(2_700, new PeerMessage.Request(b(0, 0))).toArray(PeerMessage[]::new));
        rig.sends(Signal.INTERESTED);

        rig.sampleWhere(PeerSample::peerInterested);
    }

    /** Granted and taken back: neither a block nor an end to it. */
    @Test
    void toAskAndToTakeItBackAgainAndAgainEndsTheConnection() {
        ActorRef<PeerConnection.Command> peer = rig.open(Bitfield.all(4));
        rig.sends(Signal.INTERESTED);
        peer.tell(new PeerConnection.SetChoke(false));

        for (int round = 0; round < 60; round++) {
            PeerMessage[] both = new PeerMessage[200];
            for (int i = 0; i < both.length; i += 2) {
                both[i] = new PeerMessage.Request(b(0, 0));
                both[i + 1] = new PeerMessage.Cancel(b(0, 0));
            }
            rig.sends(both);
        }

        assertThat(rig.left().reason()).contains("ahti.peer.idle-messages");
    }
}
