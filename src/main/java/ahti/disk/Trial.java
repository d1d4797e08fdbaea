package ahti.disk;

import ahti.core.Hex;
import ahti.disk.FileStore.OpenFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;

/**
 * Tries whether a disk that failed would do again: it is mounted, the directory is there, and there is room. Nothing it does
 * stays.
 */
final class Trial {
    private final DiskWriter.Settings settings;
    private final MountGuard guard;
    private final Logger log;

    Trial(DiskWriter.Settings settings, MountGuard guard, Logger log) {
        this.settings = settings;
        this.guard = guard;
        this.log = log;
    }

    /**
     * Blocks; returns when the disk will do.
     *
     * @param toWrite bytes that are written for a try; quotas and broken disks show in no other way
     */
    void run(int toWrite) throws DiskException {
        guard.check(false);
        if (toWrite > 0 && !settings.readOnly()) {
            checkRoom(toWrite);
        }
        new Placement(settings, guard, log).run();
        if (toWrite > 0 && !settings.readOnly()) {
            write(toWrite);
        }
    }

    /** Fails, too, when the directory is gone: it is for the user to say that it shall be made again. */
    private void checkRoom(int toWrite) throws DiskException {
        try {
            if (settings.store().usableSpace(settings.directory()) < toWrite) {
                throw new DiskException(new DiskProblem.Full(settings.directory()));
            }
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(settings.directory(), e));
        }
    }

    private void write(int bytes) throws DiskException {
        byte[] hash = settings.metainfo().infoHash().wireBytes();
        FilePlace place = FilePlace.of(
                settings.directory().toAbsolutePath(), List.of(".ahti-" + Hex.of(Arrays.copyOf(hash, 4)) + ".try"));
        try {
            try (OpenFile file = settings.store().open(place, FileStore.Access.WRITE)) {
                file.reserve(bytes);
                file.force();
            } finally {
                settings.store().delete(place.path());
            }
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(place.path(), e));
        }
    }
}
