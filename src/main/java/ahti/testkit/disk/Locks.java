package ahti.testkit.disk;

import ahti.disk.FileStore.LockResult;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who has locked what. */
final class Locks {
    private final Map<Path, Lock> held = new TreeMap<>();

    boolean isHeld(Path file) {
        return held.containsKey(file);
    }

    LockResult take(Path file, String note) {
        Lock theirs = held.get(file);
        if (theirs != null) {
            return new LockResult.Busy(theirs.note);
        }
        Lock lock = new Lock(file, note);
        held.put(file, lock);
        return new LockResult.Locked(lock);
    }

    List<Path> held() {
        return List.copyOf(held.keySet());
    }

    /** The process is dead. */
    void clear() {
        held.clear();
    }

    private final class Lock implements Closeable {
        private final Path file;
        private final String note;

        Lock(Path file, String note) {
            this.file = file;
            this.note = note;
        }

        @Override
        public void close() {
            held.remove(file, this);
        }
    }
}
