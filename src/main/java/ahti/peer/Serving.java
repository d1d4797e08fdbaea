package ahti.peer;

import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PieceSet;
import ahti.core.RateMeter;
import ahti.disk.DiskWriter;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The uploading half of an open connection: what the peer asked for and has not got.
 *
 * <p>A request waits in the queue, is read from disk, then leaves. What is being read or has not left is bounded by the
 * configured buffer, so a peer that never reads costs no more.
 *
 * <p>A choke empties the queue. A plain peer knows that by itself (BEP 3); one that speaks Fast is told of each request that
 * it will not be answered (BEP 6), and may ask for a few pieces even then.
 */
final class Serving {
    private final PeerSetup setup;
    private final PieceSet stored;
    private final Link link;
    private final Tolls tolls;
    private final ActorRef<DiskWriter.ReadReply> readDone;
    private final boolean fast;
    private final RateMeter meter;
    private final Set<BlockRef> queue = new LinkedHashSet<>();
    private final Allowance allowance;
    /** Pieces of which something was sent. */
    private final PieceSet begun;

    private final LastPieces lastPieces = new LastPieces();

    private boolean amChoking = true;
    /** Whether it is unchoked as soon as we know what to suggest to it. */
    private boolean awaitsSuggestions;

    private boolean peerInterested;
    /** Bytes asked of the disk. */
    private long reading;
    /** Questions to the disk from before the last choke: what is answered to them is dropped. */
    private int stale;

    private int readsUnderWay;

    Serving(
            PeerSetup setup,
            PieceSet stored,
            Link link,
            Tolls tolls,
            boolean fast,
            ActorRef<DiskWriter.ReadReply> readDone) {
        this.setup = setup;
        this.stored = stored;
        this.link = link;
        this.tolls = tolls;
        this.fast = fast;
        this.readDone = readDone;
        this.allowance = new Allowance(setup);
        this.begun = new PieceSet(setup.layout().pieces());
        this.meter = new RateMeter(setup.clock().nanos());
    }

    boolean amChoking() {
        return amChoking;
    }

    boolean peerInterested() {
        return peerInterested;
    }

    void peerInterested(boolean interested) {
        peerInterested = interested;
    }

    long uploaded() {
        return link.payloadSent();
    }

    long rate(long now) {
        meter.add(link.payloadSent() - meter.total(), now);
        return meter.perSecond(now);
    }

    /** Bytes that the peer asked for and that have not left. */
    long waiting() {
        return (long) queue.size() * BlockRef.MAX_LENGTH + reading + link.blocksWaiting();
    }

    /** Under Fast something must be said, and it must be the first thing. */
    void sayWhatWeHave() {
        if (fast && stored.isFull()) {
            link.queue(PeerMessage.Possession.HAVE_ALL);
        } else if (stored.count() > 0) {
            link.queue(PeerMessage.BitfieldBytes.of(stored.toBitfield()));
        } else if (fast) {
            link.queue(PeerMessage.Possession.HAVE_NONE);
        }
    }

    /** Opens or closes the door. Closing it voids everything the peer asked for and has not got (BEP 3). */
    void choke(boolean choke) {
        awaitsSuggestions = false;
        lastPieces.end();
        if (choke == amChoking) {
            return;
        }
        boolean suggests = fast && stored.isFull();
        if (suggests) {
            setup.picker().tell(new PiecePicker.Serve(setup.id(), !choke));
        }
        if (suggests && !choke) {
            // It would choose what to ask for before it hears of them.
            awaitsSuggestions = true;
            return;
        }
        amChoking = choke;
        link.queue(choke ? PeerMessage.Signal.CHOKE : PeerMessage.Signal.UNCHOKE);
        if (choke) {
            stale = readsUnderWay;
            // After the choke, or the peer would ask again.
            link.dropBlocks(this::isVoid).forEach(this::reject);
            for (BlockRef block : List.copyOf(queue)) {
                if (isVoid(block)) {
                    queue.remove(block);
                    reject(block);
                }
            }
        }
    }

    /** Whether a choke voids a request for that. */
    private boolean isVoid(BlockRef block) {
        return !allowance.contains(block.piece());
    }

    /** The peer hears that the block will not come; a plain one has to think that itself. */
    private void reject(BlockRef block) {
        if (fast) {
            link.queue(new PeerMessage.Reject(block));
        }
    }

    /** The peer has so many pieces: does it still need what it may have while it is choked? */
    void peerHas(int pieces) {
        allowance.peerHas(pieces);
    }

    /** Lets a newcomer have a few pieces while it is choked, and says so. */
    void allow(InetAddress peer) {
        if (stored.count() > 0) {
            allowance.grant(peer).forEach(piece -> link.queue(new PeerMessage.AllowedFast(piece)));
        }
    }

    /** Closes the door when the peer has what it is being sent: half a piece is of no use to anybody. */
    void endTurn() {
        // A plain peer would wait in vain for what is not sent any more.
        if (amChoking || !fast || !lastPieces.begin(setup.clock().nanos())) {
            choke(true);
        }
    }

    /** A second has passed. */
    void tick(long nowNanos) {
        if (lastPieces.isOverdue(nowNanos)) {
            choke(true);
        }
    }

    /** Suggests pieces to the peer, if we still send to it; now it may be unchoked. */
    void suggest(List<Integer> pieces) {
        if (awaitsSuggestions || (!amChoking && !lastPieces.areAll())) {
            pieces.forEach(piece -> link.queue(new PeerMessage.Suggest(piece)));
        }
        if (awaitsSuggestions) {
            awaitsSuggestions = false;
            amChoking = false;
            link.queue(PeerMessage.Signal.UNCHOKE);
        }
    }

    /** Whether the peer may ask for such a block at all; asking for another is a broken rule. */
    boolean isPossible(BlockRef block) {
        return setup.layout().contains(block.piece(), block.offset(), block.length());
    }

    /** The peer asks. What it may not have now is rejected, or dropped silently, as BEP 3 peers expect; false says so. */
    boolean request(BlockRef block) {
        boolean granted = stored.contains(block.piece())
                && queue.size() < setup.config().uploadQueue()
                && (!amChoking || allowance.take(block))
                && queue.add(block);
        if (!granted) {
            reject(block);
        }
        return granted;
    }

    /** The peer no longer wants a block. What is being read already is sent. */
    void cancel(BlockRef block) {
        if (queue.remove(block)) {
            reject(block);
        }
    }

    /** Asks the disk for as much as the buffer has room for. */
    void pump() {
        if (lastPieces.isDone() && reading == 0 && !link.hasBlocks()) {
            choke(true);
        }
        long ready = tolls.ready();
        long room = ready - reading - link.backlog();
        // Not for each block that left: a question to the disk costs two messages.
        if (queue.isEmpty() || room < Math.max(BlockRef.MAX_LENGTH, Math.min(link.batch(), ready / 4))) {
            return;
        }
        List<BlockRef> batch = new ArrayList<>();
        for (Iterator<BlockRef> waiting = queue.iterator(); waiting.hasNext() && room >= BlockRef.MAX_LENGTH; ) {
            BlockRef block = waiting.next();
            if (!lastPieces.mayBeSent(block.piece())) {
                continue;
            }
            waiting.remove();
            leaves(block);
            batch.add(block);
            room -= block.length();
            reading += block.length();
        }
        if (batch.isEmpty()) {
            return;
        }
        readsUnderWay++;
        setup.disk().tell(new DiskWriter.Read(batch, readDone));
    }

    private void leaves(BlockRef block) {
        lastPieces.leaves(block, setup.layout().length(block.piece()));
        if (stored.isFull() && begun.add(block.piece())) {
            setup.picker().tell(new PiecePicker.Begun(setup.id(), block.piece()));
        }
    }

    /** The disk has read. */
    void read(List<Block> blocks) {
        boolean wanted = readEnded();
        for (Block block : blocks) {
            reading -= block.ref().length();
            if (wanted || !isVoid(block.ref())) {
                link.queue(new PeerMessage.Piece(block));
            } else {
                reject(block.ref());
            }
        }
    }

    /** The disk could not read. */
    void notRead(List<BlockRef> blocks) {
        readEnded();
        for (BlockRef block : blocks) {
            reading -= block.length();
            reject(block);
        }
    }

    /** Replies come in the order of the questions, so the first ones after a choke are those asked before it. */
    private boolean readEnded() {
        readsUnderWay--;
        if (stale > 0) {
            stale--;
            return false;
        }
        return true;
    }
}
