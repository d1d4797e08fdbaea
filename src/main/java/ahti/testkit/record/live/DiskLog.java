package ahti.testkit.record.live;

import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.DiskCall;
import java.nio.ByteBuffer;
import java.util.List;

/** Who writes down what the disk was asked and answered. */
interface DiskLog {

    /** Asked and answered. */
    void disk(DiskCall call, DiskAnswer answer);

    /** A file of that path was read from {@code offset} on; told before {@link #disk}. */
    void read(String path, long offset, ByteBuffer bytes);

    /** A file of that path is about to be written from {@code offset} on. */
    void write(String path, long offset, List<ByteBuffer> buffers);
}
