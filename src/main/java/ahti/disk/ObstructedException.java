package ahti.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Something lies where a file or directory of ours must be. Becomes {@link DiskProblem.InTheWay}. */
public final class ObstructedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;

    /** {@code what} lies at {@code path}: "a symbolic link". */
    public ObstructedException(Path path, String what) {
        super(what);
        this.path = path;
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }
}
