package ahti.testkit.record.payload;

import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.hash.PieceDigest;
import ahti.testkit.record.event.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/**
 * Finds out which of the data that was left out of a recording was not the torrent's.
 *
 * <p>Keeps what was received until its piece is written, for what is written is right (nothing unverified reaches a file), and
 * compares. When a piece does not match, all of it is wrong until then. What is never written never matters: at most
 * {@code mostHeld} bytes are kept, which is all that an engine can have on its way to the disk.
 */
public final class Ledger implements BlockData {
    private final PieceLayout layout;
    private final LoadCheck loads;
    private final long mostHeld;
    private final Consumer<Entry> findings;
    private final PieceDigest digest = new PieceDigest();

    /** By piece, the oldest first. */
    private final Map<Integer, List<Block>> held = new LinkedHashMap<>();

    private long heldBytes;
    private final BitSet written = new BitSet();
    private final TreeSet<Integer> touched = new TreeSet<>();

    private static final class Block {
        final long number;
        final long begin;
        ByteString bytes = ByteString.emptyByteString();
        boolean suspected;
        boolean wrong;

        Block(long number, long begin) {
            this.number = number;
            this.begin = begin;
        }
    }

    /** {@code findings} hears of each block that is not what it seemed. */
    public Ledger(PieceLayout layout, PieceHashes hashes, DataMap map, long mostHeld, Consumer<Entry> findings) {
        this.layout = layout;
        this.mostHeld = mostHeld;
        this.findings = findings;
        this.loads = new LoadCheck(layout, hashes, map, number -> findings.accept(new Entry.Wrong(number, 0)));
    }

    @Override
    public void left(long number, int piece, int offset, ByteString data, boolean last) {
        if (written.get(piece)) {
            return;
        }
        List<Block> blocks = held.computeIfAbsent(piece, any -> new ArrayList<>());
        Block block = blocks.stream()
                .filter(known -> known.number == number)
                .findFirst()
                .orElseGet(() -> {
                    Block fresh = new Block(number, layout.offset(piece) + offset);
                    blocks.add(fresh);
                    return fresh;
                });
        block.bytes = block.bytes.concat(data);
        heldBytes += data.length();
        for (Iterator<List<Block>> oldest = held.values().iterator(); heldBytes > mostHeld && oldest.hasNext(); ) {
            heldBytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    @Override
    public ByteString made(long number, int piece, int offset, int length) {
        throw new IllegalStateException("who records makes nothing up");
    }

    /** The disk gave these bytes, under that number. */
    public void read(long number, long offset, ByteBuffer bytes) {
        loads.read(number, offset, bytes);
    }

    /** These bytes are about to be written, there in the torrent; so they are right. */
    public void write(long offset, List<ByteBuffer> buffers) {
        long at = offset;
        for (ByteBuffer buffer : buffers) {
            int length = buffer.remaining();
            if (length > 0) {
                int first = (int) (at / layout.pieceLength());
                int last = (int) ((at + length - 1) / layout.pieceLength());
                for (int piece = first; piece <= last; piece++) {
                    touched.add(piece);
                    for (Block block : held.getOrDefault(piece, List.of())) {
                        block.wrong |= differs(block, at, buffer);
                    }
                }
            }
            at += length;
        }
    }

    private static boolean differs(Block block, long at, ByteBuffer buffer) {
        long from = Math.max(block.begin, at);
        long to = Math.min(block.begin + block.bytes.length(), at + buffer.remaining());
        if (from >= to) {
            return false;
        }
        ByteBuffer sent = block.bytes
                .slice((int) (from - block.begin), (int) (to - block.begin))
                .asByteBuffer();
        return !sent.equals(buffer.slice(buffer.position() + (int) (from - at), (int) (to - from)));
    }

    /** It could not be written after all: its piece may be received again. */
    public void notWritten() {
        touched.clear();
    }

    /** A piece did not match its hash. */
    public void corrupt(int piece) {
        for (Block block : held.getOrDefault(piece, List.of())) {
            if (!block.suspected) {
                block.suspected = true;
                findings.accept(new Entry.Wrong(block.number, look(block)));
            }
        }
    }

    /** Everything of a moment has happened: what was written then is judged. */
    public void settle() {
        for (int piece : touched) {
            written.set(piece);
            List<Block> blocks = held.remove(piece);
            if (blocks != null) {
                heldBytes -= bytes(blocks);
                blocks.forEach(this::judge);
            }
        }
        touched.clear();
    }

    private void judge(Block block) {
        if (block.wrong && !block.suspected) {
            findings.accept(new Entry.Wrong(block.number, look(block)));
        } else if (!block.wrong && block.suspected) {
            findings.accept(new Entry.Right(block.number));
        }
    }

    private long look(Block block) {
        return ByteBuffer.wrap(digest.of(List.of(block.bytes))).getLong();
    }

    private static long bytes(List<Block> blocks) {
        return blocks.stream().mapToLong(block -> block.bytes.length()).sum();
    }
}
