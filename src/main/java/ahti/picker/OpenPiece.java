package ahti.picker;

import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A piece that is being filled: each of its blocks is free, owed or here, and nothing else. */
final class OpenPiece {
    private final int index;
    private final int length;
    private final long opened;
    private final OpenBlock[] blocks;
    private final BitSet free;
    private int inFlight;
    private int here;
    /** The fast peer that opened it for itself; others keep away as long as they find something else. */
    private @Nullable PickerPeer keeper;
    /** The only peer that may send it, of a piece in {@link Doubts}; null otherwise. */
    private final @Nullable PickerPeer sole;
    /** Somebody gave blocks back: whoever can should finish it. */
    private boolean left;
    /** Blocks that a peer owed and gave back: they may still come. */
    private final Map<ConnectionId, BitSet> late = new HashMap<>();
    /** Who failed to send a block of it in time, and should not be the first to be asked again. */
    private final Set<ConnectionId> failed = new HashSet<>();

    /** Who sent each block that is here. */
    private final ConnectionId[] senders;

    OpenPiece(PieceLayout layout, int index, long opened, @Nullable PickerPeer keeper, @Nullable PickerPeer sole) {
        this.sole = sole;
        this.index = index;
        this.length = layout.length(index);
        this.opened = opened;
        this.keeper = keeper;
        this.blocks = new OpenBlock[layout.blocks(index)];
        this.senders = new ConnectionId[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new OpenBlock(this, i, layout.block(index, i));
        }
        this.free = new BitSet(blocks.length);
        free.set(0, blocks.length);
    }

    int index() {
        return index;
    }

    /** In bytes: what it may cost in memory. */
    int length() {
        return length;
    }

    /** Its place in the order of opening. */
    long opened() {
        return opened;
    }

    int blocks() {
        return blocks.length;
    }

    OpenBlock block(int i) {
        return blocks[i];
    }

    boolean hasFree() {
        return !free.isEmpty();
    }

    /** The first block that nobody owes. There must be one. */
    OpenBlock firstFree() {
        return blocks[free.nextSetBit(0)];
    }

    /** How many blocks somebody owes. */
    int inFlight() {
        return inFlight;
    }

    /** How many blocks are here. */
    int here() {
        return here;
    }

    boolean isFilled() {
        return here == blocks.length;
    }

    /** The only peer that may send it, or null when all may. */
    @Nullable
    PickerPeer sole() {
        return sole;
    }

    boolean isOpenTo(PickerPeer peer) {
        return sole == null || sole == peer;
    }

    /** Whether a fast peer is at work on it that needs no help. */
    boolean isKeptFrom(PickerPeer other) {
        return keeper != null && keeper != other && keeper.mayBeAskedFor(index) && keeper.isFast();
    }

    /** Whether its blocks are there for anybody to finish: given back, or with nobody at work. */
    boolean isLeft() {
        return left || inFlight == 0;
    }

    /** Whether somebody gave blocks back. */
    boolean wasGivenBack() {
        return left;
    }

    boolean wasFailedBy(PickerPeer peer) {
        return failed.contains(peer.id());
    }

    /** Whether the peer owed a block once and gave it back. */
    boolean isLate(PickerPeer peer, int block) {
        BitSet blocksOfPeer = late.get(peer.id());
        return blocksOfPeer != null && blocksOfPeer.get(block);
    }

    void ask(OpenBlock block, PickerPeer peer) {
        if (block.owners().isEmpty()) {
            free.clear(block.index());
            inFlight++;
        }
        block.owners().add(peer);
    }

    /** The peer will not send the block (in time). */
    void giveBack(OpenBlock block, PickerPeer peer) {
        block.owners().remove(peer);
        late.computeIfAbsent(peer.id(), id -> new BitSet(blocks.length)).set(block.index());
        if (peer.mayBeAskedFor(index)) {
            failed.add(peer.id());
        }
        if (keeper == peer) {
            keeper = null;
        }
        if (block.owners().isEmpty()) {
            free.set(block.index());
            inFlight--;
            left = true;
        }
    }

    /** The bytes of a block that was not here yet. Nobody owes it any more. */
    void arrive(OpenBlock block, PickerPeer from, ByteString data) {
        if (block.isInFlight()) {
            inFlight--;
            block.owners().clear();
        } else {
            free.clear(block.index());
        }
        block.arrived(data);
        senders[block.index()] = from.id();
        here++;
    }

    /** Throws away what a peer sent; false when that was nothing. */
    boolean disown(ConnectionId sender) {
        boolean had = false;
        for (OpenBlock block : blocks) {
            if (block.isHere() && sender.equals(senders[block.index()])) {
                block.arrived(null);
                free.set(block.index());
                here--;
                left = true;
                had = true;
            }
        }
        return had;
    }

    /** The connection is gone: nothing can come late from it. */
    void forget(PickerPeer peer) {
        late.remove(peer.id());
        failed.remove(peer.id());
        if (keeper == peer) {
            keeper = null;
        }
    }

    /** Nothing of it is wanted any more: it has no free block from now on. */
    void close() {
        free.clear();
    }

    /** All blocks in order. The piece must be filled. */
    PiecePicker.PieceFilled toFilled() {
        List<ByteString> bytes = new ArrayList<>(blocks.length);
        for (OpenBlock block : blocks) {
            bytes.add(Objects.requireNonNull(block.data()));
        }
        return new PiecePicker.PieceFilled(index, Collections.unmodifiableList(bytes), List.of(senders));
    }
}
