package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.disk.DiskProblem;
import ahti.disk.FilePlace;
import ahti.disk.FileStore;
import ahti.disk.TorrentFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a new .torrent file goes: never in place of something else by accident. */
record TorrentOutput(FileStore store, Path path) {

    /** Whether something, be it a directory or a link, is there already. */
    boolean isThere() {
        Path directory = path.getParent();
        Path name = path.getFileName();
        if (directory == null || name == null) {
            return true;
        }
        try {
            return store.look(FilePlace.of(directory, List.of(name.toString()))).isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    void refuseIfThere() {
        if (isThere()) {
            throw new CommandFailure(
                    ExitCode.EXISTS, path + " is there already: remove it, choose another with -o, or give --force");
        }
    }

    void write(byte[] torrent) {
        Optional<DiskProblem> problem = TorrentFiles.write(store, path, torrent);
        if (problem.isPresent()) {
            boolean full = problem.get() instanceof DiskProblem.Full;
            throw new CommandFailure(
                    full ? ExitCode.DISK_FULL : ExitCode.DISK, problem.get().describe());
        }
    }
}
