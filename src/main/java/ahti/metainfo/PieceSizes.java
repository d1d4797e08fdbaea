package ahti.metainfo;

/** Chooses how long the pieces of a new torrent are. */
public final class PieceSizes {
    /** The shortest piece, in bytes: one block. */
    public static final int SHORTEST = 16 * 1024;

    /** The longest piece chosen, in bytes. */
    public static final int LONGEST = 16 * 1024 * 1024;

    /** With more pieces than this the next power of two comes nearer to 1500, as factors go: 1500 times the root of 2. */
    private static final int MOST_PIECES = 2121;

    private PieceSizes() {}

    /**
     * A power of two that divides {@code totalBytes} into about 1500 pieces: few enough for a small .torrent file, enough
     * for peers to have something to trade.
     */
    public static int choose(long totalBytes) {
        int size = SHORTEST;
        while (size < LONGEST && totalBytes / size > MOST_PIECES) {
            size *= 2;
        }
        return size;
    }
}
