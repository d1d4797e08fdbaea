package ahti.bencode;

import java.util.Arrays;

/**
 * Where each list and dictionary of a message ends, numbered in the order they open: what it takes to step over one
 * without looking inside. Costs 8 bytes for each; grows in chunks, so that growing never needs twice the room.
 */
final class Containers {
    private static final int CHUNK = 4096;

    /** Of the container numbered n: the byte after it, then the number of the first container after it. */
    private int[][] chunks = new int[1][];

    private int count;

    /** Opens one more and says its number. */
    int open() {
        int chunk = count / CHUNK;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunk);
        }
        if (count % CHUNK == 0) {
            // Most messages are small: a tracker's answer has two or three.
            chunks[chunk] = new int[chunk == 0 ? 32 : 2 * CHUNK];
        }
        if (chunk == 0 && 2 * count == chunks[0].length) {
            chunks[0] = Arrays.copyOf(chunks[0], Math.min(4 * count, 2 * CHUNK));
        }
        return count++;
    }

    /** Closes one in front of {@code end}; all that opened since are inside it. */
    void close(int number, int end) {
        int[] chunk = chunks[number / CHUNK];
        chunk[2 * (number % CHUNK)] = end;
        chunk[2 * (number % CHUNK) + 1] = count;
    }

    /** The byte after one that is closed. */
    int end(int number) {
        return chunks[number / CHUNK][2 * (number % CHUNK)];
    }

    /** The number of the first that opens after this one has closed. */
    int following(int number) {
        return chunks[number / CHUNK][2 * (number % CHUNK) + 1];
    }
}
