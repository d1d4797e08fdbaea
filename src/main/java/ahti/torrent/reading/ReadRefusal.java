package ahti.torrent.reading;

/** Why a file cannot be read. */
public sealed interface ReadRefusal {

    /** A sentence for the user. */
    String describe();

    /** The torrent has no file of that index. */
    record NoSuchFile(int file, int files) implements ReadRefusal {
        @Override
        public String describe() {
            return "there is no file " + file + ": the torrent has " + files;
        }
    }

    /** The file is padding (BEP 47): nothing but zeros, and never stored. */
    record Padding(int file) implements ReadRefusal {
        @Override
        public String describe() {
            return "file " + file + " is padding";
        }
    }

    /** The bytes asked for are not, or not all, inside the file. */
    record OutOfRange(long from, long to, long length) implements ReadRefusal {
        @Override
        public String describe() {
            return "there are no bytes " + from + " to " + to + " in a file of " + length;
        }
    }

    /** Some of the bytes are not stored, and will not be fetched: the file is not selected. */
    record NotSelected(int file) implements ReadRefusal {
        @Override
        public String describe() {
            return "file " + file + " is not selected, and not all of it is here";
        }
    }

    /** As many read already as the configuration allows: {@code ahti.read.max-readers}. */
    record TooManyReaders(int limit) implements ReadRefusal {
        @Override
        public String describe() {
            return limit + " read already: ahti.read.max-readers";
        }
    }

    /** Torrents of this engine cannot be read while they download, and why. */
    record Unsupported(String describe) implements ReadRefusal {}

    /** The torrent is on its way out. */
    record Stopping() implements ReadRefusal {
        @Override
        public String describe() {
            return "the torrent stops";
        }
    }
}
