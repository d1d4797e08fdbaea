package ahti.torrent;

/** Why other files cannot be selected. */
public sealed interface SelectRefusal {

    /** One sentence for the user. */
    String describe();

    /** The torrent has fewer files; counted from 0. */
    record NoSuchFile(int file, int files) implements SelectRefusal {
        @Override
        public String describe() {
            return "there is no file " + file + ": this torrent has files 0 to " + (files - 1);
        }
    }

    /** The files cannot be written: no room, no permission, something in the way. */
    record Disk(Problem problem) implements SelectRefusal {
        @Override
        public String describe() {
            return problem.describe();
        }
    }

    /** The torrent is on its way out. */
    record Stopping() implements SelectRefusal {
        @Override
        public String describe() {
            return "the torrent is stopping";
        }
    }

    /** This torrent takes no wishes about its files; says why. */
    record Unsupported(String describe) implements SelectRefusal {}
}
