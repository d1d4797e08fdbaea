package ahti.picker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Whose turn it is: the peers that have room in their windows, in a line.
 *
 * <p>Who got something and has room for more goes to the end; who got nothing keeps its place.
 */
final class Rota {
    /** What a peer's turn brought. */
    enum Turn {
        NOTHING,
        SOMETHING,
        /** It needs nothing more. */
        ENOUGH
    }

    private final Deque<PickerPeer> line = new ArrayDeque<>();

    /** To the end of the line, unless it stands there already. */
    void enlist(PickerPeer peer) {
        if (!peer.isWaiting()) {
            peer.waiting(true);
            line.addLast(peer);
        }
    }

    void remove(PickerPeer peer) {
        if (peer.isWaiting()) {
            peer.waiting(false);
            line.remove(peer);
        }
    }

    /** One turn after the other, while there is something left and somebody who was not refused. */
    void serve(Function<PickerPeer, Turn> turn, BooleanSupplier hasAnything) {
        Deque<PickerPeer> refused = new ArrayDeque<>();
        while (!line.isEmpty() && hasAnything.getAsBoolean()) {
            PickerPeer peer = line.removeFirst();
            switch (turn.apply(peer)) {
                case NOTHING -> refused.addLast(peer);
                case SOMETHING -> line.addLast(peer);
                case ENOUGH -> peer.waiting(false);
            }
        }
        while (!refused.isEmpty()) {
            line.addFirst(refused.removeLast());
        }
    }
}
