package ahti.testkit.record.live;

import ahti.core.MonotonicClock;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.engine.EngineEvent;
import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.DiskCall;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.format.RecordingWriter;
import ahti.testkit.record.inside.Outside;
import ahti.testkit.record.inside.Said;
import ahti.testkit.record.mask.Mask;
import ahti.testkit.record.payload.DataMap;
import ahti.testkit.record.payload.Ledger;
import ahti.testkit.record.payload.Numbers;
import ahti.testkit.record.payload.Packing;
import ahti.torrent.TorrentEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Stands between an engine and the world, and writes down what passes. Whatever goes wrong with the writing, the engine does not
 * notice: the recording ends, with a warning, and everything else goes on. Used by the engine's thread only.
 */
final class Recorder implements Outside, DiskLog {
    /** What a process that is killed loses of its recording, at most. */
    private static final long FLUSH_NANOS = Duration.ofSeconds(2).toNanos();

    private final Outside world;
    private final Tape tape;

    /**
     * What a recorder writes with.
     *
     * @param most bytes of the file
     */
    record Tape(
            RecordingWriter writer,
            AutoCloseable file,
            Mask mask,
            long most,
            Consumer<String> warn,
            MonotonicClock clock) {}

    private final Packing packing;
    private final Ledger ledger;
    private final Numbers numbers;
    private final DataMap map;
    private long flushed;
    private boolean over;

    Recorder(Outside world, Tape tape, Torrent torrent) {
        this.world = world;
        this.tape = tape;
        this.numbers = new Numbers();
        this.map = torrent.map();
        this.ledger = new Ledger(torrent.layout(), torrent.hashes(), map, torrent.mostHeld(), this::write);
        this.packing = new Packing(torrent.layout(), numbers, ledger);
    }

    /** What a recorder must know of the torrent; {@code mostHeld}: bytes that the engine has on their way to the disk. */
    record Torrent(PieceLayout layout, PieceHashes hashes, DataMap map, long mostHeld) {}

    /** Something came in. */
    void took(Input input) {
        write(packing.pack(tape.mask().entry(input)));
    }

    @Override
    public void does(Output output) {
        write(packing.pack(tape.mask().entry(output)));
        world.does(output);
    }

    @Override
    public void says(Said said) {
        write(new Output.Told(said.label()));
        if (said instanceof Said.Happened happened
                && happened.event() instanceof EngineEvent.Happened event
                && event.event() instanceof TorrentEvent.PieceCorrupt corrupt) {
            ledger.corrupt(corrupt.piece());
        }
        world.says(said);
    }

    @Override
    public void disk(DiskCall call, DiskAnswer answer) {
        if (call.act() == DiskCall.Act.WRITE && answer instanceof DiskAnswer.Failure) {
            ledger.notWritten();
        }
        write(tape.mask().entry(new Entry.Disk(call, answer)));
    }

    @Override
    public void read(String path, long offset, ByteBuffer bytes) {
        long number = numbers.next();
        OptionalLong place = map.place(path, offset);
        if (place.isPresent()) {
            ledger.read(number, place.getAsLong(), bytes);
        }
    }

    @Override
    public void write(String path, long offset, List<ByteBuffer> buffers) {
        map.place(path, offset).ifPresent(place -> ledger.write(place, buffers));
    }

    /** Everything of a moment has happened. */
    void settled() {
        ledger.settle();
        long now = tape.clock().nanos();
        if (!over && now - flushed >= FLUSH_NANOS) {
            flushed = now;
            attempt(tape.writer()::flush);
        }
    }

    private void write(Entry entry) {
        if (over) {
            return;
        }
        attempt(() -> tape.writer().write(tape.clock().nanos(), entry));
        if (!over && tape.writer().written() + tape.writer().waiting() > tape.most()) {
            end("the recording has reached ahti.record.max-size");
            tape.warn().accept("the recording has reached ahti.record.max-size and ends here; the download goes on");
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            tape.warn().accept("the recording ends here, and the download goes on: " + e.getMessage());
            close();
        }
    }

    /** Ends the recording; the reason stands in it. */
    void end(String why) {
        if (!over) {
            attempt(() -> {
                tape.writer().write(tape.clock().nanos(), new Entry.End(why));
                tape.writer().flush();
            });
            close();
        }
    }

    private void close() {
        if (over) {
            return;
        }
        over = true;
        tape.writer().close();
        try {
            tape.file().close();
        } catch (Exception e) {
            tape.warn().accept("the recording may be cut off: " + e.getMessage());
        }
    }
}
