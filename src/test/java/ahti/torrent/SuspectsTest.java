package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class SuspectsTest {
    private static final InetSocketAddress LIAR = new InetSocketAddress("10.0.0.1", 1);
    private static final InetSocketAddress HONEST = new InetSocketAddress("10.0.0.2", 1);
    private static final ByteString RIGHT = ByteString.fromString("right");
    private static final ByteString WRONG = ByteString.fromString("wrong");
    private static final ByteString WORSE = ByteString.fromString("worse");

    private final Suspects<InetSocketAddress> suspects = new Suspects<>();

    @Test
    void whoSentAllOfAWrongPieceLied() {
        assertThat(suspects.corrupt(0, List.of(RIGHT, WRONG), List.of(LIAR, LIAR)))
                .containsExactly(LIAR);
    }

    @Test
    void nobodyIsBlamedForItsCompanyHoweverOften() {
        for (int piece = 0; piece < 100; piece++) {
            assertThat(suspects.corrupt(piece, List.of(RIGHT, WRONG), List.of(HONEST, LIAR)))
                    .isEmpty();
        }
    }

    @Test
    void theRightPieceShowsWhoLied() {
        suspects.corrupt(0, List.of(RIGHT, WRONG), List.of(HONEST, LIAR));

        assertThat(suspects.verified(0, List.of(RIGHT, RIGHT))).containsExactly(LIAR);
        assertThat(suspects.verified(0, List.of(RIGHT, RIGHT))).isEmpty();
    }

    @Test
    void whoSendsOneBlockInTwoVersionsLied() {
        suspects.corrupt(0, List.of(RIGHT, WRONG), List.of(HONEST, LIAR));

        assertThat(suspects.corrupt(0, List.of(RIGHT, WORSE), List.of(HONEST, LIAR)))
                .containsExactly(LIAR);
    }

    @Test
    void whatIsRememberedIsBounded() {
        List<ByteString> blocks = Collections.nCopies(1_000, WRONG);
        List<InetSocketAddress> senders = new ArrayList<>(Collections.nCopies(1_000, HONEST));
        senders.set(0, LIAR);
        for (int piece = 0; piece < 21; piece++) {
            suspects.corrupt(piece, blocks, senders);
        }

        List<ByteString> right = Collections.nCopies(1_000, RIGHT);
        assertThat(suspects.verified(0, right)).isEmpty();
        assertThat(suspects.verified(1, right)).contains(LIAR);
    }
}
