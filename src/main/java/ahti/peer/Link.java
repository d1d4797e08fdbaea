package ahti.peer;

import ahti.core.BlockRef;
import ahti.core.Text;
import ahti.peer.PeerConnection.Command;
import ahti.wire.FrameEncoder;
import ahti.wire.PeerMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSink;
import org.apache.pekko.stream.typed.javadsl.ActorSource;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The seam between a connection's stream and its actor: the only file that knows both worlds.
 *
 * <p>In: one message per read, and the next read waits for {@link #readOn}. Out: messages leave in batches, one batch on its
 * way at a time; {@link #backlog} tells how much the peer has not taken yet. Words overtake blocks: what we have, want and
 * take back is news, and on a slow line blocks are many seconds of it. Otherwise the order is kept. The stream ends with the
 * actor.
 */
final class Link {

    /** Asks the stream for the next read. */
    enum Ack {
        INSTANCE
    }

    private final ActorRef<ByteString> writer;
    private final Deque<PeerMessage> words = new ArrayDeque<>();
    private final Deque<PeerMessage.Piece> blocks = new ArrayDeque<>();
    /** Who waits to read on; null while nothing was read since the last {@link #readOn}. */
    private @Nullable ActorRef<Ack> reader;

    private boolean writing;
    /** Requests of the batch on its way that are meant to leave; they cannot be taken back any more. */
    private final Set<BlockRef> leaving = new HashSet<>();

    private long wordBytes;
    private long blockBytes;
    private long writingBytes;
    private long payloadSent;
    private int batchBytes = BatchSize.LEAST;
    private Tolls tolls = new Tolls(Duration.ZERO);

    /** Gives {@code writer} one batch at a time; {@link #sent} says when it was taken. */
    Link(ActorRef<ByteString> writer) {
        this.writer = writer;
    }

    /** Runs a dialling flow; the actor hears {@code Connected} or {@code NotConnected}. */
    static Link dial(
            ActorContext<Command> context, Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> flow) {
        Pair<ActorRef<ByteString>, CompletionStage<InetSocketAddress>> running = source(context)
                .viaMat(flow, Keep.both())
                .to(sink(context))
                .run(Materializer.createMaterializer(context));
        context.pipeToSelf(
                running.second(),
                (address, failure) -> failure == null
                        ? PeerConnection.Connected.INSTANCE
                        : new PeerConnection.NotConnected(describe(failure)));
        return new Link(running.first());
    }

    /** Runs the flow of an accepted connection. */
    static Link accept(ActorContext<Command> context, Flow<ByteString, ByteString, NotUsed> flow) {
        return new Link(source(context).via(flow).to(sink(context)).run(Materializer.createMaterializer(context)));
    }

    private static Source<ByteString, ActorRef<ByteString>> source(ActorContext<Command> context) {
        ActorRef<Command> self = context.getSelf();
        return ActorSource.actorRefWithBackpressure(
                self, PeerConnection.Sent.INSTANCE, bytes -> Optional.empty(), bytes -> Optional.empty());
    }

    private static Sink<ByteString, NotUsed> sink(ActorContext<Command> context) {
        return ActorSink.actorRefWithBackpressure(
                context.getSelf(),
                PeerConnection.Received::new,
                PeerConnection.Started::new,
                Ack.INSTANCE,
                PeerConnection.Closed.INSTANCE,
                failure -> new PeerConnection.Broken(describe(failure)));
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return Text.clean(message == null ? failure.getClass().getSimpleName() : message, 200);
    }

    /** From now on reads and blocks wait while too much is owed for them. */
    void limitedBy(Tolls limits) {
        tolls = limits;
    }

    /** From now on so many bytes leave in one batch, about. */
    void batchOf(int bytes) {
        batchBytes = bytes;
    }

    int batch() {
        return batchBytes;
    }

    /** Remembers who waits to read on. */
    void read(ActorRef<Ack> from) {
        reader = from;
    }

    /** Lets the next read come, unless it would break a limit. */
    void readOn() {
        ActorRef<Ack> from = reader;
        if (from != null && tolls.mayRead()) {
            reader = null;
            from.tell(Ack.INSTANCE);
        }
    }

    /** Sends raw bytes: the handshake, before any message. */
    void sendFirst(ByteString bytes) {
        writing = true;
        writingBytes = bytes.length();
        writer.tell(bytes);
    }

    /** Queues a message; it leaves with the next {@link #flush}. */
    void queue(PeerMessage message) {
        if (message instanceof PeerMessage.Piece block) {
            blocks.addLast(block);
            blockBytes += sizeOf(block);
        } else {
            if (message instanceof PeerMessage.Cancel cancel) {
                leaving.remove(cancel.block());
            }
            words.addLast(message);
            wordBytes += sizeOf(message);
        }
    }

    /** Lets a batch leave when none is on its way. */
    void flush() {
        if (writing || (words.isEmpty() && !blockMayLeave())) {
            return;
        }
        List<PeerMessage> batch = new ArrayList<>(words);
        for (PeerMessage word : words) {
            if (word instanceof PeerMessage.Request request) {
                leaving.add(request.block());
            } else if (word instanceof PeerMessage.Cancel cancel) {
                leaving.remove(cancel.block());
            }
        }
        long bytes = wordBytes;
        words.clear();
        wordBytes = 0;
        while (bytes < batchBytes && blockMayLeave()) {
            PeerMessage.Piece block = blocks.removeFirst();
            batch.add(block);
            bytes += sizeOf(block);
            blockBytes -= sizeOf(block);
            tolls.leave(sizeOf(block));
            payloadSent += block.block().ref().length();
        }
        writing = true;
        writingBytes = bytes;
        writer.tell(FrameEncoder.encode(batch));
    }

    private boolean blockMayLeave() {
        return !blocks.isEmpty() && tolls.maySend();
    }

    /** The batch on its way was taken; the next may leave. */
    void sent() {
        writing = false;
        writingBytes = 0;
        leaving.clear();
        flush();
    }

    /** Takes back blocks that have not left yet: a choke voids them. Returns which. */
    List<BlockRef> dropBlocks(Predicate<BlockRef> which) {
        List<BlockRef> dropped = new ArrayList<>(0);
        for (Iterator<PeerMessage.Piece> waiting = blocks.iterator(); waiting.hasNext(); ) {
            PeerMessage.Piece piece = waiting.next();
            if (which.test(piece.block().ref())) {
                waiting.remove();
                blockBytes -= sizeOf(piece);
                dropped.add(piece.block().ref());
            }
        }
        return dropped;
    }

    /** Takes back requests that have not left yet: the peer need not hear of them. Returns which. */
    List<BlockRef> dropRequests(Predicate<BlockRef> which) {
        List<BlockRef> dropped = new ArrayList<>(0);
        for (Iterator<PeerMessage> messages = words.iterator(); messages.hasNext(); ) {
            PeerMessage message = messages.next();
            if (message instanceof PeerMessage.Request request && which.test(request.block())) {
                messages.remove();
                wordBytes -= sizeOf(message);
                dropped.add(request.block());
            }
        }
        return dropped;
    }

    /** Whether a request for that block is on its way, and no Cancel behind it: asked again, it would come twice. */
    boolean isLeaving(BlockRef block) {
        return leaving.contains(block);
    }

    /** Whether blocks wait for nothing but the limit. */
    boolean isHeldUp() {
        return !writing && words.isEmpty() && !blocks.isEmpty();
    }

    /** Whether a batch is on its way that the peer has not taken yet. */
    boolean isWriting() {
        return writing;
    }

    /** Bytes that the peer has not taken yet. */
    long backlog() {
        return wordBytes + blockBytes + writingBytes;
    }

    /** Bytes of messages other than blocks that wait to leave. */
    long talkWaiting() {
        return wordBytes;
    }

    /** Whether blocks wait that a choke would take back. */
    boolean hasBlocks() {
        return !blocks.isEmpty();
    }

    /** Bytes of blocks that wait to leave, and of the batch on its way. */
    long blocksWaiting() {
        return blockBytes + writingBytes;
    }

    /** Block bytes that have left. */
    long payloadSent() {
        return payloadSent;
    }

    private static long sizeOf(PeerMessage message) {
        int payload =
                message instanceof PeerMessage.Piece piece ? piece.block().ref().length() : 0;
        return message == PeerMessage.KeepAlive.INSTANCE ? 4 : 5L + message.bodyLength() + payload;
    }
}
