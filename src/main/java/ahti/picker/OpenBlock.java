package ahti.picker;

import ahti.core.BlockRef;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One block of an open piece. It is free, owed by one peer (in endgame by several), or here. */
final class OpenBlock {
    private final OpenPiece piece;
    private final int index;
    private final BlockRef ref;
    private final List<PickerPeer> owners = new ArrayList<>(1);
    private @Nullable ByteString data;
    /** When it was asked for last, counted in blocks. */
    private long asked;

    OpenBlock(OpenPiece piece, int index, BlockRef ref) {
        this.piece = piece;
        this.index = index;
        this.ref = ref;
    }

    OpenPiece piece() {
        return piece;
    }

    /** Its place within the piece. */
    int index() {
        return index;
    }

    BlockRef ref() {
        return ref;
    }

    /** Who owes it. Only {@link OpenPiece} changes the list. */
    List<PickerPeer> owners() {
        return owners;
    }

    long asked() {
        return asked;
    }

    void asked(long now) {
        asked = now;
    }

    boolean isHere() {
        return data != null;
    }

    boolean isInFlight() {
        return !owners.isEmpty();
    }

    @Nullable
    ByteString data() {
        return data;
    }

    /** Its bytes are here; or, with null, not any more. */
    void arrived(@Nullable ByteString bytes) {
        data = bytes;
    }
}
