package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** CONTRACT SKELETON: the messages are fixed; create(...) takes the file seam, the metainfo, the directories and DiskConfig. */
public final class DiskWriter {

    /** What may be asked of a disk writer. */
    public sealed interface Command {}

    /**
     * Make ready: recall what an earlier run stored, look which files are there, create directories, and empty files of
     * length 0. Answered with {@link Prepared} or {@link NotPrepared}. Nothing else is answered before.
     */
    public record Prepare(ActorRef<PrepareReply> replyTo) implements Command {}

    /** Write a verified piece: all its blocks, in order. Answered with {@link Stored} or {@link NotStored}. */
    public record Store(int piece, List<ByteString> blocks, ActorRef<StoreReply> replyTo) implements Command {}

    /** Read blocks to serve them. Answered with one {@link BlocksRead} in the order asked, or one {@link NotRead}. */
    public record Read(List<BlockRef> blocks, ActorRef<ReadReply> replyTo) implements Command {}

    /** Read a whole piece to check it. Answered with {@link Loaded}, {@link Missing} or {@link NotLoaded}. */
    public record Load(int piece, ActorRef<LoadReply> replyTo) implements Command {}

    /** Remember what is stored, so that the next run need not check it: forces the files, then writes the resume record. */
    public record Remember(Bitfield stored, ActorRef<StoreReply> replyTo) implements Command {}

    /** Close every file and stop; answered when done. */
    public record Close(ActorRef<Closed> replyTo) implements Command {}

    /** Answers to {@link Prepare}. */
    public sealed interface PrepareReply {}

    /**
     * Ready.
     *
     * @param trusted pieces known to be stored, because a resume record agrees with every file's size and time
     * @param suspects pieces that may be there (their files exist) and need checking; never overlaps {@code trusted}
     */
    public record Prepared(Bitfield trusted, Bitfield suspects) implements PrepareReply {}

    /** The download cannot begin. */
    public record NotPrepared(DiskProblem problem) implements PrepareReply {}

    /** Answers to {@link Store} and {@link Remember}. */
    public sealed interface StoreReply {}

    /** The write of this piece has returned. */
    public record Stored(int piece) implements StoreReply {}

    /** This piece could not be written. */
    public record NotStored(int piece, DiskProblem problem) implements StoreReply {}

    /** The resume record is written. */
    public enum Remembered implements StoreReply {
        INSTANCE
    }

    /** The resume record could not be written; the next run checks everything again. */
    public record NotRemembered(DiskProblem problem) implements StoreReply {}

    /** Answers to {@link Read}. */
    public sealed interface ReadReply {}

    /** The blocks asked for, in order. */
    public record BlocksRead(List<Block> blocks) implements ReadReply {}

    /** They could not be read. */
    public record NotRead(List<BlockRef> blocks, DiskProblem problem) implements ReadReply {}

    /** Answers to {@link Load}. */
    public sealed interface LoadReply {}

    /** The bytes of the piece, in order. */
    public record Loaded(int piece, List<ByteString> blocks) implements LoadReply {}

    /** At least one of its files is missing or too short. */
    public record Missing(int piece) implements LoadReply {}

    /** Reading it failed. */
    public record NotLoaded(int piece, DiskProblem problem) implements LoadReply {}

    /** All files are closed. */
    public enum Closed {
        INSTANCE
    }

    private DiskWriter() {}
}
