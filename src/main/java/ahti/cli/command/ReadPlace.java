package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.disk.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the data of a torrent goes that is read while it downloads: where the user says, and kept; otherwise nowhere for long. */
final class ReadPlace implements AutoCloseable {
    private final Path directory;
    private final Optional<ScratchDirectory> scratch;

    private ReadPlace(Path directory, Optional<ScratchDirectory> scratch) {
        this.directory = directory;
        this.scratch = scratch;
    }

    /** The directory that was named, or one of our own in the user's cache, gone at the end. */
    static ReadPlace of(Env env, Optional<String> named) {
        if (named.isPresent()) {
            return new ReadPlace(env.path(named.get()), Optional.empty());
        }
        try {
            Optional<Path> cache = env.userDirectory("XDG_CACHE_HOME", ".cache");
            ScratchDirectory made = cache.isPresent()
                    ? ScratchDirectory.make(cache.get(), "read-")
                    : ScratchDirectory.make("ahti-read-");
            ReadPlace place = new ReadPlace(made.path(), Optional.of(made));
            env.machine().exit().before(place::close);
            return place;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.DISK,
                    "there is no place for what is downloaded (" + e.getMessage() + "): name one with -d");
        }
    }

    Path directory() {
        return directory;
    }

    /** Whether everything is kept when the command ends. */
    boolean isKept() {
        return scratch.isEmpty();
    }

    /** A directory of ours that cannot be removed stays: there is nobody left to tell. */
    @Override
    public void close() {
        if (scratch.isPresent()) {
            try {
                scratch.get().close();
            } catch (IOException e) {
                return;
            }
        }
    }
}
