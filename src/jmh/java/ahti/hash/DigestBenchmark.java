package ahti.hash;

import ahti.core.BlockRef;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to verify a piece of 1 MiB that lies in slices of 16 KiB, and what it would cost with the hash of version 2. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DigestBenchmark {
    private static final int PIECE = 1024 * 1024;
    private static final long SEED = 1;

    private final List<ByteString> blocks = new ArrayList<>();
    private final PieceDigest digest = new PieceDigest();
    private final MessageDigest sha256;

    /** Takes the digests of this platform. */
    public DigestBenchmark() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One array, as a read leaves it, and its slices. */
    @Setup
    public void fill() {
        byte[] bytes = new byte[PIECE];
        new Random(SEED).nextBytes(bytes);
        ByteString piece = ByteString.fromArrayUnsafe(bytes);
        for (int offset = 0; offset < PIECE; offset += BlockRef.MAX_LENGTH) {
            blocks.add(piece.slice(offset, offset + BlockRef.MAX_LENGTH));
        }
    }

    /** Time for the piece, with SHA-1. */
    @Benchmark
    public byte[] sha1() {
        return digest.of(blocks);
    }

    /** Time for the piece, with SHA-256 of the platform: there is no station for it yet. */
    @Benchmark
    public byte[] sha256() {
        for (ByteString block : blocks) {
            for (ByteBuffer fragment : block.getByteBuffers()) {
                sha256.update(fragment);
            }
        }
        return sha256.digest();
    }
}
