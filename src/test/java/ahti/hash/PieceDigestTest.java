package ahti.hash;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;

class PieceDigestTest {
    @Seeds(50)
    void hashesRopesLikeTheBytesTheyAreMadeOf(long seed) {
        Random random = new Random(seed);
        byte[] piece = new byte[1 + random.nextInt(100_000)];
        random.nextBytes(piece);
        List<ByteString> blocks = new ArrayList<>();
        for (int at = 0; at < piece.length; ) {
            int length = Math.min(piece.length - at, random.nextInt(20_000));
            ByteString part = ByteString.fromArray(piece, at, length);
            int cut = random.nextInt(length + 1);
            blocks.add(part.take(cut).concat(part.drop(cut)));
            at += length;
        }
        PieceDigest digest = new PieceDigest();

        byte[] expected = PieceDigest.newSha1().digest(piece);

        assertThat(digest.of(blocks)).isEqualTo(expected);
        assertThat(digest.of(blocks)).as("used again").isEqualTo(expected);
    }
}
