package ahti.torrent.reading;

import ahti.actor.Handlers;
import ahti.config.ReadConfig;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import ahti.disk.DiskProblem;
import ahti.disk.DiskWriter;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * Reads a run of one file in order, at the pace of its owner: one chunk for each {@link Next}.
 *
 * <p>Its window moves only when bytes went to the owner: who asks for nothing more has nothing more fetched than the window.
 * It stops when everything is read, when something fails, and when its owner is gone.
 */
public final class Reader extends AbstractBehavior<Reader.Command> {

    /** What may be told to a reader. */
    public sealed interface Command {}

    /** The owner is ready for more bytes. Ignored while it waits for some already. */
    public enum Next implements Command {
        INSTANCE
    }

    /** Nothing more can be read: the owner hears why. */
    public record Close(String why) implements Command {}

    private record DiskTold(DiskWriter.ReadReply reply) implements Command {}

    private enum OwnerGone implements Command {
        INSTANCE
    }

    /** What the owner of a reader hears: {@link Opened} or {@link Refused}; then bytes; then {@link Ended} or {@link Failed}. */
    public sealed interface Reply {}

    /** The reader is there, and waits for {@link Next}. It is gone after the end, and when its torrent is. */
    public record Opened(ActorRef<Command> reader) implements Reply {}

    /** There is no reader. */
    public record Refused(ReadRefusal refusal) implements Reply {}

    /** The next bytes, at least one: verified and stored. */
    public record Bytes(ByteString bytes) implements Reply {}

    /** All bytes were told. */
    public enum Ended implements Reply {
        INSTANCE
    }

    /** There will be no more bytes, and why. */
    public record Failed(String why) implements Reply {}

    /** What a reader tells its torrent. */
    public sealed interface Event {}

    /** It is about to read these pieces. */
    public record Ahead(ActorRef<Command> reader, PieceRange window) implements Event {}

    /** Once they are stored, it wants these runs of one piece, and the disk to answer it. */
    public record Wants(ActorRef<Command> reader, List<BlockRef> blocks, ActorRef<DiskWriter.ReadReply> replyTo)
            implements Event {}

    /** It is at its end, of which its owner hears after this: the owner may have another at once. */
    public record Done(ActorRef<Command> reader) implements Event {}

    /** Stored bytes could not be read. */
    public record Unreadable(DiskProblem problem) implements Event {}

    private final ReadCursor cursor;
    private final ActorRef<Reply> owner;
    private final ActorRef<Event> torrent;
    private final ActorRef<DiskWriter.ReadReply> diskTold;
    private PieceRange window;
    /** The owner waits for bytes. */
    private boolean wanted;

    private Reader(ActorContext<Command> context, ReadCursor cursor, ActorRef<Reply> owner, ActorRef<Event> torrent) {
        super(context);
        this.cursor = cursor;
        this.owner = owner;
        this.torrent = torrent;
        this.diskTold = context.messageAdapter(DiskWriter.ReadReply.class, DiskTold::new);
        this.window = new PieceRange(0, 0);
    }

    /**
     * A reader of a run of the torrent's bytes.
     *
     * @param from the first byte, from the start of the torrent
     * @param to the byte after the last
     * @param owner gets the bytes
     * @param torrent hears what is needed
     */
    public static Behavior<Command> create(
            PieceLayout layout, long from, long to, ReadConfig config, ActorRef<Reply> owner, ActorRef<Event> torrent) {
        return Behaviors.setup(context -> {
            ReadCursor cursor = new ReadCursor(layout, from, to, config.ahead(), config.chunk());
            return new Reader(context, cursor, owner, torrent).begin();
        });
    }

    private Behavior<Command> begin() {
        getContext().watchWith(owner, OwnerGone.INSTANCE);
        tellWindow();
        owner.tell(new Opened(getContext().getSelf()));
        return endAtEnd();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Next.class, this::onNext)
                .onMessage(DiskTold.class, this::onDiskTold)
                .onMessage(Close.class, this::onClose)
                .onMessage(OwnerGone.class, this::onOwnerGone)
                .build();
    }

    private Behavior<Command> onNext(Next message) {
        if (!wanted) {
            wanted = true;
            torrent.tell(new Wants(getContext().getSelf(), cursor.next(), diskTold));
        }
        return this;
    }

    private Behavior<Command> onDiskTold(DiskTold message) {
        if (message.reply() instanceof DiskWriter.NotRead not) {
            torrent.tell(new Unreadable(not.problem()));
            return end(new Failed(not.problem().describe()));
        }
        ByteString bytes = ByteString.emptyByteString();
        for (Block block : ((DiskWriter.BlocksRead) message.reply()).blocks()) {
            bytes = bytes.concat(block.data());
        }
        wanted = false;
        cursor.advance(bytes.length());
        tellWindow();
        owner.tell(new Bytes(bytes));
        return endAtEnd();
    }

    /** The torrent hears where the window is now, when that is not where it was. */
    private void tellWindow() {
        PieceRange now = cursor.window();
        if (!cursor.isAtEnd() && !now.equals(window)) {
            window = now;
            torrent.tell(new Ahead(getContext().getSelf(), now));
        }
    }

    private Behavior<Command> endAtEnd() {
        return cursor.isAtEnd() ? end(Ended.INSTANCE) : this;
    }

    private Behavior<Command> onClose(Close message) {
        return end(new Failed(message.why()));
    }

    private Behavior<Command> end(Reply last) {
        torrent.tell(new Done(getContext().getSelf()));
        owner.tell(last);
        return Behaviors.stopped();
    }

    private Behavior<Command> onOwnerGone(OwnerGone message) {
        return Behaviors.stopped();
    }
}
