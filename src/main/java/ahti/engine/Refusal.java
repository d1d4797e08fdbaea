package ahti.engine;

import ahti.core.InfoHash;
import ahti.disk.DiskProblem;
import java.nio.file.Path;

/** Why an engine does not do what it was asked to. */
public sealed interface Refusal {

    /** One sentence for the user, naming the way out where there is one. */
    String describe();

    /** No port of the configured range could be bound. */
    record CannotListen(String describe) implements Refusal {}

    /** The engine is on its way out. */
    enum Stopping implements Refusal {
        /** The only one. */
        INSTANCE;

        @Override
        public String describe() {
            return "the engine is stopping";
        }
    }

    /** More is being added than {@code ahti.engine.max-adding} allows; try again a little later. */
    record Busy(int limit) implements Refusal {
        @Override
        public String describe() {
            return limit + " torrents are being added already (ahti.engine.max-adding)";
        }
    }

    /** A kind of torrent, or a way to name one, that is not there yet. */
    record Unsupported(String describe) implements Refusal {}

    /** There is no such .torrent file. */
    record NoSuchFile(Path path) implements Refusal {
        @Override
        public String describe() {
            return path + ": no such file";
        }
    }

    /** The .torrent file cannot be read. */
    record Unreadable(DiskProblem problem) implements Refusal {
        @Override
        public String describe() {
            return problem.describe();
        }
    }

    /** What the .torrent file holds is no torrent, or one that contradicts itself or the limits. */
    record BadTorrent(String describe) implements Refusal {}

    /** What should be a magnet link is none. */
    record BadMagnet(String describe) implements Refusal {}

    /** The options do not fit the torrent. */
    record BadOptions(String describe) implements Refusal {}

    /** The download directory is not there and cannot be made. */
    record NoDirectory(DiskProblem problem) implements Refusal {
        @Override
        public String describe() {
            return problem.describe();
        }
    }

    /** Another process, or another engine of this one, works on this download. */
    record Locked(Path lock, String holder) implements Refusal {
        @Override
        public String describe() {
            return holder + " is working on this download (lock " + lock + ")";
        }
    }

    /** This engine has that torrent already. */
    record Duplicate(InfoHash infoHash, String name) implements Refusal {
        @Override
        public String describe() {
            return name + " is here already";
        }
    }

    /** The state directory cannot be used. */
    record NoState(DiskProblem problem) implements Refusal {
        @Override
        public String describe() {
            return problem.describe();
        }
    }

    /** This engine has no such torrent. */
    record NoSuchTorrent(InfoHash infoHash) implements Refusal {
        @Override
        public String describe() {
            return "no torrent " + infoHash.hex() + " here";
        }
    }

    /** The torrent is removed, but not all of its data could be deleted. */
    record DataKept(DiskProblem problem) implements Refusal {
        @Override
        public String describe() {
            return problem.describe();
        }
    }

    /** A bug in the engine; the log has its trace. */
    record Bug(String describe) implements Refusal {}
}
