package ahti.torrent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a reader reads next, and what it has fetched ahead. */
class ReadCursorTest {
    private static final int BLOCK = BlockRef.MAX_LENGTH;
    /** Ten pieces of two blocks and a half, the last of 100 bytes. */
    private static final int PIECE = 2 * BLOCK + BLOCK / 2;

    private static final PieceLayout LAYOUT = new PieceLayout(9L * PIECE + 100, PIECE);

    @Test
    void aChunkEndsWithItsPiece() {
        ReadCursor cursor = new ReadCursor(LAYOUT, 0, 2 * PIECE, PIECE, 10 * BLOCK);

        assertThat(cursor.next())
                .containsExactly(
                        new BlockRef(0, 0, BLOCK),
                        new BlockRef(0, BLOCK, BLOCK),
                        new BlockRef(0, 2 * BLOCK, BLOCK / 2));
        cursor.advance(PIECE);
        assertThat(cursor.next().get(0)).isEqualTo(new BlockRef(1, 0, BLOCK));
    }

    @Test
    void aChunkIsNoLongerThanConfiguredAndMayBeginAnywhere() {
        ReadCursor cursor = new ReadCursor(LAYOUT, PIECE + 10, 3 * PIECE, PIECE, BLOCK);

        assertThat(cursor.next()).containsExactly(new BlockRef(1, 10, BLOCK - 10), new BlockRef(1, BLOCK, 10));
    }

    @Test
    void theWindowIsWhateverHoldsAByteOfIt() {
        ReadCursor cursor = new ReadCursor(LAYOUT, PIECE, 9L * PIECE + 100, PIECE, BLOCK);

        assertThat(cursor.window()).isEqualTo(new PieceRange(1, 1));
        cursor.advance(1);
        assertThat(cursor.window()).isEqualTo(new PieceRange(1, 2));
        cursor.advance(PIECE - 1);
        assertThat(cursor.window()).isEqualTo(new PieceRange(2, 1));
    }

    @Test
    void theWindowEndsWhereTheReaderDoes() {
        ReadCursor cursor = new ReadCursor(LAYOUT, 0, PIECE + 1, 100L * PIECE, BLOCK);

        assertThat(cursor.window()).isEqualTo(new PieceRange(0, 2));
    }

    @Test
    void nothingIsReadFromNothing() {
        assertThat(new ReadCursor(LAYOUT, 7, 7, 1, 1).isAtEnd()).isTrue();
        assertThatThrownBy(() -> new ReadCursor(LAYOUT, 0, LAYOUT.totalLength() + 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeds(50)
    void everyByteIsReadOnceAndAlwaysFromTheHeadOfTheWindow(long seed) {
        Random random = new Random(seed);
        long from = random.nextLong(LAYOUT.totalLength());
        long to = from + random.nextLong(LAYOUT.totalLength() - from);
        ReadCursor cursor =
                new ReadCursor(LAYOUT, from, to, 1 + random.nextLong(5L * PIECE), 1 + random.nextInt(5 * BLOCK));
        long at = from;

        while (!cursor.isAtEnd()) {
            List<BlockRef> blocks = cursor.next();
            assertThat(cursor.window().first()).isEqualTo(blocks.get(0).piece());
            long length = 0;
            for (BlockRef block : blocks) {
                assertThat(LAYOUT.contains(block.piece(), block.offset(), block.length()))
                        .isTrue();
                assertThat(LAYOUT.offset(block.piece()) + block.offset()).isEqualTo(at + length);
                length += block.length();
            }
            at += length;
            cursor.advance(length);
        }
        assertThat(at).isEqualTo(to);
    }
}
