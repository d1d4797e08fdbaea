package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What must be true of a picker, told only by what went in and came out. Slow and obvious. */
final class Model {
    /** A connection: what it was told and what it said. */
    static final class Peer {
        final BitSet has = new BitSet();
        final Set<BlockRef> owed = new LinkedHashSet<>();
        final Set<BlockRef> copies = new HashSet<>();
        final Set<BlockRef> returned = new HashSet<>();
        int window;
        boolean interested;
        /** It owes something and nothing comes. */
        boolean stalls;
        /** Missing blocks that it sent. */
        long delivered;
        /** All that it may be asked for while it chokes us; empty when there is no such bound. */
        Optional<Set<Integer>> confinement = Optional.empty();

        boolean mayBeAskedFor(int piece) {
            return has.get(piece) && confinement.map(set -> set.contains(piece)).orElse(true);
        }
    }

    final PieceLayout layout;
    final PiecePicker.Settings settings;
    final Map<ConnectionId, Peer> peers = new TreeMap<>();
    final BitSet wanted = new BitSet();
    final BitSet stored = new BitSet();
    /** Blocks that are here, of each open piece. */
    final Map<Integer, BitSet> open = new TreeMap<>();

    final Set<Integer> filled = new TreeSet<>();
    /** Of each reader, in the order in which they came. */
    final Map<Integer, PieceRange> windows = new LinkedHashMap<>();

    boolean onDemand;
    /**
     * Whether a piece may be thrown away and begun anew in one moment: peers that choke us take what they allow, however urgent,
     * so that what had to make room for something else may find room again.
     */
    boolean mayComeBack;

    Model(PieceLayout layout, PiecePicker.Settings settings) {
        this.layout = layout;
        this.settings = settings;
    }

    Peer peer(int number) {
        return peers.get(new ConnectionId(number));
    }

    boolean isMissing(int piece) {
        return wanted.get(piece) && !stored.get(piece);
    }

    boolean isFresh(int piece) {
        return isMissing(piece) && !open.containsKey(piece) && !filled.contains(piece);
    }

    boolean isHere(BlockRef ref) {
        BitSet here = open.get(ref.piece());
        return here != null && here.get(layout.blockIndex(ref.offset()));
    }

    /** The pieces of all windows, the most urgent first. */
    List<Integer> urgent() {
        List<Integer> merged = new ArrayList<>();
        for (int distance = 0; distance < layout.pieces(); distance++) {
            for (PieceRange window : windows.values()) {
                int piece = window.first() + distance;
                if (window.contains(piece) && !merged.contains(piece)) {
                    merged.add(piece);
                }
            }
        }
        return merged;
    }

    int rank(int piece) {
        int rank = urgent().indexOf(piece);
        return rank < 0 ? Integer.MAX_VALUE : rank;
    }

    /** Whether a reader waits for a piece before all others. */
    boolean isHead(int piece) {
        return windows.values().stream()
                .anyMatch(window -> window.contains(piece)
                        && IntStream.range(window.first(), window.end())
                                        .filter(each -> isMissing(each) && !filled.contains(each))
                                        .findFirst()
                                        .orElse(-1)
                                == piece);
    }

    /** Whether there is room for a fresh piece, or something less urgent makes room. */
    boolean canBeOpened(int piece) {
        return hasRoom() || open.keySet().stream().anyMatch(other -> rank(other) > rank(piece) || isStuck(other));
    }

    /** Why a peer should have been asked for something urgent, or an empty text. */
    String whyNotUrgent(Peer peer) {
        if (peer.confinement.isPresent()) {
            return "";
        }
        for (BlockRef ref : free()) {
            boolean failed = peer.returned.stream().anyMatch(old -> old.piece() == ref.piece());
            if (rank(ref.piece()) < Integer.MAX_VALUE && peer.has.get(ref.piece()) && !failed) {
                return "block " + ref + " is urgent and free";
            }
        }
        for (int piece : urgent()) {
            if (isFresh(piece) && peer.has.get(piece) && canBeOpened(piece)) {
                return "piece " + piece + " is urgent and fresh";
            }
        }
        return "";
    }

    int copies(int piece) {
        return (int) peers.values().stream().filter(peer -> peer.has.get(piece)).count();
    }

    long bytes() {
        long bytes = 0;
        for (int piece : open.keySet()) {
            bytes += layout.length(piece);
        }
        for (int piece : filled) {
            bytes += layout.length(piece);
        }
        return bytes;
    }

    boolean hasRoom() {
        return bytes() == 0 || bytes() + layout.pieceLength() <= settings.memoryBudget();
    }

    Map<BlockRef, List<ConnectionId>> ledger() {
        Map<BlockRef, List<ConnectionId>> ledger = new HashMap<>();
        peers.forEach((id, peer) -> peer.owed.forEach(
                ref -> ledger.computeIfAbsent(ref, any -> new ArrayList<>()).add(id)));
        return ledger;
    }

    /** Blocks of open pieces that are neither here nor owed. */
    List<BlockRef> free() {
        Map<BlockRef, List<ConnectionId>> ledger = ledger();
        List<BlockRef> free = new ArrayList<>();
        open.forEach((piece, here) -> {
            for (int i = 0; i < layout.blocks(piece); i++) {
                if (!here.get(i) && !ledger.containsKey(layout.block(piece, i))) {
                    free.add(layout.block(piece, i));
                }
            }
        });
        return free;
    }

    boolean isEndgame() {
        for (int piece = 0; piece < layout.pieces(); piece++) {
            if (isFresh(piece) && copies(piece) > 0) {
                return false;
            }
        }
        return free().stream().noneMatch(ref -> copies(ref.piece()) > 0);
    }

    /** Whether memory is full, and a block may be asked of another because only those owe it that stall. */
    boolean isHeldUp(List<ConnectionId> owners) {
        return !hasRoom() && owners.stream().allMatch(owner -> peers.get(owner).stalls);
    }

    /** Whether nobody owes a block of an open piece and nobody can be asked for one. */
    boolean isStuck(int piece) {
        return ledger().keySet().stream().noneMatch(ref -> ref.piece() == piece)
                && peers.values().stream().noneMatch(peer -> peer.window > 0 && peer.mayBeAskedFor(piece));
    }

    private boolean mayBePicked(int piece) {
        return !onDemand || rank(piece) < Integer.MAX_VALUE;
    }

    /** Why a peer should have been asked for more, or an empty text. */
    String whyHungry(Peer peer) {
        if (peer.owed.size() >= peer.window) {
            return "";
        }
        for (BlockRef ref : free()) {
            if (peer.mayBeAskedFor(ref.piece()) && mayBePicked(ref.piece())) {
                return "block " + ref + " is free";
            }
        }
        for (int piece = 0; piece < layout.pieces(); piece++) {
            boolean mayBeOpened = peer.confinement.isPresent() ? hasRoom() : canBeOpened(piece);
            if (isFresh(piece) && peer.mayBeAskedFor(piece) && mayBePicked(piece) && mayBeOpened) {
                return "piece " + piece + " is fresh and may be opened";
            }
        }
        if (peer.confinement.isEmpty() && !onDemand && !peer.stalls && peer.copies.isEmpty()) {
            for (Map.Entry<BlockRef, List<ConnectionId>> entry : ledger().entrySet()) {
                if (peer.has.get(entry.getKey().piece())
                        && settings.endgameCopies() > 1
                        && entry.getValue().size() < settings.endgameCopies()
                        && isHeldUp(entry.getValue())) {
                    return "block " + entry.getKey() + " is held up";
                }
            }
        }
        if (peer.confinement.isEmpty() && isEndgame() && peer.copies.size() < Endgame.COPIES_PER_PEER) {
            for (Map.Entry<BlockRef, List<ConnectionId>> entry : ledger().entrySet()) {
                BlockRef ref = entry.getKey();
                if (peer.has.get(ref.piece())
                        && !peer.owed.contains(ref)
                        && entry.getValue().size() < settings.endgameCopies()) {
                    return "block " + ref + " may be copied";
                }
            }
        }
        return "";
    }
}
