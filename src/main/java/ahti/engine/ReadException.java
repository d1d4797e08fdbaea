package ahti.engine;

import ahti.torrent.reading.ReadRefusal;
import java.util.Optional;

/** A stream of a file's bytes could not begin, or broke off. The message is a sentence for the user. */
public final class ReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<ReadRefusal> refusal;

    private ReadException(String message, Optional<ReadRefusal> refusal) {
        super(message);
        this.refusal = refusal;
    }

    static ReadException refused(ReadRefusal refusal) {
        return new ReadException(refusal.describe(), Optional.of(refusal));
    }

    static ReadException broken(String why) {
        return new ReadException(why, Optional.empty());
    }

    /** Why the stream could not begin; empty when it began and broke off, or when there is no such torrent. */
    public Optional<ReadRefusal> refusal() {
        return refusal;
    }
}
