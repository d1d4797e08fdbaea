package ahti.webseed;

import ahti.net.HttpFetch;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/** What an answer of a web server is worth. */
sealed interface Judgement {

    /** The bytes that were asked for. */
    record Good(ByteString bytes) implements Judgement {}

    /** Asking again may help, not before {@code after} if the server says so. */
    record Later(String reason, Optional<Duration> after) implements Judgement {}

    /** Asking again is no use. */
    record Never(String reason) implements Judgement {}

    /**
     * Judges an answer.
     *
     * @param asked which bytes of the file
     * @param size of the file
     */
    static Judgement of(HttpFetch.Reply reply, HttpFetch.Range asked, long size) {
        if (reply instanceof HttpFetch.Failed failed) {
            return failed.lasting() ? new Never(failed.reason()) : new Later(failed.reason(), Optional.empty());
        }
        HttpFetch.Answer answer = (HttpFetch.Answer) reply;
        int status = answer.status();
        return switch (status) {
            case 206 -> part(answer, asked, size);
            case 200 -> whole(answer, asked, size);
            case 408, 429 -> new Later("it answers " + status, answer.retryAfter());
            default ->
                status >= 500
                        ? new Later("it answers " + status, answer.retryAfter())
                        : new Never("it answers " + status);
        };
    }

    private static Judgement part(HttpFetch.Answer answer, HttpFetch.Range asked, long size) {
        Optional<HttpFetch.Part> part = answer.part();
        OptionalLong theirs = part.map(HttpFetch.Part::size).orElse(OptionalLong.empty());
        if (theirs.isPresent() && theirs.getAsLong() != size) {
            return new Never(otherSize(theirs.getAsLong(), size));
        }
        boolean isAsked = part.isPresent() && part.get().range().equals(asked);
        return isAsked && answer.body().size() == asked.length()
                ? new Good(answer.body())
                : new Never("it answers with other bytes than were asked for");
    }

    /** The server ignores ranges; a small file comes whole. */
    private static Judgement whole(HttpFetch.Answer answer, HttpFetch.Range asked, long size) {
        ByteString body = answer.body();
        return body.size() == size
                ? new Good(body.slice((int) asked.first(), (int) (asked.last() + 1)))
                : new Never(otherSize(body.size(), size));
    }

    private static String otherSize(long theirs, long ours) {
        return "it has another file: of " + theirs + " bytes instead of " + ours;
    }
}
