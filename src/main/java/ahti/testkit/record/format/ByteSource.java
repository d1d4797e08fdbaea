package ahti.testkit.record.format;

import java.io.IOException;

/** Where a recording comes from: from its beginning, as often as asked. */
@FunctionalInterface
public interface ByteSource {

    /** Up to {@code most} bytes from {@code offset} on; fewer only where the source ends. */
    byte[] read(long offset, int most) throws IOException;
}
