package ahti.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.wire.FrameDecoder;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final int BLOCKS = 10;

    private final TestInbox<ByteString> socket = TestInbox.create();
    private final Link link = new Link(socket.getRef());

    @Test
    void wordsOvertakeTheBlocksThatHaveNotLeft() throws ProtocolException {
        queueBlocks();
        link.flush();
        link.queue(new PeerMessage.Have(7));
        link.queue(PeerMessage.Signal.INTERESTED);
        assertThat(batch()).hasSize(4).allMatch(message -> message instanceof PeerMessage.Piece);

        link.sent();

        List<PeerMessage> next = batch();
        assertThat(next).startsWith(new PeerMessage.Have(7), PeerMessage.Signal.INTERESTED);
        assertThat(next.subList(2, next.size())).containsExactly(block(4), block(5), block(6), block(7));
    }

    @Test
    void aChokeVoidsTheBlocksThatHaveNotLeft() throws ProtocolException {
        queueBlocks();
        link.flush();
        long left = link.payloadSent();
        link.dropBlocks(block -> true);
        link.queue(PeerMessage.Signal.CHOKE);
        batch();

        link.sent();

        assertThat(batch()).containsExactly(PeerMessage.Signal.CHOKE);
        assertThat(link.payloadSent()).isEqualTo(left).isEqualTo(4L * BlockRef.MAX_LENGTH);
        link.sent();
        assertThat(link.backlog()).isZero();
    }

    @Test
    void aRequestThatIsTakenBackBeforeItLeftNeverLeaves() throws ProtocolException {
        link.queue(PeerMessage.Signal.INTERESTED);
        link.flush();
        link.queue(new PeerMessage.Request(new BlockRef(1, 0, 100)));
        link.queue(new PeerMessage.Request(new BlockRef(2, 0, 100)));
        assertThat(link.dropRequests(request -> request.piece() == 1)).hasSize(1);
        batch();

        link.sent();

        assertThat(batch()).containsExactly(new PeerMessage.Request(new BlockRef(2, 0, 100)));
        assertThat(link.talkWaiting()).isZero();
    }

    @Test
    void aRequestOnItsWayIsKnownUntilItHasLeftOrIsCancelled() throws ProtocolException {
        BlockRef asked = new BlockRef(1, 0, 100);
        BlockRef cancelled = new BlockRef(2, 0, 100);
        link.queue(new PeerMessage.Request(asked));
        link.queue(new PeerMessage.Request(cancelled));
        link.flush();
        link.queue(new PeerMessage.Cancel(cancelled));

        assertThat(link.isLeaving(asked)).isTrue();
        assertThat(link.isLeaving(cancelled)).isFalse();
        link.sent();
        assertThat(link.isLeaving(asked)).isFalse();
        assertThat(batch()).hasSize(2);
        assertThat(batch()).containsExactly(new PeerMessage.Cancel(cancelled));
    }

    private void queueBlocks() {
        for (int i = 0; i < BLOCKS; i++) {
            link.queue(block(i));
        }
    }

    private static PeerMessage block(int piece) {
        return new PeerMessage.Piece(PeerRig.block(new BlockRef(piece, 0, BlockRef.MAX_LENGTH)));
    }

    private List<PeerMessage> batch() throws ProtocolException {
        return new FrameDecoder(FrameDecoder.maxLength(BLOCKS)).feed(socket.receiveMessage());
    }
}
