package ahti.testkit.script;

import ahti.testkit.tracker.HeardAnnounce;
import java.time.Duration;
import java.util.Objects;

/** An announce that came as expected, to be looked at more closely. */
public final class ExpectedAnnounce {
    private final HeardAnnounce heard;
    private final Duration at;
    private final Transcript transcript;

    ExpectedAnnounce(HeardAnnounce heard, Duration at, Transcript transcript) {
        this.heard = heard;
        this.at = at;
        this.transcript = transcript;
    }

    /** All that it says. */
    public HeardAnnounce heard() {
        return heard;
    }

    /** When it came, in virtual time. */
    public Duration at() {
        return at;
    }

    /** It is about this: {@code started}, {@code completed}, {@code stopped}; empty for a regular one. */
    public ExpectedAnnounce withEvent(String event) {
        return with("event", event, heard.event());
    }

    /** So many bytes are left. */
    public ExpectedAnnounce withLeft(long bytes) {
        return with("left", bytes, heard.left());
    }

    /** So many bytes were downloaded. */
    public ExpectedAnnounce withDownloaded(long bytes) {
        return with("downloaded", bytes, heard.downloaded());
    }

    /** So many bytes were uploaded. */
    public ExpectedAnnounce withUploaded(long bytes) {
        return with("uploaded", bytes, heard.uploaded());
    }

    /** It asks for so many peers. */
    public ExpectedAnnounce withWanted(int peers) {
        return with("wanted", peers, heard.wanted());
    }

    /** It came that long after the beginning, to the nanosecond. */
    public ExpectedAnnounce at(Duration moment) {
        return with("time", moment, at);
    }

    /** It came between these two moments. */
    public ExpectedAnnounce between(Duration earliest, Duration latest) {
        if (at.compareTo(earliest) < 0 || at.compareTo(latest) > 0) {
            throw transcript.failure("expected an announce between " + earliest + " and " + latest + ", not at " + at);
        }
        return this;
    }

    private ExpectedAnnounce with(String what, Object wanted, Object was) {
        if (!Objects.equals(wanted, was)) {
            throw transcript.failure("expected an announce with " + what + " '" + wanted + "', not '" + was + "'");
        }
        return this;
    }
}
