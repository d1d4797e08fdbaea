package ahti.testkit.record.format;

/** A file that cannot be replayed. Theirs, not ours: no stack trace. */
public final class UnreadableRecording extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong with the file. */
    public enum Kind {
        /** It is something else. */
        FOREIGN,
        /** It was written by a later version of Ahti. */
        NEWER,
        /** It was written by an earlier version of Ahti, whose format is not read any more. */
        OLDER,
        /** It is a recording, but not even its beginning is whole. */
        EMPTY,
        /** Its checksums are right, and yet it says what no recorder says. */
        MALFORMED
    }

    UnreadableRecording(Kind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    /** It says what cannot be; {@code what} completes "the recording ...". */
    public static UnreadableRecording malformed(String what) {
        return new UnreadableRecording(Kind.MALFORMED, "the recording " + what);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** One sentence for the user. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
