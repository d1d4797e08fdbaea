package ahti.wire;

import ahti.core.Block;
import ahti.core.BlockRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the frame codec costs for each message, whatever the reads that frames come in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
    /** Blocks of one run of reads: enough for reads that begin and end anywhere inside frames. */
    private static final int BLOCKS = 256;

    private static final int ANSWERED = 16;
    private static final int ASKED = 64;
    private static final int BLOCKS_OF_A_PIECE = 64;

    private List<PeerMessage.Piece> pieces = List.of();
    private List<PeerMessage.Request> requests = List.of();

    /** The run cut into reads of one size; the last ends with a frame, so that the next run may follow. */
    @State(Scope.Thread)
    public static class Reads {
        /** KiB of each read. */
        @Param({"64", "256"})
        public int readKib;

        private final List<ByteString> reads = new ArrayList<>();
        private final FrameDecoder decoder = new FrameDecoder(FrameDecoder.maxLength(BLOCKS));

        /** Encodes the run and cuts it. */
        @Setup
        public void cut() {
            byte[] run = FrameEncoder.encode(blocks(BLOCKS)).toArray();
            for (int from = 0; from < run.length; from += readKib * 1024) {
                int length = Math.min(readKib * 1024, run.length - from);
                byte[] read = new byte[length];
                System.arraycopy(run, from, read, 0, length);
                reads.add(ByteString.fromArrayUnsafe(read));
            }
        }
    }

    /** Makes the lists that are encoded. */
    @Setup
    public void fill() {
        pieces = blocks(ANSWERED);
        requests = blocks(ASKED).stream()
                .map(piece -> new PeerMessage.Request(piece.block().ref()))
                .toList();
    }

    /** Time for one block of 16 KiB. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public void decodeBlocks(Reads of, Blackhole hole) throws ProtocolException {
        for (ByteString read : of.reads) {
            hole.consume(of.decoder.feed(read));
        }
    }

    /** Time for one block of 16 KiB, sixteen at a time. */
    @Benchmark
    @OperationsPerInvocation(ANSWERED)
    public ByteString encodeBlocks() {
        return FrameEncoder.encode(pieces);
    }

    /** Time for one request, sixty-four at a time. */
    @Benchmark
    @OperationsPerInvocation(ASKED)
    public ByteString encodeRequests() {
        return FrameEncoder.encode(requests);
    }

    private static List<PeerMessage.Piece> blocks(int count) {
        List<PeerMessage.Piece> blocks = new ArrayList<>();
        for (int block = 0; block < count; block++) {
            int offset = block % BLOCKS_OF_A_PIECE * BlockRef.MAX_LENGTH;
            BlockRef ref = new BlockRef(block / BLOCKS_OF_A_PIECE, offset, BlockRef.MAX_LENGTH);
            blocks.add(
                    new PeerMessage.Piece(new Block(ref, ByteString.fromArrayUnsafe(new byte[BlockRef.MAX_LENGTH]))));
        }
        return blocks;
    }
}
