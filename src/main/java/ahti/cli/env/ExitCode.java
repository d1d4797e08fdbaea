package ahti.cli.env;

/** How the command ends, as the shell sees it: aria2's numbers where the meaning is the same. */
public enum ExitCode {
    /** All done; also when it was complete before. */
    OK(0, "all done, or complete already"),
    /** A bug of ours. */
    INTERNAL(1, "internal error"),
    /** {@code --timeout} or {@code --stall} expired. */
    TIMEOUT(2, "--timeout or --stall expired"),
    /** The source, or a file in it, does not exist. */
    NOT_FOUND(3, "source or file not found"),
    /** Nothing to listen on, or nobody to speak to. */
    NETWORK(6, "network: no port could be bound, or nobody was found"),
    /** {@code --for} ended first. */
    UNFINISHED(7, "unfinished because --for ended"),
    /** No room, seen before or while writing. */
    DISK_FULL(9, "disk full"),
    /** Another process works on the same download. */
    LOCKED(11, "another process is working on this download"),
    /** Something else is there and must not be overwritten. */
    EXISTS(13, "something else is there already"),
    /** The disk cannot be read or written. */
    DISK(17, "disk cannot be read or written"),
    /** A host name has no address. */
    NAME(19, "name resolution failed"),
    /** Not a torrent at all. */
    NOT_BENCODE(25, "not bencode"),
    /** Bencode, but no usable torrent. */
    BAD_METAINFO(26, "bad torrent"),
    /** Not a magnet link. */
    BAD_MAGNET(27, "bad magnet link"),
    /** The command line or the configuration is wrong. */
    BAD_OPTION(28, "bad option"),
    /** Right, but beyond this version. */
    UNSUPPORTED(29, "not supported yet"),
    /** Pieces did not match their hashes. */
    VERIFY_FAILED(32, "verification failed"),
    /** Ctrl-C before completion. */
    INTERRUPTED(130, "Ctrl-C before completion"),
    /** TERM before completion. */
    TERMINATED(143, "TERM before completion");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** What the shell gets. */
    public int code() {
        return code;
    }

    /** In a few words, for the help. */
    public String meaning() {
        return meaning;
    }
}
