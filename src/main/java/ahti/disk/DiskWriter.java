package ahti.disk;

import ahti.actor.Handlers;
import ahti.config.DiskConfig;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * The files of one torrent.
 *
 * <p>This is its first phase: it waits to be told to prepare, which may fail and be asked for again. Then
 * {@link PreparedDisk} takes over. It blocks: spawn it with {@link #props}. What is wrong with the disk is answered as a
 * {@link DiskProblem}, to the request that met it, and the next request is tried anew.
 */
public final class DiskWriter extends AbstractBehavior<DiskWriter.Command> {

    /** What may be asked of a disk writer. */
    public sealed interface Command {}

    /**
     * Make ready: recall what an earlier run stored, look which files are there, create directories, and empty files of
     * length 0. Answered with {@link Prepared} or {@link NotPrepared}. Nothing else is answered before.
     *
     * @param selected which files are wanted from now on; empty for those that were wanted before
     */
    public record Prepare(Optional<FileSelection> selected, ActorRef<PrepareReply> replyTo) implements Command {
        /** The same files as before. */
        public Prepare(ActorRef<PrepareReply> replyTo) {
            this(Optional.empty(), replyTo);
        }
    }

    /**
     * Other files are wanted from now on. What the part file has of files that were not wanted before goes into them. Answered
     * with {@link Selected} or {@link NotSelected}; then everything is as it was.
     *
     * @param stored pieces that are in the files
     */
    public record Select(FileSelection selected, Bitfield stored, ActorRef<SelectReply> replyTo) implements Command {}

    /** Write a verified piece: all its blocks, in order. Answered with {@link Stored} or {@link NotStored}. */
    public record Store(int piece, List<ByteString> blocks, ActorRef<StoreReply> replyTo) implements Command {}

    /** Read blocks to serve them. Answered with one {@link BlocksRead} in the order asked, or one {@link NotRead}. */
    public record Read(List<BlockRef> blocks, ActorRef<ReadReply> replyTo) implements Command {}

    /**
     * Have pieces checked that may be there. Answered by one of these inspectors, as soon as one has time for it.
     *
     * @param pieces some that lie near each other: a file is opened once for all of them
     */
    public record Check(
            List<Integer> pieces, ActorRef<PieceInspector.Command> by, ActorRef<PieceInspector.Answer> replyTo)
            implements Command {}

    /**
     * Remember what is stored, so that not even a power cut takes it, and the next run need not check it: forces the files, then
     * writes the resume record. Other requests are answered meanwhile. Answered with {@link Remembered}, {@link NotRemembered} or
     * {@link NotForced}.
     *
     * @param stored pieces that are in the files
     */
    public record Remember(Bitfield stored, ActorRef<StoreReply> replyTo) implements Command {}

    /**
     * After a problem: would the disk do again? Nothing that is done to find out stays. Answered with {@link Usable} or
     * {@link Unusable}; what comes next is to prepare.
     *
     * @param toWrite bytes that must fit, and are written for a try; 0 when nothing is to be written
     */
    public record Probe(int toWrite, ActorRef<ProbeReply> replyTo) implements Command {}

    /** Close every file and stop; answered when done. */
    public record Close(ActorRef<Closed> replyTo) implements Command {}

    /** To itself: write into the journal what was stored since. Comes after all that is in the mailbox: one entry for many. */
    enum Jot implements Command {
        INSTANCE
    }

    /** To itself: some time has passed since a file was looked at before it was read. */
    enum LookAgain implements Command {
        INSTANCE
    }

    /** To itself: the files were forced, or not. */
    record Forced(Forcing.Outcome outcome) implements Command {}

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

    /** Answers to {@link Select}. */
    public sealed interface SelectReply {}

    /** So it is from now on. */
    public enum Selected implements SelectReply {
        INSTANCE
    }

    /** These files cannot be written. */
    public record NotSelected(DiskProblem problem) implements SelectReply {}

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

    /** The resume record could not be written; the next run checks again what was stored since the last one. */
    public record NotRemembered(DiskProblem problem) implements StoreReply {}

    /**
     * A file could not be forced: what was written into it since it was forced last may never reach the device, whatever reading
     * it says now. It does not count as stored for whoever prepares anew.
     */
    public record NotForced(DiskProblem problem) implements StoreReply {}

    /** Answers to {@link Read}. */
    public sealed interface ReadReply {}

    /** The blocks asked for, in order. */
    public record BlocksRead(List<Block> blocks) implements ReadReply {}

    /** They could not be read. */
    public record NotRead(List<BlockRef> blocks, DiskProblem problem) implements ReadReply {}

    /** Answers to {@link Probe}. */
    public sealed interface ProbeReply {}

    /** It would. */
    public enum Usable implements ProbeReply {
        INSTANCE
    }

    /** It would not. */
    public record Unusable(DiskProblem problem) implements ProbeReply {}

    /** All files are closed. */
    public enum Closed {
        INSTANCE
    }

    /**
     * Whose files, and where.
     *
     * @param directory the download directory; created when it does not exist
     * @param selected which files are wanted
     * @param stateDirectory where the resume record and the part file are; empty means that no record is kept, and the part
     *     file is hidden beside the download
     * @param checkAll trust no resume record: whatever is there is to be checked
     * @param readOnly nothing is to be fetched: no file is created, and room and permission to write do not matter
     */
    public record Settings(
            Metainfo metainfo,
            Path directory,
            FileSelection selected,
            Optional<Path> stateDirectory,
            boolean checkAll,
            boolean readOnly,
            DiskConfig config,
            FileStore store) {

        /** The same for other files. */
        Settings with(FileSelection others) {
            return new Settings(metainfo, directory, others, stateDirectory, checkAll, readOnly, config, store);
        }

        /** Where the part file is. */
        FilePlace part() {
            return PartFile.place(metainfo, directory.toAbsolutePath(), stateDirectory);
        }
    }

    private final Settings settings;
    private final MountGuard guard;

    /** The files of one torrent. */
    public static Behavior<Command> create(Settings settings) {
        return Behaviors.setup(context -> new DiskWriter(context, settings));
    }

    /** Where a disk writer must run: on the dispatcher {@code ahti.disk-dispatcher}. */
    public static Props props() {
        return DispatcherSelector.fromConfig("ahti.disk-dispatcher");
    }

    private DiskWriter(ActorContext<Command> context, Settings settings) {
        super(context);
        this.settings = settings;
        this.guard = new MountGuard(settings);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Prepare.class, this::onPrepare)
                .onMessage(Probe.class, this::onProbe)
                .onMessage(Close.class, this::onClose)
                .build();
    }

    private Behavior<Command> onPrepare(Prepare message) {
        DiskWriter.Settings wanted = message.selected().map(settings::with).orElse(settings);
        return PreparedDisk.prepare(getContext(), wanted, guard, message.replyTo(), this);
    }

    private Behavior<Command> onProbe(Probe message) {
        message.replyTo().tell(probe(new Trial(settings, guard, getContext().getLog()), message.toWrite()));
        return this;
    }

    static ProbeReply probe(Trial trial, int toWrite) {
        try {
            trial.run(toWrite);
            return Usable.INSTANCE;
        } catch (DiskException e) {
            return new Unusable(e.problem());
        }
    }

    private Behavior<Command> onClose(Close message) {
        message.replyTo().tell(Closed.INSTANCE);
        return Behaviors.stopped();
    }
}
