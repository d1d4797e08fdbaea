package ahti.picker;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.util.ByteString;

/** CONTRACT SKELETON: the messages are fixed, the body is the helper's. */
public final class PiecePicker {

    /** What peers and the torrent may tell a picker. */
    public sealed interface Command {}

    /** A connection is open. It has nothing and may be asked for nothing until it says otherwise. */
    public record Join(ConnectionId id, ActorRef<Instruction> peer) implements Command {}

    /** What the peer has, all of it: its bitfield. Replaces whatever was known. */
    public record Offer(ConnectionId id, Bitfield has) implements Command {}

    /** Pieces the peer has got since. */
    public record Gain(ConnectionId id, List<Integer> pieces) implements Command {}

    /**
     * How many blocks the peer may owe at most from now on: its request window. 0 while it chokes us. The picker fills the
     * window at once and keeps it filled, now and whenever something becomes available.
     *
     * @param blocksPerSecond how fast it delivers, measured; 0 when not known yet
     */
    public record Window(ConnectionId id, int blocks, int blocksPerSecond) implements Command {}

    /** Blocks that the peer owed arrived; those that it did not owe are dropped and counted as wasted. */
    public record Deliver(ConnectionId id, List<Block> blocks) implements Command {}

    /** Blocks that the peer owed will not come: choked, rejected, timed out. They are free for others. */
    public record Return(ConnectionId id, List<BlockRef> blocks) implements Command {}

    /** The connection is gone; whatever it owed is free for others. */
    public record Leave(ConnectionId id) implements Command {}

    /** A filled piece was verified and written: its memory is free. */
    public record Stored(int piece) implements Command {}

    /** A filled piece did not match its hash, or could not be written: its memory is free, it is wanted again. */
    public record Reopen(int piece) implements Command {}

    /** What is wanted from now on. */
    public record Select(PieceSelection selection) implements Command {}

    /** Who owes what? Answered with {@link Ledger}. */
    public record AskLedger(ActorRef<Ledger> replyTo) implements Command {}

    /** How well are pieces spread? Answered with {@link Availability}. */
    public record AskAvailability(int cells, ActorRef<Availability> replyTo) implements Command {}

    /** What a picker tells one peer. */
    public sealed interface Instruction {}

    /** Ask the peer for these blocks, in this order; it owes them from now on. */
    public record Fetch(List<BlockRef> blocks) implements Instruction {}

    /** The peer no longer owes these: another was faster (endgame), or they are no longer wanted. */
    public record Cancel(List<BlockRef> blocks) implements Instruction {}

    /** Whether the peer has anything that we want; told when it changes, false to begin with. */
    public record Interest(boolean interested) implements Instruction {}

    /** What a picker tells the torrent. */
    public sealed interface Event {}

    /**
     * All blocks of a piece are here, in order; it stays in memory until {@link Stored} or {@link Reopen}.
     *
     * @param contributors who sent at least one of its blocks
     */
    public record PieceFilled(int piece, List<ByteString> blocks, Set<ConnectionId> contributors) implements Event {}

    /** Blocks came that nobody had asked for any more; their bytes were dropped. */
    public record Wasted(ConnectionId id, long bytes) implements Event {}

    /** Every block that is in flight: who owes it. In endgame one block may be owed by several. */
    public record Ledger(Map<BlockRef, List<ConnectionId>> owed) {}

    /**
     * The swarm as the picker sees it, down-sampled to cells of neighbouring pieces.
     *
     * @param minCopies the least number of connected peers that have a piece we still want
     * @param averageCopies over all pieces
     * @param unavailablePieces pieces we want that no connected peer has
     * @param piecesInFlight pieces opened and not stored yet
     * @param cellCopies per cell, the least number of copies of its pieces
     * @param cellInFlight per cell, how many of its pieces are opened and not stored yet
     */
    public record Availability(
            int minCopies,
            double averageCopies,
            int unavailablePieces,
            int piecesInFlight,
            List<Integer> cellCopies,
            List<Integer> cellInFlight) {}

    /**
     * What bounds a picker.
     *
     * @param memoryBudget bytes of opened and not yet stored pieces at most; at least one piece is always allowed
     * @param randomFirst pieces to pick at random before rarest first begins, so that a newcomer soon has something to give
     * @param endgameCopies peers that may be asked for the same block in endgame
     */
    public record Settings(long memoryBudget, int randomFirst, int endgameCopies) {}

    private PiecePicker() {}

    /** A picker that knows what is stored already. */
    public static Behavior<Command> create(
            PieceLayout layout,
            Bitfield stored,
            PieceSelection selection,
            Settings settings,
            RandomGenerator random,
            ActorRef<Event> owner) {
        return org.apache.pekko.actor.typed.javadsl.Behaviors.empty();
    }
}
