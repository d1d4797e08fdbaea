package ahti.testkit.swarm;

import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.PieceSet;
import ahti.wire.Capabilities;
import ahti.wire.FrameDecoder;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One member's side of one connection, as the wire shows it: what it said, what it heard, and what the other owes it.
 *
 * <p>Invariant: {@link #owed} holds the blocks that it asked for and that neither came, nor were choked away, rejected or cancelled.
 */
final class Half {
    /** More than what an engine takes, for it knows earlier. */
    private static final long REST = Duration.ofSeconds(2).toNanos();

    private static final int LONGEST_REST = 6;
    private static final long NOT_AT_ALL = Long.MAX_VALUE;

    final Member member;
    final Member other;
    final long connection;
    /** Blocks that the other owes it, and since when, in nanoseconds. */
    final Map<BlockRef, Long> owed = new TreeMap<>(Half::order);
    /** Requests whose answer it has not heard. */
    private final Map<BlockRef, Integer> unanswered = new TreeMap<>(Half::order);
    /** What it knows that the other has, and since when it knows the last of it. */
    final PieceSet known;
    /** Pieces of which it took a request back: it may leave them to others. */
    final PieceSet tookBack;

    long knownSince;
    boolean interested;
    long interestSince;
    boolean unchokes;
    boolean unchoked;
    long unchokedSince;
    long lastOwed;
    /** Until when it may leave the other alone, because that let it ask and then refused. */
    long restsUntil;

    /** Since when it has waited for a block, whoever else was asked for it meanwhile. */
    private long waitsSince = NOT_AT_ALL;

    private int refusals;
    private final IntSupplier backlog;
    private final Stream sent;
    private final Stream heard;

    Half(Member member, Member other, long connection, int pieces, IntSupplier backlog) {
        this.backlog = backlog;
        this.member = member;
        this.other = other;
        this.connection = connection;
        known = new PieceSet(pieces);
        tookBack = new PieceSet(pieces);
        sent = new Stream(pieces);
        heard = new Stream(pieces);
    }

    private static int order(BlockRef one, BlockRef other) {
        int byPiece = Integer.compare(one.piece(), other.piece());
        return byPiece != 0 ? byPiece : Integer.compare(one.offset(), other.offset());
    }

    /** The messages that these bytes of its complete. */
    List<PeerMessage> sent(ByteString bytes) {
        return sent.feed(bytes);
    }

    /** The messages that it hears when these bytes arrive. */
    List<PeerMessage> heard(ByteString bytes) {
        return heard.feed(bytes);
    }

    /** Whether both ends speak Fast, as far as it has heard: then each request is answered. */
    boolean isFast() {
        return sent.offered.and(heard.offered).fast();
    }

    /** It asks: an answer is to come. */
    void asks(BlockRef block, long now) {
        unanswered.merge(block, 1, Integer::sum);
        waitsSince = Math.min(waitsSince, now);
    }

    /** Whether it has waited since before that moment, and nothing came. */
    boolean waitsSince(long moment) {
        return waitsSince <= moment;
    }

    /** Under Fast: whether an answer about that block is still to come. */
    boolean awaitsAnswer(BlockRef block) {
        return unanswered.containsKey(block);
    }

    /** It hears an answer; false when none was to come. */
    boolean isAnswered(BlockRef block) {
        Integer left = unanswered.remove(block);
        if (left != null && left > 1) {
            unanswered.put(block, left - 1);
        }
        return left != null;
    }

    /** The other let it ask, and now does not: it rests, twice as long each time until a block comes. */
    void refused(long now) {
        if (now >= restsUntil) {
            restsUntil = now + (REST << refusals);
            refusals = Math.min(refusals + 1, LONGEST_REST);
        }
    }

    /** A block has come, and it was of use or not. */
    void served(long now, boolean isNew) {
        refusals = 0;
        if (isNew) {
            waitsSince = owed.isEmpty() ? NOT_AT_ALL : now;
        }
    }

    void knows(Bitfield bitfield, long now) {
        for (int piece = 0; piece < known.size(); piece++) {
            if (bitfield.get(piece) && known.add(piece)) {
                knownSince = now;
            }
        }
    }

    /** Whether the other has, as it knows, a piece that it has not stored. */
    boolean hasReasonToBeInterested() {
        for (int piece = known.nextSet(0); piece >= 0; piece = known.nextSet(piece + 1)) {
            if (!member.storage().has(piece)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return member.name() + " with " + other.name();
    }

    /** Whether what it says now has to wait behind what it said before. */
    boolean mustWait() {
        return backlog.getAsInt() > 0;
    }

    /** For the message of a broken rule; moments in seconds. */
    String state() {
        return " (connection " + connection + "; knows " + known.count() + " pieces since " + seconds(knownSince)
                + (interested ? ", interested since " : ", not interested since ") + seconds(interestSince)
                + (unchoked ? ", unchoked since " + seconds(unchokedSince) : ", choked") + ", owed " + owed.size()
                + " blocks, last change " + seconds(lastOwed) + ")";
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    /** Bytes of one direction: a handshake, then frames. */
    private static final class Stream {
        private final FrameDecoder frames;
        private Capabilities offered = Capabilities.NONE;
        private @Nullable ByteString handshake = ByteString.emptyByteString();

        Stream(int pieces) {
            frames = new FrameDecoder(FrameDecoder.maxLength(pieces));
        }

        List<PeerMessage> feed(ByteString bytes) {
            try {
                if (handshake == null) {
                    return frames.feed(bytes);
                }
                ByteString head = handshake.concat(bytes);
                if (head.size() < Handshake.LENGTH) {
                    handshake = head;
                    return List.of();
                }
                handshake = null;
                offered = Handshake.capabilities(head);
                return frames.feed(head.drop(Handshake.LENGTH));
            } catch (ProtocolException e) {
                throw new BrokenRule("an engine sent a broken frame: " + e.getMessage());
            }
        }
    }
}
