package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection as the picker sees it: what it has, how much it may owe, and what it owes. */
final class PickerPeer {
    /** A peer that fills a whole piece in this time is fast: it works on pieces of its own. */
    private static final long FAST_SECONDS = 30;

    /** Suggestions of a peer that are remembered: others make no more. */
    private static final int SUGGESTIONS = 16;

    private final ConnectionId id;
    private final int blocksPerPiece;
    private Holdings has;
    private int window;
    private int blocksPerSecond;
    /** In the order of asking. */
    private final Map<BlockRef, OpenBlock> owed = new LinkedHashMap<>();
    /** Those of {@link #owed} that another peer owed already when this one was asked. */
    private final Set<BlockRef> copies = new HashSet<>();
    /** How many of {@link #owed} nobody else owes. Kept by {@link OpenPieces}. */
    private int alone;

    /** Missing blocks that it sent. */
    private long delivered;

    /** The piece it began or joined last. */
    private @Nullable OpenPiece work;

    /** Whether it has something that we miss, and something that may be opened. */
    private final Witness missing = new Witness();

    private final Witness fresh = new Witness();
    private boolean inRuns;
    /** The fresh piece it began last, or -1. */
    private int begun = -1;

    private boolean interesting;
    private boolean waiting;
    private final Picks picks = new Picks();
    /** All that it may be asked for, when it chokes us and allows a few pieces; null when it does not choke us. */
    private @Nullable List<Integer> confinement;

    /** Pieces that it suggests, oldest first. */
    private final Set<Integer> suggestions = new LinkedHashSet<>();

    PickerPeer(ConnectionId id, Holdings has, int blocksPerPiece) {
        this.id = id;
        this.has = has;
        this.blocksPerPiece = blocksPerPiece;
    }

    ConnectionId id() {
        return id;
    }

    Holdings has() {
        return has;
    }

    void has(Holdings holdings) {
        has = holdings;
        missing.forget();
        fresh.forget();
    }

    void window(int blocks, int rate) {
        window = blocks;
        blocksPerSecond = rate;
    }

    int window() {
        return window;
    }

    int blocksPerSecond() {
        return blocksPerSecond;
    }

    /** Whether it may be asked for blocks of a piece, if it has that: not while it chokes us, but for what it allows. */
    boolean mayBeAskedFor(int piece) {
        return window > 0 && (confinement == null || confinement.contains(piece));
    }

    /** The pieces that it may be asked for while it chokes us; null when there is no such bound. */
    @Nullable
    List<Integer> confinement() {
        return confinement;
    }

    void confine(@Nullable List<Integer> pieces) {
        confinement = pieces;
    }

    boolean hasRoom() {
        return owed.size() < window;
    }

    boolean isFast() {
        return window >= blocksPerPiece || blocksPerSecond * FAST_SECONDS >= blocksPerPiece;
    }

    Collection<OpenBlock> owed() {
        return owed.values();
    }

    @Nullable
    OpenBlock owed(BlockRef ref) {
        return owed.get(ref);
    }

    boolean owes(OpenBlock block) {
        return owed.containsKey(block.ref());
    }

    /** How many blocks it owes that others owed before. */
    int copies() {
        return copies.size();
    }

    /** How many blocks it owes that nobody else owes. */
    int owesAlone() {
        return alone;
    }

    void countAlone(int by) {
        alone += by;
    }

    void owe(OpenBlock block, boolean copy) {
        owed.put(block.ref(), block);
        if (copy) {
            copies.add(block.ref());
        }
    }

    void owesNoMore(OpenBlock block) {
        owed.remove(block.ref());
        copies.remove(block.ref());
    }

    /** It sent a missing block. */
    void hasDelivered() {
        delivered++;
    }

    /** How many missing blocks it has sent. */
    long delivered() {
        return delivered;
    }

    /** It suggests a piece; the oldest of too many is forgotten. */
    void suggests(int piece) {
        suggestions.add(piece);
        if (suggestions.size() > SUGGESTIONS) {
            suggestions.remove(suggestions.iterator().next());
        }
    }

    /** Pieces that it suggests, oldest first; what cannot be used any more may be removed. */
    Set<Integer> suggestions() {
        return suggestions;
    }

    /** What it was asked for last, and why. */
    Picks picks() {
        return picks;
    }

    /** The piece it should go on with, or null. */
    @Nullable
    OpenPiece work() {
        return work != null && work.hasFree() ? work : null;
    }

    /** What it works on from now on. */
    void work(@Nullable OpenPiece piece) {
        work = piece;
    }

    /** Whether it is best asked for pieces that follow each other. */
    void inRuns(boolean wishes) {
        inRuns = wishes;
    }

    /** The piece that would go on its run, or -1. */
    int nextOfRun() {
        return inRuns && begun >= 0 ? begun + 1 : -1;
    }

    /** It begins a fresh piece. */
    void begins(int piece) {
        begun = piece;
    }

    Witness missing() {
        return missing;
    }

    Witness fresh() {
        return fresh;
    }

    /** Whether it stands in the {@link Rota}, who alone changes this. */
    boolean isWaiting() {
        return waiting;
    }

    void waiting(boolean stands) {
        waiting = stands;
    }

    /** Sets what the peer was told about our interest; false when it knew. */
    boolean tell(boolean interested) {
        boolean changed = interesting != interested;
        interesting = interested;
        return changed;
    }
}
