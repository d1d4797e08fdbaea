package ahti.disk;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** Standard output as the file that it is: unbuffered, and with failures that are thrown, unlike {@code System.out}'s. */
public final class StandardOutput {
    private StandardOutput() {}

    /** A stream to it. Closing the stream closes standard output for the whole process. */
    public static OutputStream open() {
        return new FileOutputStream(FileDescriptor.out);
    }
}
