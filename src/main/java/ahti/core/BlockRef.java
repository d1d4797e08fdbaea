package ahti.core;

import org.jspecify.annotations.Nullable;

/** A run of bytes inside one piece: what a peer asks for, sends, or cancels. */
public record BlockRef(int piece, int offset, int length) implements Comparable<BlockRef> {

    /** The most one request may ask for, in bytes; peers hang up on anything larger (BEP 3). */
    public static final int MAX_LENGTH = 16 * 1024;

    public BlockRef {
        if (piece < 0 || offset < 0 || length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("no such block: " + piece + ":" + offset + "+" + length);
        }
    }

    @Override
    public int compareTo(BlockRef other) {
        int byPiece = Integer.compare(piece, other.piece);
        return byPiece != 0 ? byPiece : Integer.compare(offset, other.offset);
    }

    // By hand: a record's own go through method handles, which are slow until the optimizing compiler has seen them.
    // Every block is looked up several times.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlockRef block
                && piece == block.piece
                && offset == block.offset
                && length == block.length;
    }

    @Override
    public int hashCode() {
        return 31 * piece + offset / MAX_LENGTH;
    }

    @Override
    public String toString() {
        return piece + ":" + offset + "+" + length;
    }
}
