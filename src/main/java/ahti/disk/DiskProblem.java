package ahti.disk;

import java.nio.file.Path;

/** Why the disk said no. Data, not an exception: the torrent pauses with it and may try again. */
public sealed interface DiskProblem {

    /** One sentence for the user, naming the file. */
    String describe();

    /** No room: on the file system, or in the quota. */
    record Full(Path path) implements DiskProblem {
        @Override
        public String describe() {
            return "disk full on " + path;
        }
    }

    /** We may not read, write or create it. */
    record Denied(Path path, String reason) implements DiskProblem {
        @Override
        public String describe() {
            return "no permission for " + path + ": " + reason;
        }
    }

    /**
     * The file system that the files are on is not mounted. Nothing is downloaded over its empty mount point.
     *
     * @param mount where it was
     */
    record NotMounted(Path mount) implements DiskProblem {
        @Override
        public String describe() {
            return "nothing is mounted on " + mount
                    + ", where this download is; mount it, or use --check to begin anew without it";
        }
    }

    /** Something lies where a file or directory of the torrent must be: a directory, a link, a device. */
    record InTheWay(Path path, String reason) implements DiskProblem {
        @Override
        public String describe() {
            return path + " is in the way: " + reason;
        }
    }

    /** Somebody else wrote a file while it was in use: what of it is still right has to be found out. */
    record Changed(Path path) implements DiskProblem {
        @Override
        public String describe() {
            return path + " was changed by somebody else";
        }
    }

    /** Anything else. */
    record Faulty(Path path, String reason) implements DiskProblem {
        @Override
        public String describe() {
            return "cannot use " + path + ": " + reason;
        }
    }
}
