package ahti.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * A file of the operating system.
 *
 * <p>Bytes on the heap go through a direct buffer of fixed size that the caller's thread owns. Handed buffers on the heap,
 * the JDK would copy them just the same, through as many direct buffers as it takes, and keep those for each thread.
 */
final class RealFile implements FileStore.OpenFile {
    private final FileChannel channel;
    private final ThreadLocal<ByteBuffer> staging;

    RealFile(FileChannel channel, ThreadLocal<ByteBuffer> staging) {
        this.channel = channel;
        this.staging = staging;
    }

    @Override
    public void write(long offset, List<ByteBuffer> buffers) throws IOException {
        ByteBuffer stage = staging.get().clear();
        long at = offset;
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                int length = Math.min(buffer.remaining(), stage.remaining());
                stage.put(buffer.slice(buffer.position(), length));
                buffer.position(buffer.position() + length);
                if (!stage.hasRemaining()) {
                    at += writeOut(stage.flip(), at);
                    stage.clear();
                }
            }
        }
        writeOut(stage.flip(), at);
    }

    private int writeOut(ByteBuffer stage, long offset) throws IOException {
        int length = stage.remaining();
        while (stage.hasRemaining()) {
            channel.write(stage, offset + stage.position());
        }
        return length;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        if (into.isDirect()) {
            readStraight(offset, into);
            return;
        }
        ByteBuffer stage = staging.get();
        long at = offset;
        while (into.hasRemaining()) {
            stage.clear().limit(Math.min(stage.capacity(), into.remaining()));
            int length = channel.read(stage, at);
            if (length < 0) {
                return;
            }
            into.put(stage.flip());
            at += length;
        }
    }

    private void readStraight(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int length = channel.read(into, at);
            if (length < 0) {
                return;
            }
            at += length;
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long length) throws IOException {
        channel.truncate(length);
    }

    @Override
    public void reserve(long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(staging.get().capacity());
        for (long at = channel.size(); at < length; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), length - at));
            write(at, List.of(zeros));
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
