package ahti.disk;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * What has to be done to files before a torrent begins and after it has ended: reading .torrent files, making the download
 * directory, locking the download, deleting its data.
 *
 * <p>Every question has exactly one answer, in the order of the questions. Runs on the disk dispatcher ({@link
 * DiskWriter#props}); there is one, so that a place which hangs occupies one thread. It holds the locks: when it ends, however
 * it ends, they are free.
 */
public final class DiskClerk extends AbstractBehavior<DiskClerk.Command> {

    /** What may be asked of a clerk. */
    public sealed interface Command {}

    /** What is answered. The ticket comes back with the answer. */
    public sealed interface Question extends Command {
        /** The asker's own number for it. */
        long ticket();

        /** Who asks. */
        ActorRef<Reply> replyTo();
    }

    /** Read and parse a .torrent file. */
    public record ReadFile(long ticket, Path path, Limits limits, ActorRef<Reply> replyTo) implements Question {}

    /** Parse what is in memory: a large torrent keeps a thread busy, and this one is meant for that. */
    public record ReadBytes(long ticket, Bytes bytes, Limits limits, ActorRef<Reply> replyTo) implements Question {}

    /**
     * Make a place ready: the directory exists then, and no other process works on the download.
     *
     * @param make whether to make the directory when it is not there; otherwise that is a problem
     * @param stateDirectory where the lock is; empty: none is taken
     */
    public record Occupy(
            long ticket,
            InfoHash infoHash,
            Path directory,
            boolean make,
            Optional<Path> stateDirectory,
            ActorRef<Reply> replyTo)
            implements Question {}

    /** Keep what a magnet link stands for as a .torrent file; when that fails, it will be looked for again. */
    public record KeepTorrent(Path file, Metainfo metainfo, Limits limits) implements Command {}

    /** Read what was kept. */
    public record RecallTorrent(long ticket, Path file, Limits limits, ActorRef<Reply> replyTo) implements Question {}

    /** Give the lock of a download back, if there is one. */
    public record Release(InfoHash infoHash) implements Command {}

    /**
     * Delete what a torrent has put on the disk. Nobody may be using it.
     *
     * @param data its files and its resume record; otherwise only what is of no use to anybody else: its part file, and the
     *     metadata that were kept of it
     */
    public record Delete(
            long ticket,
            boolean data,
            Metainfo metainfo,
            Path directory,
            Optional<Path> stateDirectory,
            ActorRef<Reply> replyTo)
            implements Question {}

    /** Read a small file of the engine's own, whole. Answered with {@link Recalled}. */
    public record Recall(long ticket, Path path, int most, ActorRef<Reply> replyTo) implements Question {}

    /**
     * Put a small file of the engine's own in place of what was there, whole or not at all. Nothing depends on it: when it
     * cannot be written the log says so.
     */
    public record Keep(Path path, ByteString content) implements Command {}

    /** Give all locks back and stop. */
    public enum Close implements Command {
        INSTANCE
    }

    /** The bytes of a .torrent file. */
    @FunctionalInterface
    public interface Bytes {
        /** A copy of them. */
        byte[] copy();
    }

    /** Answers; each names the ticket of its question. */
    public sealed interface Reply {
        /** Of the question. */
        long ticket();
    }

    /** What the file holds, good or bad. */
    public record Read(long ticket, ahti.metainfo.ReadResult result) implements Reply {}

    /** The file holds nothing that could be looked at. */
    public record NotRead(long ticket, TorrentFiles.ReadResult why) implements Reply {}

    /** Nothing was kept, or nothing that can be read. */
    public record Forgotten(long ticket) implements Reply {}

    /** The place is ready, and ours. */
    public record Occupied(long ticket) implements Reply {}

    /** Another process, or another engine of this one, works on the download. */
    public record Taken(long ticket, Path lock, String holder) implements Reply {}

    /** The directory cannot be used. */
    public record NoDirectory(long ticket, DiskProblem problem) implements Reply {}

    /** The state directory cannot be used. */
    public record NoState(long ticket, DiskProblem problem) implements Reply {}

    /** What the file holds; empty when there is none that can be read. */
    public record Recalled(long ticket, Optional<ByteString> content) implements Reply {}

    /** Everything asked for is gone. */
    public record Deleted(long ticket) implements Reply {}

    /** Not everything could be deleted; the first problem. */
    public record NotDeleted(long ticket, DiskProblem problem) implements Reply {}

    /** A bug of ours: nothing is known about what was asked for. */
    public record Failed(long ticket) implements Reply {}

    private final FileStore store;
    private final Map<InfoHash, DownloadLock> locks;
    /** What is being worked on: answered even when it brings a bug to light. */
    private Optional<Question> current = Optional.empty();

    private DiskClerk(ActorContext<Command> context, FileStore store, Map<InfoHash, DownloadLock> locks) {
        super(context);
        this.store = store;
        this.locks = locks;
    }

    /** A clerk for these files. After a bug it goes on with the next question. */
    public static Behavior<Command> create(FileStore store) {
        return Behaviors.setup(outer -> {
            // Outlives a restart: others' downloads are still locked.
            Map<InfoHash, DownloadLock> locks = new LinkedHashMap<>();
            return Behaviors.<Command>supervise(Behaviors.setup(context -> new DiskClerk(context, store, locks)))
                    .onFailure(SupervisorStrategy.restart());
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(ReadFile.class, this::onReadFile)
                .onMessage(ReadBytes.class, this::onReadBytes)
                .onMessage(Occupy.class, this::onOccupy)
                .onMessage(KeepTorrent.class, this::onKeepTorrent)
                .onMessage(RecallTorrent.class, this::onRecallTorrent)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Delete.class, this::onDelete)
                .onMessage(Recall.class, this::onRecall)
                .onMessage(Keep.class, this::onKeep)
                .onMessage(Close.class, this::onClose)
                .onSignal(PreRestart.class, this::onPreRestart)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onReadFile(ReadFile message) {
        current = Optional.of(message);
        TorrentFiles.ReadResult result = TorrentFiles.read(message.path(), message.limits());
        message.replyTo()
                .tell(
                        result instanceof TorrentFiles.Content content
                                ? new Read(message.ticket(), MetainfoReader.read(content.bytes(), message.limits()))
                                : new NotRead(message.ticket(), result));
        return this;
    }

    private Behavior<Command> onReadBytes(ReadBytes message) {
        current = Optional.of(message);
        message.replyTo()
                .tell(new Read(
                        message.ticket(), MetainfoReader.read(message.bytes().copy(), message.limits())));
        return this;
    }

    private Behavior<Command> onOccupy(Occupy message) {
        current = Optional.of(message);
        message.replyTo().tell(occupy(message));
        return this;
    }

    private Reply occupy(Occupy message) {
        if (message.stateDirectory().isPresent()) {
            DownloadLock.Attempt attempt =
                    DownloadLock.tryLock(store, message.stateDirectory().get(), message.infoHash());
            if (attempt instanceof DownloadLock.Taken taken) {
                return new Taken(message.ticket(), taken.file(), taken.holder());
            }
            if (attempt instanceof DownloadLock.Untried untried) {
                return new NoState(message.ticket(), untried.problem());
            }
            locks.put(message.infoHash(), ((DownloadLock.Held) attempt).lock());
        }
        boolean isReady = false;
        try {
            if (message.make() && !isUnmounted(message)) {
                store.makeDirectory(message.directory());
            } else if (!message.make()) {
                store.usableSpace(message.directory());
            }
            isReady = true;
            return new Occupied(message.ticket());
        } catch (IOException e) {
            return new NoDirectory(message.ticket(), Diagnosis.of(message.directory(), e));
        } finally {
            if (!isReady) {
                release(message.infoHash()); // after a bug, too
            }
        }
    }

    /** Whether another disk shows where the download is: no directory is made there, and the torrent says what is wrong. */
    private boolean isUnmounted(Occupy message) {
        Optional<Path> note = message.stateDirectory().map(state -> MountGuard.note(state, message.infoHash()));
        try {
            new MountGuard(store, message.directory(), note, true).check(true);
            return false;
        } catch (DiskException e) {
            return e.problem() instanceof DiskProblem.NotMounted;
        }
    }

    private Behavior<Command> onRecallTorrent(RecallTorrent message) {
        current = Optional.of(message);
        Optional<byte[]> kept = Optional.empty();
        try {
            kept = store.readSmall(message.file(), message.limits().torrentFileBytes());
        } catch (IOException e) {
            getContext().getLog().warn("{} cannot be read: {}", message.file(), e.toString());
        }
        message.replyTo()
                .tell(kept.<Reply>map(
                                torrent -> new Read(message.ticket(), MetainfoReader.read(torrent, message.limits())))
                        .orElseGet(() -> new Forgotten(message.ticket())));
        return this;
    }

    private Behavior<Command> onKeepTorrent(KeepTorrent message) {
        current = Optional.empty();
        Optional<byte[]> torrent = message.metainfo()
                .info()
                .flatMap(info -> Magnet.of(message.metainfo()).toTorrent(info, message.limits()));
        try {
            if (torrent.isPresent()) {
                store.makeDirectory(
                        Objects.requireNonNull(message.file().toAbsolutePath().getParent()));
                store.replace(message.file(), torrent.get());
            }
        } catch (IOException e) {
            getContext()
                    .getLog()
                    .warn(
                            "metadata of {} are not remembered: {}",
                            message.metainfo().name(),
                            e.toString());
        }
        return this;
    }

    private Behavior<Command> onRelease(Release message) {
        release(message.infoHash());
        return this;
    }

    private void release(InfoHash infoHash) {
        DownloadLock lock = locks.remove(infoHash);
        if (lock != null) {
            lock.close();
        }
    }

    private Behavior<Command> onDelete(Delete message) {
        current = Optional.of(message);
        DataRemoval removal = new DataRemoval(store, message.metainfo(), message.directory(), message.stateDirectory());
        Optional<DiskProblem> problem = message.data() ? removal.run() : removal.runOurs();
        message.replyTo()
                .tell(
                        problem.isPresent()
                                ? new NotDeleted(message.ticket(), problem.get())
                                : new Deleted(message.ticket()));
        return this;
    }

    private Behavior<Command> onRecall(Recall message) {
        current = Optional.of(message);
        Optional<ByteString> content = Optional.empty();
        try {
            content = store.readSmall(message.path(), message.most()).map(ByteString::fromArrayUnsafe);
        } catch (IOException e) {
            getContext()
                    .getLog()
                    .warn("not read: {}", Diagnosis.of(message.path(), e).describe());
        }
        message.replyTo().tell(new Recalled(message.ticket(), content));
        return this;
    }

    private Behavior<Command> onKeep(Keep message) {
        current = Optional.empty();
        Path path = message.path();
        try {
            Path directory = path.getParent();
            if (directory != null) {
                store.makeDirectory(directory);
            }
            store.replace(path, message.content().toArray());
        } catch (IOException e) {
            getContext().getLog().warn("not written: {}", Diagnosis.of(path, e).describe());
        }
        return this;
    }

    private Behavior<Command> onClose(Close message) {
        return Behaviors.stopped();
    }

    private Behavior<Command> onPreRestart(PreRestart signal) {
        current.ifPresent(question -> question.replyTo().tell(new Failed(question.ticket())));
        return this;
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        locks.values().forEach(DownloadLock::close);
        locks.clear();
        return this;
    }
}
