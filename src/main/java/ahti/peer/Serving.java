package ahti.peer;

import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PieceSet;
import ahti.core.RateMeter;
import ahti.disk.DiskWriter;
import ahti.wire.PeerMessage;
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
 * configured buffer, so a peer that never reads costs no more. A choke empties the queue.
 */
final class Serving {
    private final PeerSetup setup;
    private final PieceSet stored;
    private final Link link;
    private final ActorRef<DiskWriter.ReadReply> readDone;
    private final RateMeter meter;
    private final Set<BlockRef> queue = new LinkedHashSet<>();

    private boolean amChoking = true;
    private boolean peerInterested;
    /** Bytes asked of the disk. */
    private long reading;
    /** Blocks asked of the disk before the last choke; they are dropped when they come. */
    private int stale;

    private int readsUnderWay;

    Serving(PeerSetup setup, PieceSet stored, Link link, ActorRef<DiskWriter.ReadReply> readDone) {
        this.setup = setup;
        this.stored = stored;
        this.link = link;
        this.readDone = readDone;
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

    /** Opens or closes the door. Closing it voids everything the peer asked for and has not got (BEP 3). */
    void choke(boolean choke) {
        if (choke == amChoking) {
            return;
        }
        amChoking = choke;
        if (choke) {
            queue.clear();
            link.dropBlocks();
            stale = readsUnderWay;
        }
        link.queue(choke ? PeerMessage.Signal.CHOKE : PeerMessage.Signal.UNCHOKE);
    }

    /** Whether the peer may ask for such a block at all; asking for another is a broken rule. */
    boolean isPossible(BlockRef block) {
        return setup.layout().contains(block.piece(), block.offset(), block.length());
    }

    /** The peer asks. What it may not have now is dropped silently, as BEP 3 peers expect; false says so. */
    boolean request(BlockRef block) {
        return !amChoking
                && stored.contains(block.piece())
                && queue.size() < setup.config().uploadQueue()
                && queue.add(block);
    }

    /** The peer no longer wants a block; false when it was not waiting for it. */
    boolean cancel(BlockRef block) {
        return queue.remove(block);
    }

    /** Asks the disk for as much as the buffer has room for. */
    void pump() {
        long room = setup.config().uploadBuffer() - reading - link.backlog();
        if (queue.isEmpty() || room < BlockRef.MAX_LENGTH) {
            return;
        }
        List<BlockRef> batch = new ArrayList<>();
        for (Iterator<BlockRef> waiting = queue.iterator(); waiting.hasNext() && room >= BlockRef.MAX_LENGTH; ) {
            BlockRef block = waiting.next();
            waiting.remove();
            batch.add(block);
            room -= block.length();
            reading += block.length();
        }
        readsUnderWay++;
        setup.disk().tell(new DiskWriter.Read(batch, readDone));
    }

    /** The disk has read. */
    void read(List<Block> blocks) {
        boolean wanted = readEnded();
        for (Block block : blocks) {
            reading -= block.ref().length();
            if (wanted) {
                link.queue(new PeerMessage.Piece(block));
            }
        }
    }

    /** The disk could not read. */
    void notRead(List<BlockRef> blocks) {
        readEnded();
        for (BlockRef block : blocks) {
            reading -= block.length();
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
