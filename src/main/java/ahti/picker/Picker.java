package ahti.picker;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import ahti.core.PieceSelection;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The picker without its actor: each command returns what to tell whom.
 *
 * <p>After every command, each peer owes as many blocks as its window allows, or there is nothing for it. A command that
 * concerns one peer costs the same however many peers wait; only what frees blocks or memory goes along the line of the
 * waiting. Commands of a connection that is not (or no longer) there change nothing.
 */
final class Picker {
    /** Blocks given in one turn: 256 KiB, so that what a peer gets lies together and the others need not wait long. */
    private static final int TURN = 16;

    private final Swarm swarm;
    private final OpenPieces pieces;
    private final Urgency urgency = new Urgency();
    private final Doubts doubts;
    private final Choice choice;
    private final Suggestions suggestions;
    private final Rota rota = new Rota();
    private final Outbox outbox = new Outbox();
    /** Something was freed that any of the waiting may take. */
    private boolean stirred;

    private boolean hadCopies;

    /** A picker that knows what is stored already. */
    Picker(
            PieceLayout layout,
            Bitfield stored,
            PieceSelection selection,
            PiecePicker.Settings settings,
            RandomGenerator random) {
        this.swarm = new Swarm(layout, stored, selection, random);
        this.pieces = new OpenPieces(layout, settings.memoryBudget());
        this.doubts = new Doubts(swarm, pieces, this::makeWay);
        this.choice = new Choice(swarm, pieces, urgency, doubts, settings, this::makeWay);
        choice.follow(selection);
        this.suggestions = new Suggestions(swarm, random);
    }

    Outcome join(ConnectionId id) {
        return join(id, false);
    }

    Outcome join(ConnectionId id, boolean inRuns) {
        PickerPeer peer = swarm.join(id);
        peer.inRuns(inRuns);
        choice.ratesChanged();
        return settle(List.of(peer));
    }

    Outcome offer(ConnectionId id, Bitfield has) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            swarm.offer(peer, has);
            stirred = true;
        }
        return settle(listOf(peer));
    }

    Outcome gain(ConnectionId id, List<Integer> gained) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            swarm.gain(peer, gained);
            suggest(peer, suggestions.gained(peer, gained));
        }
        return settle(listOf(peer));
    }

    Outcome window(ConnectionId id, int blocks, int blocksPerSecond) {
        if (blocks < 0 || blocksPerSecond < 0) {
            throw new IllegalArgumentException("window of " + blocks + " blocks at " + blocksPerSecond + "/s");
        }
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            peer.window(blocks, blocksPerSecond);
            choice.ratesChanged();
            // A rate that changed may make what a reader waits for overdue.
            stirred |= blocks == 0 || !urgency.isEmpty();
        }
        return settle(listOf(peer));
    }

    Outcome stalls(ConnectionId id) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            choice.heldUp().stalls(peer);
            stirred = true;
        }
        return settle(List.of());
    }

    Outcome confine(ConnectionId id, List<Integer> allowed) {
        allowed.forEach(swarm::checkPiece);
        return confinedTo(swarm.peer(id), allowed);
    }

    Outcome release(ConnectionId id) {
        return confinedTo(swarm.peer(id), null);
    }

    private Outcome confinedTo(@Nullable PickerPeer peer, @Nullable List<Integer> allowed) {
        if (peer != null) {
            peer.confine(allowed);
            // Others may finish what it may not be asked for now.
            stirred = true;
        }
        return settle(listOf(peer));
    }

    Outcome deliver(ConnectionId id, List<Block> blocks) {
        PickerPeer peer = swarm.peer(id);
        Set<PickerPeer> touched = new LinkedHashSet<>(listOf(peer));
        long wasted = 0;
        for (Block block : blocks) {
            OpenBlock awaited = peer == null ? null : awaited(peer, block.ref());
            if (peer == null || awaited == null) {
                wasted += block.data().length();
            } else {
                choice.heldUp().stallsNoMore(peer);
                touched.addAll(arrive(awaited, peer, block));
            }
        }
        if (wasted > 0) {
            outbox.event(new PiecePicker.Wasted(id, wasted));
        }
        return settle(touched);
    }

    Outcome giveBack(ConnectionId id, List<BlockRef> blocks) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            for (BlockRef ref : blocks) {
                OpenBlock block = peer.owed(ref);
                if (block != null) {
                    pieces.giveBack(block, peer);
                    stirred = true;
                }
            }
            doubts.gaveBack(peer);
            rota.remove(peer);
        }
        return settle(listOf(peer));
    }

    Outcome leave(ConnectionId id, boolean lied) {
        PickerPeer peer = swarm.peer(id);
        if (lied) {
            pieces.disown(id);
            stirred = true;
        }
        if (peer != null) {
            for (OpenBlock block : List.copyOf(peer.owed())) {
                pieces.giveBack(block, peer);
            }
            pieces.open().forEach(piece -> piece.forget(peer));
            doubts.left(peer);
            rota.remove(peer);
            choice.heldUp().stallsNoMore(peer);
            suggestions.left(peer);
            swarm.leave(peer);
            choice.ratesChanged();
            stirred = true;
        }
        return settle(List.of());
    }

    Outcome stored(int index) {
        swarm.checkPiece(index);
        Set<PickerPeer> touched = new LinkedHashSet<>();
        OpenPiece open = pieces.get(index);
        if (open != null) {
            drop(open, touched);
            stirred = true;
        }
        pieces.release(index);
        doubts.forget(index);
        touched.addAll(swarm.store(index));
        // free memory is of use only for a piece that can be opened; in endgame there is none
        stirred |= swarm.rarity().freshAndAvailable() > 0 || doubts.arePending();
        return settle(touched);
    }

    Outcome reopen(int index, boolean corrupt) {
        swarm.checkPiece(index);
        if (pieces.release(index)) {
            if (swarm.isMissing(index) && corrupt) {
                doubts.add(index);
            } else if (swarm.isMissing(index)) {
                swarm.setFresh(index, true);
            }
            stirred = true;
        }
        return settle(List.of());
    }

    Outcome serve(ConnectionId id, boolean serves) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            // An answer, be it empty.
            List<Integer> first = suggestions.serve(peer, serves);
            if (serves) {
                outbox.suggest(id, first);
            }
        }
        return outbox.drain();
    }

    Outcome begun(ConnectionId id, int piece) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            suggest(peer, suggestions.begins(peer, swarm.checkPiece(piece)));
        }
        return outbox.drain();
    }

    private void suggest(PickerPeer peer, List<Integer> pieces) {
        if (!pieces.isEmpty()) {
            outbox.suggest(peer.id(), pieces);
        }
    }

    void suggested(ConnectionId id, int piece) {
        PickerPeer peer = swarm.peer(id);
        if (peer != null) {
            peer.suggests(swarm.checkPiece(piece));
        }
    }

    Outcome select(PieceSelection selection) {
        choice.follow(selection);
        swarm.select(selection, pieces);
        doubts.selected();
        Set<PickerPeer> touched = new LinkedHashSet<>(swarm.peers());
        for (OpenPiece piece : List.copyOf(pieces.open())) {
            if (!swarm.isMissing(piece.index())) {
                drop(piece, touched);
            }
        }
        stirred = true;
        return settle(touched);
    }

    Outcome hurry(int reader, PieceRange window) {
        if (window.end() > swarm.pieces()) {
            throw new IllegalArgumentException(window + " of " + swarm.pieces());
        }
        urgency.hurry(reader, window);
        stirred = true;
        return settle(List.of());
    }

    Outcome relax(int reader) {
        stirred |= urgency.relax(reader);
        return settle(List.of());
    }

    Map<BlockRef, List<ConnectionId>> ledger() {
        return pieces.ledger();
    }

    PiecePicker.Availability availability(int cells) {
        return new Census(swarm, pieces).take(cells);
    }

    /** Why each peer was asked for what, and what stands in the way of more. */
    PiecePicker.Explanation explain() {
        Map<ConnectionId, PiecePicker.PeerPicks> peers = new LinkedHashMap<>();
        for (PickerPeer peer : swarm.peers()) {
            peers.put(
                    peer.id(),
                    new PiecePicker.PeerPicks(
                            swarm.missingAt(peer),
                            swarm.freshAt(peer),
                            peer.picks().list()));
        }
        return new PiecePicker.Explanation(pieces.memory(), Collections.unmodifiableMap(peers));
    }

    /** The missing block that the peer may send now, or null: it owes it, or owed it once. */
    private @Nullable OpenBlock awaited(PickerPeer peer, BlockRef ref) {
        OpenBlock owed = peer.owed(ref);
        if (owed != null) {
            return owed;
        }
        OpenBlock block = pieces.block(ref);
        return block != null && !block.isHere() && block.piece().isLate(peer, block.index()) ? block : null;
    }

    private List<PickerPeer> arrive(OpenBlock awaited, PickerPeer peer, Block block) {
        List<PickerPeer> losers = pieces.arrive(awaited, peer, block.data());
        losers.forEach(loser -> outbox.cancel(loser.id(), block.ref()));
        if (awaited.piece().isFilled()) {
            outbox.event(awaited.piece().toFilled());
            // A reader waits for the next one now.
            stirred |= !urgency.isEmpty();
        } else {
            // The waiting may take its place.
            stirred |= swarm.isStuck(awaited.piece());
        }
        return losers;
    }

    private void drop(OpenPiece piece, Set<PickerPeer> touched) {
        pieces.drop(piece, (owner, block) -> {
            outbox.cancel(owner.id(), block);
            touched.add(owner);
        });
    }

    /** A peer need not send a block because something urgent takes its place: it has room for something else. */
    private void makeWay(PickerPeer owner, BlockRef block) {
        outbox.cancel(owner.id(), block);
        rota.enlist(owner);
    }

    /** Tells the touched peers about interest, gives blocks to whom they are due, and hands out all that there is to tell. */
    private Outcome settle(Collection<PickerPeer> touched) {
        for (PickerPeer peer : touched) {
            boolean interested = swarm.hasMissing(peer);
            if (peer.tell(interested)) {
                outbox.interest(peer.id(), interested);
            }
        }
        for (PickerPeer peer : touched) {
            if (!stirred) {
                give(peer, Integer.MAX_VALUE);
            }
            if (isHungry(peer)) {
                rota.enlist(peer);
            }
        }
        while (isStirred()) {
            rota.serve(this::turn, choice::hasAnything);
        }
        return outbox.drain();
    }

    private boolean isStirred() {
        boolean copies = choice.hasCopies();
        boolean answer = choice.hasDropped() || stirred || (copies && !hadCopies);
        stirred = false;
        hadCopies = copies;
        return answer;
    }

    private Rota.Turn turn(PickerPeer peer) {
        boolean gotSomething = give(peer, TURN);
        if (!isHungry(peer)) {
            return Rota.Turn.ENOUGH;
        }
        return gotSomething ? Rota.Turn.SOMETHING : Rota.Turn.NOTHING;
    }

    private boolean give(PickerPeer peer, int most) {
        int given = 0;
        while (given < most && isHungry(peer)) {
            OpenBlock block = choice.next(peer);
            if (block == null) {
                break;
            }
            peer.picks().add(block.piece().index(), choice.rule(), choice.input());
            pieces.ask(block, peer);
            outbox.fetch(peer.id(), block.ref());
            given++;
        }
        // What it gets others may be asked for as well.
        stirred |= given > 0 && choice.heldUp().isStalled(peer);
        return given > 0;
    }

    private boolean isHungry(PickerPeer peer) {
        return peer.hasRoom() && swarm.hasMissing(peer);
    }

    private static List<PickerPeer> listOf(@Nullable PickerPeer peer) {
        return peer == null ? List.of() : List.of(peer);
    }
}
