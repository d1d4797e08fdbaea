package ahti.testkit.record.payload;

import ahti.core.PieceLayout;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/**
 * Bytes of peers without the data of blocks: the number of all bytes, then those that are not data. What is data is known from
 * what is not; see {@link FrameScan}.
 *
 * <p>Keeps where each line is, in both directions, so it must be shown every input and output of a recording, in order.
 */
public final class Packing {
    private static final int TOTAL = 4;

    private final PieceLayout layout;
    private final Numbers numbers;
    private final BlockData received;
    private final Map<Integer, FrameScan> in = new LinkedHashMap<>();
    private final Map<Integer, FrameScan> out = new LinkedHashMap<>();

    /** {@code received}: told or asked of the data of blocks that came in; of those that go out nobody needs to know. */
    public Packing(PieceLayout layout, Numbers numbers, BlockData received) {
        this.layout = layout;
        this.numbers = numbers;
        this.received = received;
    }

    /** The entry as it stands in a file. */
    public Entry pack(Entry entry) {
        if (entry instanceof Input.Received raw) {
            return new Input.Received(raw.line(), pack(scan(in, raw.line()), raw.bytes(), received, true));
        } else if (entry instanceof Output.Send raw) {
            return new Output.Send(raw.line(), pack(scan(out, raw.line()), raw.bytes(), BlockData.NONE, false));
        }
        forget(entry);
        return entry;
    }

    /**
     * The entry as it was, but for the data.
     *
     * @throws IllegalArgumentException when no {@link #pack} made it
     */
    public Entry unpack(Entry entry) {
        if (entry instanceof Input.Received packed) {
            return new Input.Received(packed.line(), unpack(scan(in, packed.line()), packed.bytes(), received, true));
        } else if (entry instanceof Output.Send packed) {
            return new Output.Send(
                    packed.line(), unpack(scan(out, packed.line()), packed.bytes(), BlockData.NONE, false));
        }
        forget(entry);
        return entry;
    }

    private FrameScan scan(Map<Integer, FrameScan> lines, int line) {
        return lines.computeIfAbsent(line, any -> new FrameScan(layout));
    }

    private void forget(Entry entry) {
        if (entry instanceof Output.Abort gone) {
            forget(gone.line());
        } else if (entry instanceof Input.Finished gone) {
            forget(gone.line());
        } else if (entry instanceof Input.Broke gone) {
            forget(gone.line());
        }
    }

    private void forget(int line) {
        in.remove(line);
        out.remove(line);
    }

    private ByteString pack(FrameScan scan, ByteString raw, BlockData blocks, boolean numbered) {
        ByteString plain = ByteString.fromArrayUnsafe(
                ByteBuffer.allocate(TOTAL).putInt(raw.length()).array());
        for (int at = 0; at < raw.length(); ) {
            boolean data = scan.data() > 0;
            int length = Math.min(data ? scan.data() : scan.plain(), raw.length() - at);
            ByteString part = raw.slice(at, at + length);
            at += length;
            if (data) {
                int offset = scan.offset();
                scan.pass(length);
                blocks.left(scan.number(), scan.piece(), offset, part, scan.data() == 0);
            } else {
                plain = plain.concat(part);
                feed(scan, part, numbered);
            }
        }
        return plain;
    }

    private ByteString unpack(FrameScan scan, ByteString packed, BlockData blocks, boolean numbered) {
        if (packed.length() < TOTAL) {
            throw new IllegalArgumentException("packed bytes without their number");
        }
        int total = packed.take(TOTAL).asByteBuffer().getInt();
        ByteString plain = packed.drop(TOTAL);
        ByteString raw = ByteString.emptyByteString();
        for (int at = 0; at < total; ) {
            int length;
            if (scan.data() > 0) {
                length = Math.min(scan.data(), total - at);
                raw = raw.concat(blocks.made(scan.number(), scan.piece(), scan.offset(), length));
                scan.pass(length);
            } else {
                length = Math.min(scan.plain(), total - at);
                if (plain.length() < length) {
                    throw new IllegalArgumentException("packed bytes of which some are missing");
                }
                ByteString part = plain.take(length);
                plain = plain.drop(length);
                raw = raw.concat(part);
                feed(scan, part, numbered);
            }
            at += length;
        }
        return raw;
    }

    private void feed(FrameScan scan, ByteString part, boolean numbered) {
        if (scan.feed(part) && numbered) {
            scan.number(numbers.next());
        }
    }
}
