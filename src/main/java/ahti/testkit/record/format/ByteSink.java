package ahti.testkit.record.format;

import java.io.IOException;

/** Where a recording goes. */
@FunctionalInterface
public interface ByteSink {

    /** Appends all of it, or fails. */
    void append(byte[] bytes) throws IOException;
}
