package ahti.testkit.record.replay;

import ahti.config.Configuration;
import ahti.core.PieceLayout;
import ahti.testkit.record.event.Addition;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.event.Timed;
import ahti.testkit.record.format.ByteSource;
import ahti.testkit.record.format.RecordingReader;
import ahti.testkit.record.format.UnreadableRecording;
import ahti.testkit.record.inside.Inside;
import ahti.testkit.record.inside.Outside;
import ahti.testkit.record.inside.Said;
import ahti.testkit.record.payload.BlockData;
import ahti.testkit.record.payload.DataMap;
import ahti.testkit.record.payload.MadeUpData;
import ahti.testkit.record.payload.Numbers;
import ahti.testkit.record.payload.Packing;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/**
 * Runs the engine of this version on the inputs of a recording, at their moments, and compares all that it does. In the place of
 * the torrent's data it gets data that is made up.
 */
public final class Replay {
    /** More than any torrent has that fits into a .torrent file of the usual limit. */
    private static final int MOST_PIECES = 8_000_000;

    private final Header header;
    private final Configuration configuration;
    private final Addition torrent;
    private final Findings findings;
    private final RecordingReader reader;
    private final PieceLayout layout;
    private final DataMap map;
    private final MadeUpData data;
    private final Numbers numbers = new Numbers();

    /**
     * How it went.
     *
     * @param lasted virtual time
     * @param inputs taken
     * @param entries compared or taken
     * @param end why the recording ended; empty when it just stops
     * @param torn whether its last chunk is cut off
     * @param divergence the first difference; empty when both engines did the same
     */
    public record Outcome(
            Duration lasted,
            long inputs,
            long entries,
            Optional<String> end,
            boolean torn,
            Optional<Divergence> divergence) {}

    /**
     * Opens a recording and reads it once.
     *
     * @throws UnreadableRecording when it cannot be replayed by this version
     * @throws IOException when the source fails
     */
    public Replay(ByteSource source) throws IOException, UnreadableRecording {
        this.findings = Findings.in(new RecordingReader(source));
        this.reader = new RecordingReader(source);
        this.header = reader.header();
        try {
            this.configuration = Configuration.load(Optional.empty(), false, header.settings(), Header.WITHOUT);
            this.layout = header.torrent().layout();
            if (layout.pieces() > MOST_PIECES) {
                throw new IllegalArgumentException(layout.pieces() + " pieces");
            }
            this.map = new DataMap(header.torrent());
            this.data = new MadeUpData(header.torrent(), map);
            this.torrent = header.torrent().addition(data.hashes());
        } catch (IllegalArgumentException e) {
            throw UnreadableRecording.malformed("begins with what this version cannot begin with: " + e.getMessage());
        }
    }

    /** What the recorded engine began with. */
    public Header header() {
        return header;
    }

    /**
     * Replays, on the calling thread; once.
     *
     * @throws UnreadableRecording when the recording says what cannot be
     * @throws IOException when the source fails
     */
    public Outcome run() throws IOException, UnreadableRecording {
        try (VirtualTime time = new VirtualTime()) {
            Tape tape = new Tape(reader, time.clock());
            Packing packing = new Packing(layout, numbers, madeUp());
            Inside inside = new Inside(
                    time,
                    configuration,
                    header,
                    torrent,
                    new ReplayedFiles(tape, this::content),
                    compared(tape, packing));
            time.runUntilIdle();
            play(time, tape, packing, inside);
            Outcome outcome = tape.outcome();
            tape.check();
            return outcome;
        }
    }

    private static void play(VirtualTime time, Tape tape, Packing packing, Inside inside) throws UnreadableRecording {
        for (Timed next = tape.head(); next != null; next = tape.head()) {
            long before = tape.entries();
            time.advanceTo(Math.max(time.nanos(), next.nanos()));
            if (tape.entries() == before) {
                if (next.entry() instanceof Input input) {
                    tape.took();
                    inside.take(unpacked(packing, input));
                    time.runUntilIdle();
                } else {
                    tape.missed();
                }
            }
        }
    }

    private static Input unpacked(Packing packing, Input input) throws UnreadableRecording {
        try {
            return (Input) packing.unpack(input);
        } catch (IllegalArgumentException e) {
            throw UnreadableRecording.malformed("has " + e.getMessage());
        }
    }

    private static Outside compared(Tape tape, Packing packing) {
        return new Outside() {
            @Override
            public void does(Output output) {
                tape.expect(packing.pack(output));
            }

            @Override
            public void says(Said said) {
                tape.expect(new Output.Told(said.label()));
            }
        };
    }

    private BlockData madeUp() {
        return new BlockData() {
            @Override
            public void left(long number, int piece, int offset, ByteString bytes, boolean last) {
                throw new IllegalStateException("nothing that is received is packed here");
            }

            @Override
            public ByteString made(long number, int piece, int offset, int length) {
                return Replay.this.made(number, layout.offset(piece) + offset, length);
            }
        };
    }

    private ByteString made(long number, long offset, int length) {
        OptionalLong wrong = findings.look(number);
        return wrong.isPresent() ? data.wrong(offset, length, wrong.getAsLong()) : data.right(offset, length);
    }

    private ByteString content(String path, long offset, int length) {
        long number = numbers.next();
        OptionalLong place = map.place(path, offset);
        return place.isPresent()
                ? made(number, place.getAsLong(), length)
                : ByteString.fromArrayUnsafe(new byte[length]);
    }
}
