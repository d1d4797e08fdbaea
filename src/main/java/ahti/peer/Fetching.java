package ahti.peer;

import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import ahti.wire.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The downloading half of an open connection: what we asked of the peer and what it owes us.
 *
 * <p>Everything asked has one fate, and the picker hears it: delivered, returned (choke, reject, timeout), or cancelled by the
 * picker itself. The window is 0 while the peer chokes us, unless it allows us some pieces all the same.
 *
 * <p>What a choke does is the one great difference between peers: a plain one forgets what we asked (BEP 3), one that speaks
 * Fast answers each request, with the block or a reject (BEP 6).
 */
final class Fetching {
    /** Blocks that a plain peer may send without being asked: it may have counted otherwise than we; no honest one needs them. */
    private static final int MOST_STRAYS = 16;

    private final PeerSetup setup;
    private final Link link;
    private final boolean fast;
    private final Tolls tolls;
    private final RequestWindow window;
    private final Privileges privileges;
    private final Refusals refusals = new Refusals();
    /** What the peer owes, oldest first, with the moment it was asked. */
    private final Map<BlockRef, Long> owed = new LinkedHashMap<>();

    /** What was asked and is not owed any more: a plain peer may answer it, one that speaks Fast will. */
    private final Unanswered unanswered = new Unanswered();
    /** Under Fast, of the read being handled: what was rejected. */
    private final List<BlockRef> rejected = new ArrayList<>();
    /** Blocks that came and were never asked for. */
    private int strays;
    /** Whether a block came since the peer let us ask. */
    private boolean gaveSinceUnchoke;

    private boolean amInterested;
    private boolean peerChoking = true;
    /** The last window told to the picker. */
    private int told;
    /** When the last block came, or the peer began to owe us something; what timed out it owes still. */
    private long quietSince;
    /** The same, but what timed out is asked for anew. */
    private long lastArrival;
    /** Whether the picker knows that nothing comes. */
    private boolean stalls;

    private long chokedSince;

    Fetching(PeerSetup setup, Link link, Tolls tolls, boolean fast) {
        this.setup = setup;
        this.link = link;
        this.tolls = tolls;
        this.fast = fast;
        this.privileges = new Privileges(setup);
        this.lastArrival = setup.clock().nanos();
        this.quietSince = lastArrival;
        this.chokedSince = lastArrival;
        this.window = new RequestWindow(setup.config(), lastArrival);
    }

    boolean amInterested() {
        return amInterested;
    }

    boolean peerChoking() {
        return peerChoking;
    }

    int inFlight() {
        return owed.size();
    }

    long downloaded() {
        return window.total();
    }

    long rate(long now) {
        return window.rate(now);
    }

    PeerSample.Asking asking() {
        return new PeerSample.Asking(told, window.isSnubbed(), chokedSince, quietSince);
    }

    /** The picker says whether the peer has anything that we want. */
    void interest(boolean interested) {
        if (interested != amInterested) {
            amInterested = interested;
            link.queue(interested ? PeerMessage.Signal.INTERESTED : PeerMessage.Signal.NOT_INTERESTED);
        }
    }

    /** The peer chokes us: what it owes will not come (BEP 3), or each of it is answered (BEP 6). */
    void choked() {
        if (!peerChoking) {
            chokedSince = setup.clock().nanos();
            if (!gaveSinceUnchoke && !owed.isEmpty()) {
                refusals.add(chokedSince);
            }
        }
        peerChoking = true;
        // The window first: otherwise the picker would fill it again with what comes back.
        tellWindow(0);
        List<BlockRef> unsent = link.dropRequests(block -> !fast || !privileges.contains(block.piece()));
        if (fast) {
            unsent.forEach(owed::remove);
            giveBack(unsent);
        } else {
            owed.keySet().forEach(unanswered::add);
            unsent.forEach(unanswered::remove);
            returnAll();
        }
    }

    /** The peer lets us ask. The picker hears it at the end of the read: a peer may change its mind a thousand times in one. */
    void unchoked() {
        if (peerChoking) {
            peerChoking = false;
            gaveSinceUnchoke = false;
            window.unchoked(setup.clock().nanos());
        }
    }

    /** The peer lets us ask for a piece while it chokes us; false when that is nothing new. */
    boolean allowed(int piece) {
        return privileges.add(piece);
    }

    /** The peer has lost a piece (BEP 54): a plain one forgets what we asked of it, as after a choke. */
    void lost(int piece) {
        if (!fast) {
            List<BlockRef> gone = owed.keySet().stream()
                    .filter(block -> block.piece() == piece)
                    .toList();
            gone.forEach(owed::remove);
            gone.forEach(unanswered::add);
            link.dropRequests(gone::contains).forEach(unanswered::remove);
            giveBack(gone);
        }
    }

    /** The peer keeps so many requests waiting at most. */
    void queueOf(int requests) {
        window.limit(requests);
    }

    /** The peer will not send a block; false when it was not asked for it. */
    boolean reject(BlockRef block) {
        // Its answers come in the order of the requests: what was taken back is answered before what was asked anew.
        if (unanswered.remove(block)) {
            return true;
        }
        if (owed.remove(block) == null) {
            return false;
        }
        rejected.add(block);
        boolean wasAllowed = privileges.remove(block.piece());
        if (wasAllowed || !peerChoking) {
            refusals.add(setup.clock().nanos());
        }
        return true;
    }

    /** A read is handled: the picker hears what it may ask for from now on. */
    void settle() {
        if (peerChoking) {
            if (fast && !privileges.isEmpty()) {
                privileges.confine();
            }
        } else {
            privileges.release();
        }
        // The window before what was rejected: a peer that wants to rest must not be asked for the same again.
        tellWindow(room());
        if (!rejected.isEmpty()) {
            giveBack(List.copyOf(rejected));
            rejected.clear();
        }
    }

    /** How much may be asked of the peer now. */
    private int room() {
        boolean resting = refusals.isResting(setup.clock().nanos());
        return resting || (peerChoking && privileges.isEmpty()) ? 0 : window.length();
    }

    /** The picker assigns blocks. After a choke it may not have heard of yet, they go straight back. */
    void fetch(List<BlockRef> blocks) {
        List<BlockRef> voided = new ArrayList<>(0);
        long now = setup.clock().nanos();
        if (owed.isEmpty()) {
            lastArrival = now;
            quietSince = window.isSnubbed() ? quietSince : now;
        }
        for (BlockRef block : blocks) {
            if (peerChoking && !privileges.contains(block.piece())) {
                voided.add(block);
            } else {
                owed.put(block, now);
                // What left late, and was returned because of a choke meanwhile, is still asked for.
                if (!link.isLeaving(block)) {
                    link.queue(new PeerMessage.Request(block));
                }
            }
        }
        giveBack(voided);
    }

    /** The picker takes blocks back: another peer was faster. */
    void cancel(List<BlockRef> blocks) {
        List<BlockRef> back = new ArrayList<>();
        for (BlockRef block : blocks) {
            if (owed.remove(block) != null) {
                back.add(block);
            }
        }
        cancelOnWire(back);
    }

    /**
     * Whether a block that came, in a message with that id, was asked for and not answered yet: in time or late. If not, it
     * counts as wasted and as nothing else.
     *
     * @throws ProtocolException when such blocks are too many: one, if both speak Fast, where each request is answered once (BEP 6)
     */
    boolean takes(int id, Block block) throws ProtocolException {
        if (owed.remove(block.ref()) != null) {
            forgetAsked(block.ref());
            return true;
        }
        if (unanswered.remove(block.ref())) {
            return true;
        }
        if (fast) {
            throw new ProtocolException(new Violation.NotAsked(id, block.ref()));
        }
        strays++;
        if (strays > MOST_STRAYS) {
            throw new ProtocolException(new Violation.Unasked());
        }
        setup.picker().tell(new PiecePicker.Deliver(setup.id(), List.of(block)));
        return false;
    }

    /** What answers a request that was taken back makes the next one for the same block needless, if that has not left yet. */
    private void forgetAsked(BlockRef block) {
        if (unanswered.awaits(block) && !link.dropRequests(block::equals).isEmpty()) {
            unanswered.remove(block);
        }
    }

    /** Blocks came in one read. */
    void arrived(List<Block> blocks) {
        long now = setup.clock().nanos();
        long bytes = 0;
        for (Block block : blocks) {
            bytes += block.ref().length();
        }
        gaveSinceUnchoke = true;
        lastArrival = now;
        stalls = false;
        refusals.forget();
        quietSince = now;
        window.arrived(blocks.size(), bytes, now);
        if (!peerChoking) {
            tellWindow(room());
        }
        setup.picker().tell(new PiecePicker.Deliver(setup.id(), blocks));
    }

    /** A second has passed. */
    void tick(long now) {
        window.tick(now);
        if (!tolls.mayRead()) {
            lastArrival = now; // what came waits for us to read it
        }
        tellStall(now);
        if (!owed.isEmpty() && now - lastArrival >= window.timeoutNanos(owed.size(), now)) {
            // Nothing came at all: the peer snubs us. Others get the blocks; if they come late they are still welcome.
            window.timedOut();
            tellWindow(room());
            cancelOnWire(List.copyOf(owed.keySet()));
            returnAll();
            lastArrival = now;
        } else {
            returnForgotten(now);
            tellWindow(room());
        }
    }

    private void tellStall(long now) {
        long patience = setup.config().requestTimeoutMin().toNanos();
        if (!stalls && !owed.isEmpty() && now - lastArrival >= patience) {
            stalls = true;
            setup.picker().tell(new PiecePicker.Stalls(setup.id()));
        }
    }

    /** Blocks that the peer skipped while it sent others: it will not send them any more. */
    private void returnForgotten(long now) {
        long patience = setup.config().requestTimeoutMax().toNanos();
        List<BlockRef> forgotten = new ArrayList<>();
        for (Map.Entry<BlockRef, Long> asked : owed.entrySet()) {
            if (now - asked.getValue() < patience) {
                break;
            }
            forgotten.add(asked.getKey());
        }
        forgotten.forEach(owed::remove);
        cancelOnWire(forgotten);
        giveBack(forgotten);
    }

    /** What was asked and has left is cancelled; of what waits to leave, the peer never hears. */
    private void cancelOnWire(List<BlockRef> blocks) {
        for (BlockRef block : blocks) {
            Predicate<BlockRef> same = block::equals;
            if (link.dropRequests(same).isEmpty()) {
                link.queue(new PeerMessage.Cancel(block));
                unanswered.add(block);
            }
        }
    }

    private void returnAll() {
        List<BlockRef> all = List.copyOf(owed.keySet());
        owed.clear();
        giveBack(all);
    }

    private void giveBack(List<BlockRef> blocks) {
        if (!blocks.isEmpty()) {
            setup.picker().tell(new PiecePicker.Return(setup.id(), blocks));
        }
    }

    /** Tells the picker a window, not wider than a limit lets through, that differs enough to matter: not every block is worth a message. */
    private void tellWindow(int wanted) {
        int blocks = tolls.window(wanted, setup.config().requestsMin());
        boolean matters = blocks == 0 || told == 0 || Math.abs(blocks - told) * 8 >= told;
        if (blocks != told && matters) {
            told = blocks;
            long perSecond = window.rate(setup.clock().nanos()) / BlockRef.MAX_LENGTH;
            setup.picker().tell(new PiecePicker.Window(setup.id(), blocks, (int) Math.min(perSecond, 1_000_000)));
        }
    }
}
