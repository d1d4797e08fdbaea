package ahti.disk;

import ahti.actor.Handlers;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PieceSet;
import ahti.disk.DiskWriter.Command;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/** The second phase of a {@link DiskWriter}: the files were looked at, and are written and read. */
final class PreparedDisk extends AbstractBehavior<Command> {
    /** A file that is served is looked at so often. A look costs a few microseconds; what was changed may be served so long. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final ResumeJournal journal;
    private final MountGuard guard;
    private DiskWriter.Settings settings;
    private FileLayout layout;
    private PieceFiles files;
    /** Pieces written in this phase: whoever asks for other files may not have heard of all of them yet. */
    private final PieceSet written;

    private final Logbook book;
    private final Safekeeping safekeeping;
    private final Vigil vigil;
    private LastLook lastLook;
    /** Whether the journal will hear what was stored. */
    private boolean jotting;
    /** What has to wait until no files are being forced. */
    private final List<Command> waiting = new ArrayList<>();

    /** Prepares, answers, and returns the phase to go on in: this one, or {@code otherwise} when it failed. */
    static Behavior<Command> prepare(
            ActorContext<Command> context,
            DiskWriter.Settings settings,
            MountGuard guard,
            ActorRef<DiskWriter.PrepareReply> replyTo,
            Behavior<Command> otherwise) {
        try {
            Preparation.Result ready = new Preparation(settings, guard, context.getLog()).run();
            PreparedDisk next = new PreparedDisk(context, settings, guard, ready);
            replyTo.tell(new DiskWriter.Prepared(ready.trusted(), ready.suspects()));
            return next;
        } catch (DiskException e) {
            replyTo.tell(new DiskWriter.NotPrepared(e.problem()));
            return otherwise;
        }
    }

    private PreparedDisk(
            ActorContext<Command> context, DiskWriter.Settings settings, MountGuard guard, Preparation.Result ready) {
        super(context);
        this.settings = settings;
        this.guard = guard;
        this.layout = ready.layout();
        this.journal = ready.journal();
        this.files = piecesIn(layout);
        this.written = new PieceSet(settings.metainfo().layout().pieces());
        this.book = new Logbook(settings.store(), journal, ready.trusted(), ready.found());
        this.vigil = new Vigil(settings.store(), settings.metainfo(), book);
        this.lastLook = new LastLook(settings.store(), settings.metainfo(), settings.selected(), book);
        this.safekeeping = new Safekeeping(
                context,
                settings.metainfo().layout(),
                book,
                journal,
                new Forcing(settings.store(), context.getSystem()));
    }

    private PieceFiles piecesIn(FileLayout places) {
        return new PieceFiles(
                settings.metainfo().layout(), places, settings.store(), settings.config(), () -> guard.check(false));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(DiskWriter.Read.class, this::onRead)
                .onMessage(DiskWriter.Store.class, this::onStore)
                .onMessage(DiskWriter.Check.class, this::onCheck)
                .onMessage(DiskWriter.Jot.class, this::onJot)
                .onMessage(DiskWriter.LookAgain.class, this::onLookAgain)
                .onMessage(DiskWriter.Remember.class, this::onRemember)
                .onMessage(DiskWriter.Forced.class, this::onForced)
                .onMessage(DiskWriter.Select.class, this::onSelect)
                .onMessage(DiskWriter.Prepare.class, this::onPrepare)
                .onMessage(DiskWriter.Probe.class, this::onProbe)
                .onMessage(DiskWriter.Close.class, this::onClose)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onRead(DiskWriter.Read message) {
        DiskWriter.ReadReply reply;
        try {
            checkUnchanged(message.blocks());
            List<ByteString> bytes = files.read(message.blocks());
            List<Block> blocks = new ArrayList<>(bytes.size());
            for (int i = 0; i < bytes.size(); i++) {
                BlockRef ref = message.blocks().get(i);
                blocks.add(new Block(ref, bytes.get(i)));
            }
            reply = new DiskWriter.BlocksRead(List.copyOf(blocks));
        } catch (DiskException e) {
            reply = new DiskWriter.NotRead(message.blocks(), e.problem());
        }
        message.replyTo().tell(reply);
        return this;
    }

    /** Fails when somebody else has written there, and it is not right any more. */
    private void checkUnchanged(List<BlockRef> blocks) throws DiskException {
        boolean rested = vigil.rests();
        jot(); // our own writes change files, too
        Optional<DiskProblem> changed = vigil.changed(blocks, layout);
        if (rested && !vigil.rests()) {
            getContext().scheduleOnce(LOOK_AGAIN, getContext().getSelf(), DiskWriter.LookAgain.INSTANCE);
        }
        if (changed.isPresent()) {
            throw new DiskException(changed.get());
        }
    }

    private Behavior<Command> onLookAgain(DiskWriter.LookAgain message) {
        vigil.lookAgain();
        return this;
    }

    private Behavior<Command> onStore(DiskWriter.Store message) {
        DiskWriter.StoreReply reply;
        try {
            vigil.beforeWrite(message.piece(), layout, files);
            files.store(message.piece(), message.blocks());
            written.add(message.piece());
            book.stored(message.piece());
            lastLook.afterWrite(layout);
            reply = new DiskWriter.Stored(message.piece());
        } catch (DiskException e) {
            reply = new DiskWriter.NotStored(message.piece(), e.problem());
        }
        jotLater();
        message.replyTo().tell(reply);
        return this;
    }

    private void jotLater() {
        if (!jotting && journal.isBegun()) {
            jotting = true;
            getContext().getSelf().tell(DiskWriter.Jot.INSTANCE);
        }
    }

    private Behavior<Command> onJot(DiskWriter.Jot message) {
        jotting = false;
        jot();
        return this;
    }

    private void jot() {
        try {
            book.jot(layout, files.takeTouched());
        } catch (DiskException e) {
            getContext()
                    .getLog()
                    .debug("until the next record, the next run would check what is stored: {}", e.problem());
        }
    }

    private Behavior<Command> onCheck(DiskWriter.Check message) {
        message.pieces().forEach(files::looksAt);
        Inspection where = new Inspection(
                settings.store(),
                layout,
                settings.metainfo().layout(),
                settings.metainfo().hashes());
        message.by().tell(new PieceInspector.Look(where, message));
        return this;
    }

    private Behavior<Command> onRemember(DiskWriter.Remember message) {
        safekeeping.remember(message, files, layout);
        return this;
    }

    private Behavior<Command> onForced(DiskWriter.Forced message) {
        safekeeping.forced(message.outcome(), files, layout);
        if (!safekeeping.isForcing()) {
            waiting.forEach(getContext().getSelf()::tell);
            waiting.clear();
        }
        return this;
    }

    /** Whether a message that changes what and where the files are has to wait, because they are being forced. */
    private boolean waits(Command message) {
        return safekeeping.isForcing() && waiting.add(message);
    }

    private Behavior<Command> onSelect(DiskWriter.Select message) {
        if (waits(message)) {
            return this;
        }
        DiskWriter.SelectReply reply;
        try {
            select(message.selected(), message.stored());
            reply = DiskWriter.Selected.INSTANCE;
        } catch (DiskException e) {
            reply = new DiskWriter.NotSelected(e.problem());
        }
        message.replyTo().tell(reply);
        return this;
    }

    /** Changes nothing here before everything has gone well. */
    private void select(FileSelection selected, Bitfield known) throws DiskException {
        DiskWriter.Settings wanted = settings.with(selected);
        FileLayout places =
                new Placement(wanted, guard, getContext().getLog()).run().layout();
        PieceSet stored = known.toSet();
        for (int piece = written.nextSet(0); piece >= 0; piece = written.nextSet(piece + 1)) {
            stored.add(piece);
        }
        PieceFiles next = piecesIn(places);
        FileMap map = new FileMap(settings.metainfo());
        BitSet shown = places.shownSince(layout);
        try {
            files.copy(map, shown, stored.toBitfield(), next);
            files.force();
        } catch (DiskException e) {
            next.close();
            throw e;
        }
        jot();
        files.close();
        files = next;
        layout = places;
        settings = wanted;
        lastLook = new LastLook(settings.store(), settings.metainfo(), selected, book);
        for (int file = shown.nextSetBit(0); file >= 0; file = shown.nextSetBit(file + 1)) {
            for (int piece = map.firstPiece(file); piece <= map.lastPiece(file); piece++) {
                if (book.isStored(piece)) {
                    book.stored(piece); // anew, for a part of it is somewhere else now
                }
            }
        }
        jot();
    }

    /** Once more, after a problem; what was written before must be on the device, for nobody will know of it after. */
    private Behavior<Command> onPrepare(DiskWriter.Prepare message) {
        if (waits(message)) {
            return this;
        }
        jot();
        try {
            files.force();
        } catch (DiskException e) {
            message.replyTo().tell(new DiskWriter.NotPrepared(e.problem()));
            return this;
        }
        files.close();
        journal.close();
        DiskWriter.Settings wanted = message.selected().map(settings::with).orElse(settings);
        return prepare(getContext(), wanted, guard, message.replyTo(), this);
    }

    /** What is open may lie on a disk that is not there any more: it is opened anew. */
    private Behavior<Command> onProbe(DiskWriter.Probe message) {
        if (waits(message)) {
            return this;
        }
        files.close();
        Trial trial = new Trial(settings, guard, getContext().getLog());
        message.replyTo().tell(DiskWriter.probe(trial, message.toWrite()));
        return this;
    }

    private Behavior<Command> onClose(DiskWriter.Close message) {
        if (waits(message)) {
            return this;
        }
        jot();
        files.close();
        journal.close();
        removeIdlePart();
        message.replyTo().tell(DiskWriter.Closed.INSTANCE);
        return Behaviors.stopped();
    }

    /** Of an earlier run with fewer files selected, a part file may be left that nothing lies in any more. */
    private void removeIdlePart() {
        Path part = layout.place(layout.partSlot()).path();
        if (!settings.readOnly() && !layout.needsPart()) {
            try {
                settings.store().delete(part);
            } catch (IOException e) {
                getContext().getLog().warn("{}", Diagnosis.of(part, e).describe());
            }
        }
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        files.close();
        journal.close();
        return this;
    }
}
