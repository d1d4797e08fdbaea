package ahti.disk;

import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deletes what a torrent has put on the disk: its files, its part file, its resume record, the metadata that were kept of it,
 * and the directories of its own that are empty then. Whatever else lies there stays, and nothing is deleted through a symbolic link.
 */
final class DataRemoval {
    /** Deepest first. */
    private static final Comparator<Path> INSIDE_OUT =
            Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(Comparator.naturalOrder());

    private final FileStore store;
    private final Metainfo metainfo;
    private final Path base;
    private final Optional<Path> stateDirectory;
    private final ResumeJournal journal;
    private Optional<DiskProblem> first = Optional.empty();

    DataRemoval(FileStore store, Metainfo metainfo, Path directory, Optional<Path> stateDirectory) {
        this.store = store;
        this.metainfo = metainfo;
        this.base = directory.toAbsolutePath();
        this.stateDirectory = stateDirectory;
        this.journal = new ResumeJournal(store, stateDirectory, metainfo.infoHash());
    }

    /** Goes on after a problem; returns the first. */
    Optional<DiskProblem> run() {
        forget();
        Set<Path> directories = new TreeSet<>(INSIDE_OUT);
        for (FileEntry file : metainfo.files()) {
            if (!file.isPad()) {
                FilePlace place = FilePlace.of(base, file.path());
                boolean was = file.isLink() ? deleteLink(place) : delete(place);
                for (Path above = place.below().getParent(); was && above != null; above = above.getParent()) {
                    directories.add(above);
                }
            }
        }
        runOurs();
        directories.forEach(this::deleteIfEmpty);
        return first;
    }

    /**
     * Deletes the part file and the kept metadata alone: nobody else knows what they are. What is in them is fetched again when
     * it is needed.
     */
    Optional<DiskProblem> runOurs() {
        delete(PartFile.place(metainfo, base, stateDirectory));
        stateDirectory.ifPresent(state -> forget(KeptMetadata.file(state, metainfo.infoHash())));
        stateDirectory.ifPresent(state -> forget(MountGuard.note(state, metainfo.infoHash())));
        return first;
    }

    private void forget(Path kept) {
        try {
            store.delete(kept);
        } catch (IOException e) {
            keep(kept, e);
        }
    }

    /** First of all: a record must never vouch for files that are gone. */
    private void forget() {
        try {
            journal.forget();
        } catch (DiskException e) {
            first = Optional.of(e.problem());
        }
    }

    /** Whether the file was there, below real directories alone. */
    private boolean delete(FilePlace place) {
        try {
            // Fails where something that is not ours is on the way.
            return store.delete(place);
        } catch (IOException e) {
            keep(place.path(), e);
            return false;
        }
    }

    private boolean deleteLink(FilePlace place) {
        try {
            return store.deleteLink(place);
        } catch (IOException e) {
            keep(place.path(), e);
            return false;
        }
    }

    private void deleteIfEmpty(Path below) {
        Path directory = base.resolve(below);
        try {
            store.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            return; // something of the user's is in it
        } catch (IOException e) {
            keep(directory, e);
        }
    }

    private void keep(Path path, IOException failure) {
        if (first.isEmpty()) {
            first = Optional.of(Diagnosis.of(path, failure));
        }
    }
}
