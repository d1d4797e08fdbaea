package ahti.hash;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.PieceHash;
import java.util.AbstractList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PieceHasherTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @Test
    void saysWhetherAPieceIsWhatTheTorrentPromises() {
        ActorRef<PieceHasher.Command> hasher = kit.spawn(PieceHasher.pool(2));
        TestProbe<PieceHasher.Answer> probe = kit.probe();
        List<ByteString> blocks = List.of(ByteString.fromString("ab"), ByteString.fromString("c"));

        hasher.tell(new PieceHasher.Verify(7, blocks, sha1Of("abc"), probe.ref()));
        assertThat(probe.receiveMessage()).isEqualTo(new PieceHasher.Verdict(7, blocks, true));

        hasher.tell(new PieceHasher.Verify(8, blocks, sha1Of("abd"), probe.ref()));
        assertThat(probe.receiveMessage()).isEqualTo(new PieceHasher.Verdict(8, blocks, false));
    }

    @Test
    void answersEveryQuestionOfABurst() {
        ActorRef<PieceHasher.Command> hasher = kit.spawn(PieceHasher.pool(3));
        TestProbe<PieceHasher.Answer> probe = kit.probe();

        for (int piece = 0; piece < 100; piece++) {
            List<ByteString> blocks = List.of(ByteString.fromString("piece " + piece));
            hasher.tell(new PieceHasher.Verify(piece, blocks, sha1Of("piece " + piece), probe.ref()));
        }

        assertThat(probe.receiveSeveralMessages(100))
                .map(PieceHasher.Verdict.class::cast)
                .allMatch(PieceHasher.Verdict::matches)
                .extracting(PieceHasher.Verdict::piece)
                .doesNotHaveDuplicates();
    }

    @Test
    void aBugIsAnAnswerAndTheNextQuestionHasItsOwn() {
        ActorRef<PieceHasher.Command> hasher = kit.spawn(PieceHasher.pool(1));
        TestProbe<PieceHasher.Answer> probe = kit.probe();
        List<ByteString> blocks = List.of(ByteString.fromString("abc"));

        hasher.tell(new PieceHasher.Verify(7, new Unreadable(), sha1Of("abc"), probe.ref()));
        hasher.tell(new PieceHasher.Verify(8, blocks, sha1Of("abc"), probe.ref()));

        assertThat(probe.receiveMessage()).isInstanceOfSatisfying(PieceHasher.Failed.class, failed -> {
            assertThat(failed.piece()).isEqualTo(7);
            assertThat(failed.bug()).hasMessage("a bug, for the test");
        });
        assertThat(probe.receiveMessage()).isEqualTo(new PieceHasher.Verdict(8, blocks, true));
    }

    private static final class Unreadable extends AbstractList<ByteString> {
        @Override
        public ByteString get(int index) {
            throw new IllegalStateException("a bug, for the test");
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private static PieceHash sha1Of(String text) {
        return new PieceHash(new PieceDigest().of(List.of(ByteString.fromString(text))));
    }
}
