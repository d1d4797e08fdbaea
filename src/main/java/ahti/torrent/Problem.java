package ahti.torrent;

/** Why a torrent is paused or failed, as its user must hear it. */
public sealed interface Problem {

    /** One sentence that says what is wrong and, where there is one, the way out. */
    String describe();

    /** The disk has no room. */
    record DiskFull(String describe) implements Problem {}

    /** The files cannot be read, written or created. */
    record DiskFault(String describe) implements Problem {}

    /** What a magnet link names was found, and is of no use. */
    record BadMetadata(String describe) implements Problem {}

    /** A bug in the engine. */
    record Bug(String describe) implements Problem {}
}
