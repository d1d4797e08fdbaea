package ahti.torrent;

import ahti.config.ReadConfig;
import ahti.core.PieceRange;
import ahti.disk.DiskWriter;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import ahti.picker.PiecePicker;
import ahti.torrent.Torrent.Command;
import ahti.torrent.reading.ReadRefusal;
import ahti.torrent.reading.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Who reads files of a torrent, and what each waits for.
 *
 * <p>Readers live through pauses; a picker that comes hears their windows. What is stored is read at once, in any phase; what
 * is not waits until it is. Touched by the torrent's actor only.
 */
final class Readers {
    private final ActorContext<Command> context;
    private final Metainfo metainfo;
    private final Progress progress;
    private final ActorRef<DiskWriter.Command> disk;
    private final ReadConfig config;
    private final ActorRef<Reader.Event> told;
    private final Map<ActorRef<Reader.Command>, Place> places = new LinkedHashMap<>();
    private Optional<ActorRef<PiecePicker.Command>> picker = Optional.empty();
    private int opened;
    /** Whether it is known what is stored: before, nobody can say what will never be. */
    private boolean surveyed;

    /** Where one reader is. */
    private static final class Place {
        final int number;
        final int file;
        /** All pieces that it reads from beginning to end. */
        final PieceRange pieces;

        PieceRange window = new PieceRange(0, 0);
        Optional<Reader.Wants> wanted = Optional.empty();

        Place(int number, int file, PieceRange pieces) {
            this.number = number;
            this.file = file;
            this.pieces = pieces;
        }
    }

    Readers(
            ActorContext<Command> context,
            Metainfo metainfo,
            Progress progress,
            ActorRef<DiskWriter.Command> disk,
            ReadConfig config) {
        this.context = context;
        this.metainfo = metainfo;
        this.progress = progress;
        this.disk = disk;
        this.config = config;
        this.told = context.messageAdapter(Reader.Event.class, Torrent.ReaderTold::new);
    }

    /** Lets somebody read, or refuses. */
    void open(Torrent.Read message) {
        Optional<ReadRefusal> refusal = refusal(message);
        if (refusal.isPresent()) {
            message.replyTo().tell(new Reader.Refused(refusal.get()));
            return;
        }
        long start = metainfo.files().get(message.file()).offset();
        long from = start + message.from();
        long to = start + message.to();
        ActorRef<Reader.Command> reader =
                context.spawnAnonymous(Reader.create(metainfo.layout(), from, to, config, message.replyTo(), told));
        context.watchWith(reader, new Torrent.ReaderGone(reader));
        places.put(reader, new Place(opened++, message.file(), metainfo.layout().covering(from, to)));
    }

    private Optional<ReadRefusal> refusal(Torrent.Read message) {
        int file = message.file();
        if (file < 0 || file >= metainfo.files().size()) {
            return Optional.of(new ReadRefusal.NoSuchFile(file, metainfo.files().size()));
        }
        FileEntry entry = metainfo.files().get(file);
        if (entry.isPad()) {
            return Optional.of(new ReadRefusal.Padding(file));
        }
        if (message.from() < 0 || message.to() < message.from() || message.to() > entry.length()) {
            return Optional.of(new ReadRefusal.OutOfRange(message.from(), message.to(), entry.length()));
        }
        if (places.size() >= config.maxReaders()) {
            return Optional.of(new ReadRefusal.TooManyReaders(config.maxReaders()));
        }
        PieceRange pieces = metainfo.layout().covering(entry.offset() + message.from(), entry.offset() + message.to());
        return surveyed && !canCome(pieces) ? Optional.of(new ReadRefusal.NotSelected(file)) : Optional.empty();
    }

    private boolean canCome(PieceRange pieces) {
        for (int piece = pieces.first(); piece < pieces.end(); piece++) {
            if (!progress.isStored(piece) && !progress.selection().wanted().get(piece)) {
                return false;
            }
        }
        return true;
    }

    /** A reader's window moved, or it wants bytes. */
    void heard(Reader.Event event) {
        if (event instanceof Reader.Ahead ahead) {
            Place place = places.get(ahead.reader());
            if (place != null) {
                place.window = ahead.window();
                picker.ifPresent(hired -> hired.tell(new PiecePicker.Hurry(place.number, place.window)));
            }
        } else if (event instanceof Reader.Wants wants) {
            Place place = places.get(wants.reader());
            if (place != null) {
                place.wanted = Optional.of(wants);
                serve(place);
            }
        } else if (event instanceof Reader.Done done) {
            gone(done.reader());
        }
    }

    /** A reader is gone: at its end, or because its owner is. */
    void gone(ActorRef<Reader.Command> reader) {
        Place place = places.remove(reader);
        if (place != null) {
            picker.ifPresent(hired -> hired.tell(new PiecePicker.Relax(place.number)));
        }
    }

    /** A piece counts as stored from now on. */
    void stored() {
        places.values().forEach(this::serve);
    }

    private void serve(Place place) {
        Optional<Reader.Wants> ready = place.wanted.filter(
                wants -> progress.isStored(wants.blocks().get(0).piece()));
        ready.ifPresent(wants -> {
            place.wanted = Optional.empty();
            disk.tell(new DiskWriter.Read(wants.blocks(), wants.replyTo()));
        });
    }

    /** What is stored is looked for anew. */
    void surveyBegins() {
        surveyed = false;
    }

    /** What is stored is known: whoever waits for what will never come hears it, the others have it fetched first. */
    void surveyed(ActorRef<PiecePicker.Command> hired) {
        surveyed = true;
        picker = Optional.of(hired);
        places.forEach((reader, place) -> {
            if (canCome(place.pieces)) {
                hired.tell(new PiecePicker.Hurry(place.number, place.window));
            } else {
                reader.tell(new Reader.Close(new ReadRefusal.NotSelected(place.file).describe()));
            }
        });
    }

    /** Other files are wanted: whoever waits for what will never come hears it. */
    void chosen() {
        places.forEach((reader, place) -> {
            if (surveyed && !canCome(place.pieces)) {
                reader.tell(new Reader.Close(new ReadRefusal.NotSelected(place.file).describe()));
            }
        });
    }

    /** There is no picker any more. */
    void pickerLeaves() {
        picker = Optional.empty();
    }

    /** Nothing can be read any more. */
    void close() {
        String why = new ReadRefusal.Stopping().describe();
        places.keySet().forEach(reader -> reader.tell(new Reader.Close(why)));
    }
}
