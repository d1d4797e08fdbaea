package ahti.picker;

import ahti.actor.Handlers;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import ahti.core.PieceSelection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * Decides which block is asked of which peer, and holds the pieces being filled: the only place that assigns blocks.
 *
 * <p>Every assigned block has one fate: it is delivered, returned (also by leaving), or cancelled. The decisions are made
 * in {@link Picker}; here messages come in and go out, at most one of each kind for each peer and command.
 */
public final class PiecePicker extends AbstractBehavior<PiecePicker.Command> {

    /** What peers and the torrent may tell a picker. */
    public sealed interface Command {}

    /**
     * A connection is open. It has nothing and may be asked for nothing until it says otherwise.
     *
     * @param inRuns whether it is best asked for pieces that follow each other, as web seeds are
     */
    public record Join(ConnectionId id, ActorRef<Instruction> peer, boolean inRuns) implements Command {
        /** A peer, to which one piece is as good as another. */
        public Join(ConnectionId id, ActorRef<Instruction> peer) {
            this(id, peer, false);
        }
    }

    /** What the peer has, all of it: its bitfield. Replaces whatever was known. */
    public record Offer(ConnectionId id, Bitfield has) implements Command {}

    /** Pieces the peer has got since. */
    public record Gain(ConnectionId id, List<Integer> pieces) implements Command {}

    /**
     * How many blocks the peer may owe at most from now on: its request window. 0 while it chokes us, unless it is {@linkplain
     * Confine confined}. The picker fills the window at once and keeps it filled, now and whenever something becomes available.
     * A smaller window takes nothing back: what will not come is for the peer to return, after its window of 0 when that is a
     * choke. In endgame a window is filled with a few copies only.
     *
     * @param blocksPerSecond how fast it delivers, measured; 0 when not known yet
     */
    public record Window(ConnectionId id, int blocks, int blocksPerSecond) implements Command {}

    /**
     * From now on the peer may be asked for blocks of these few pieces only, whatever it has: it chokes us, and allows these all
     * the same (BEP 6). Replaces the pieces said before. What it owes already it may still send. It gets no copies in endgame.
     */
    public record Confine(ConnectionId id, List<Integer> pieces) implements Command {
        public Confine {
            pieces = List.copyOf(pieces);
        }
    }

    /** The peer may be asked for whatever it has again. */
    public record Release(ConnectionId id) implements Command {}

    /**
     * Blocks that the peer owed arrived. One that it returned earlier is taken, too, if it is still missing; all others
     * are dropped and counted as wasted.
     */
    public record Deliver(ConnectionId id, List<Block> blocks) implements Command {}

    /**
     * Blocks that the peer owed will not come: choked, rejected, timed out. They are free for others; the peer itself is
     * the last to be asked for them, unless its window is 0.
     */
    public record Return(ConnectionId id, List<BlockRef> blocks) implements Command {}

    /**
     * The peer owes something and has sent nothing for long: when memory is full, others are asked for it, too. It counts until
     * the next block.
     */
    public record Stalls(ConnectionId id) implements Command {}

    /**
     * The connection is gone; whatever it owed is free for others.
     *
     * @param lied whether what it sent of pieces that are not filled yet is thrown away, too; also of one that has left before
     */
    public record Leave(ConnectionId id, boolean lied) implements Command {
        /** An honest peer leaves, as far as we know. */
        public Leave(ConnectionId id) {
            this(id, false);
        }
    }

    /** A filled piece was verified and written: its memory is free. Any other piece counts as stored from now on, too. */
    public record Stored(int piece) implements Command {}

    /**
     * A filled piece did not match its hash, or could not be written: its memory is free, and it is wanted again. Says
     * nothing about a piece that is not filled.
     *
     * @param corrupt whether it did not match: from now on one peer at a time is asked for all of it, until it is stored
     */
    public record Reopen(int piece, boolean corrupt) implements Command {}

    /** What is wanted from now on. Open pieces that are not are cancelled, and their bytes thrown away. */
    public record Select(PieceSelection selection) implements Command {}

    /**
     * A reader is about to read these pieces: they are fetched before all others, the first of them first. Replaces the
     * window that this reader had before. Windows of several readers are merged: whatever is nearer to the head of its
     * window goes first. What of it is not wanted is not fetched.
     *
     * @param reader tells readers of this picker from each other
     */
    public record Hurry(int reader, PieceRange window) implements Command {}

    /**
     * We have everything and send to this peer from now on, or not any more: while we do, it is told with {@link Suggest} what is
     * best fetched from us (BEP 6), at once, be it nothing, and again and again.
     */
    public record Serve(ConnectionId id, boolean serves) implements Command {}

    /** We have everything, and the peer begins to fetch a piece from us. */
    public record Begun(ConnectionId id, int piece) implements Command {}

    /** The peer suggests to fetch this piece from it (BEP 6): it goes before others that are as rare. */
    public record Suggested(ConnectionId id, int piece) implements Command {}

    /** A reader is gone: its window is no more urgent than the rest. What is asked for already may still come. */
    public record Relax(int reader) implements Command {}

    /** Who owes what? Answered with {@link Ledger}. */
    public record AskLedger(ActorRef<Ledger> replyTo) implements Command {}

    /** How well are pieces spread? Answered with {@link Availability}. */
    public record AskAvailability(int cells, ActorRef<Availability> replyTo) implements Command {}

    /** Why is whom asked for what? Answered with {@link Explanation}. */
    public record Explain(ActorRef<Explanation> replyTo) implements Command {}

    /** What a picker tells one peer. */
    public sealed interface Instruction {}

    /** Ask the peer for these blocks, in this order; it owes them from now on. */
    public record Fetch(List<BlockRef> blocks) implements Instruction {}

    /** The peer no longer owes these: another was faster (endgame), or they are no longer wanted. */
    public record Cancel(List<BlockRef> blocks) implements Instruction {}

    /** Whether the peer has anything that we want; told when it changes, false to begin with. */
    public record Interest(boolean interested) implements Instruction {}

    /** Suggest to the peer that it fetch these pieces from us, if it speaks Fast (BEP 6). */
    public record Suggest(List<Integer> pieces) implements Instruction {}

    /** What a picker tells the torrent. */
    public sealed interface Event {}

    /**
     * All blocks of a piece are here, in order; it stays in memory until {@link Stored} or {@link Reopen}.
     *
     * @param senders who sent each of the blocks
     */
    public record PieceFilled(int piece, List<ByteString> blocks, List<ConnectionId> senders) implements Event {}

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
     * @param memory pieces opened and not stored yet
     * @param cellCopies per cell, the least number of copies of its pieces
     * @param cellInFlight per cell, how many of its pieces are opened and not stored yet
     */
    public record Availability(
            int minCopies,
            double averageCopies,
            int unavailablePieces,
            Memory memory,
            List<Integer> cellCopies,
            List<Integer> cellInFlight) {}

    /**
     * The pieces in memory.
     *
     * @param open pieces with blocks that are not here yet
     * @param filled pieces being verified or written
     * @param bytes lengths of both together
     * @param budget bytes that they may have
     * @param spent whether no other piece fits
     */
    public record Memory(int open, int filled, long bytes, long budget, boolean spent) {
        /** All of them. */
        public int pieces() {
            return open + filled;
        }
    }

    /** The last decisions about every connected peer, in the order in which they came. */
    public record Explanation(Memory memory, Map<ConnectionId, PeerPicks> peers) {}

    /**
     * The last decisions about one peer.
     *
     * @param missing pieces that it has and we want
     * @param fresh of those, the pieces that are not in memory
     * @param picks what it was asked for last, oldest first; a few runs at most
     */
    public record PeerPicks(int missing, int fresh, List<Pick> picks) {
        /** Of a peer that the picker does not know. */
        public static final PeerPicks NONE = new PeerPicks(0, 0, List.of());
    }

    /**
     * What bounds a picker.
     *
     * @param memoryBudget bytes of opened and not yet stored pieces at most; at least one piece is always allowed
     * @param randomFirst pieces to pick at random before rarest first begins, so that a newcomer soon has something to give
     * @param endgameCopies peers that may be asked for the same block in endgame
     */
    public record Settings(long memoryBudget, int randomFirst, int endgameCopies) {
        public Settings {
            if (memoryBudget < 1 || randomFirst < 0 || endgameCopies < 1) {
                throw new IllegalArgumentException("no picker with " + memoryBudget + " bytes, " + randomFirst
                        + " by lot, " + endgameCopies + " copies");
            }
        }
    }

    private final Picker picker;
    private final ActorRef<Event> owner;
    private final Map<ConnectionId, ActorRef<Instruction>> peers = new HashMap<>();

    private PiecePicker(ActorContext<Command> context, Picker picker, ActorRef<Event> owner) {
        super(context);
        this.picker = picker;
        this.owner = owner;
    }

    /**
     * A picker that knows what is stored already.
     *
     * @param random decides among equals; the same numbers and the same commands give the same instructions
     */
    public static Behavior<Command> create(
            PieceLayout layout,
            Bitfield stored,
            PieceSelection selection,
            Settings settings,
            RandomGenerator random,
            ActorRef<Event> owner) {
        return Behaviors.setup(
                context -> new PiecePicker(context, new Picker(layout, stored, selection, settings, random), owner));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Deliver.class, this::onDeliver)
                .onMessage(Gain.class, this::onGain)
                .onMessage(Window.class, this::onWindow)
                .onMessage(Return.class, this::onReturn)
                .onMessage(Stored.class, this::onStored)
                .onMessage(Reopen.class, this::onReopen)
                .onMessage(Join.class, this::onJoin)
                .onMessage(Offer.class, this::onOffer)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Confine.class, this::onConfine)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Begun.class, this::onBegun)
                .onMessage(Serve.class, this::onServe)
                .onMessage(Suggested.class, this::onSuggested)
                .onMessage(Stalls.class, this::onStalls)
                .onMessage(Hurry.class, this::onHurry)
                .onMessage(Relax.class, this::onRelax)
                .onMessage(Select.class, this::onSelect)
                .onMessage(AskLedger.class, this::onAskLedger)
                .onMessage(AskAvailability.class, this::onAskAvailability)
                .onMessage(Explain.class, this::onExplain)
                .build();
    }

    private Behavior<Command> onDeliver(Deliver message) {
        return tell(picker.deliver(message.id(), message.blocks()));
    }

    private Behavior<Command> onGain(Gain message) {
        return tell(picker.gain(message.id(), message.pieces()));
    }

    private Behavior<Command> onWindow(Window message) {
        return tell(picker.window(message.id(), message.blocks(), message.blocksPerSecond()));
    }

    private Behavior<Command> onReturn(Return message) {
        return tell(picker.giveBack(message.id(), message.blocks()));
    }

    private Behavior<Command> onStored(Stored message) {
        return tell(picker.stored(message.piece()));
    }

    private Behavior<Command> onReopen(Reopen message) {
        return tell(picker.reopen(message.piece(), message.corrupt()));
    }

    private Behavior<Command> onJoin(Join message) {
        Outcome outcome = picker.join(message.id(), message.inRuns());
        peers.put(message.id(), message.peer());
        return tell(outcome);
    }

    private Behavior<Command> onOffer(Offer message) {
        return tell(picker.offer(message.id(), message.has()));
    }

    private Behavior<Command> onLeave(Leave message) {
        peers.remove(message.id());
        return tell(picker.leave(message.id(), message.lied()));
    }

    private Behavior<Command> onConfine(Confine message) {
        return tell(picker.confine(message.id(), message.pieces()));
    }

    private Behavior<Command> onRelease(Release message) {
        return tell(picker.release(message.id()));
    }

    private Behavior<Command> onBegun(Begun message) {
        return tell(picker.begun(message.id(), message.piece()));
    }

    private Behavior<Command> onServe(Serve message) {
        return tell(picker.serve(message.id(), message.serves()));
    }

    private Behavior<Command> onStalls(Stalls message) {
        return tell(picker.stalls(message.id()));
    }

    private Behavior<Command> onSuggested(Suggested message) {
        picker.suggested(message.id(), message.piece());
        return this;
    }

    private Behavior<Command> onSelect(Select message) {
        return tell(picker.select(message.selection()));
    }

    private Behavior<Command> onHurry(Hurry message) {
        return tell(picker.hurry(message.reader(), message.window()));
    }

    private Behavior<Command> onRelax(Relax message) {
        return tell(picker.relax(message.reader()));
    }

    private Behavior<Command> onAskLedger(AskLedger message) {
        message.replyTo().tell(new Ledger(picker.ledger()));
        return this;
    }

    private Behavior<Command> onAskAvailability(AskAvailability message) {
        message.replyTo().tell(picker.availability(message.cells()));
        return this;
    }

    private Behavior<Command> onExplain(Explain message) {
        message.replyTo().tell(picker.explain());
        return this;
    }

    private Behavior<Command> tell(Outcome outcome) {
        for (Outcome.Order order : outcome.orders()) {
            Objects.requireNonNull(peers.get(order.to())).tell(order.instruction());
        }
        outcome.events().forEach(owner::tell);
        return this;
    }
}
