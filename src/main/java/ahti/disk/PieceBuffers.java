package ahti.disk;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** The bytes of a piece as the buffers they arrived in, taken in portions that need not end where a buffer ends. */
final class PieceBuffers {
    private final ArrayDeque<ByteBuffer> rest = new ArrayDeque<>();

    PieceBuffers(List<ByteString> blocks) {
        for (ByteString block : blocks) {
            for (ByteBuffer fragment : block.getByteBuffers()) {
                if (fragment.hasRemaining()) {
                    rest.add(fragment);
                }
            }
        }
    }

    /** The next so many bytes, as slices of the buffers. */
    List<ByteBuffer> take(int length) {
        List<ByteBuffer> portion = new ArrayList<>();
        int lacking = length;
        while (lacking > 0) {
            ByteBuffer first = rest.element();
            int bytes = Math.min(lacking, first.remaining());
            portion.add(first.slice(first.position(), bytes));
            first.position(first.position() + bytes);
            lacking -= bytes;
            if (!first.hasRemaining()) {
                rest.remove();
            }
        }
        return portion;
    }
}
