package ahti.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import ahti.net.HttpFetch;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * What a web server answers: head, body in chunks or not, packed or not, redirect. It does not matter in what runs the bytes
 * come; a body is never larger than allowed; a redirect leads to a URL that can be asked, or nowhere.
 */
public final class HttpTarget implements FuzzTarget {
    private static final int MOST_BODY = 64 * 1024;
    private static final URI ASKED = URI.create("http://tracker.example/a/announce?x=1");

    @Override
    public String name() {
        return "http";
    }

    /** Either all that an answer says, or why there is none. */
    private record Read(String head, ByteString body, Optional<String> refusal) {}

    @Override
    public void check(byte[] input) {
        Read whole = read(new ByteArrayInputStream(input));
        Read dripped = read(new Dripping(input));
        assertThat(dripped).isEqualTo(whole);
        assertThat(whole.body().length()).isLessThanOrEqualTo(MOST_BODY);
        whole.refusal().ifPresent(FuzzTargets::assertFitToShow);
    }

    private static Read read(InputStream in) {
        String said = "";
        try {
            Head head = Head.read(in);
            said = head.status() + " " + head.isCurrent() + " " + head.keepsAlive() + " " + head.part() + " "
                    + head.retryAfter() + " " + head.length();
            if (head.redirect().isPresent()) {
                checkRedirect(head.redirect().get());
            }
            byte[] body = Body.read(in, head, MOST_BODY);
            body = Body.decoded(body, head.encoding(), MOST_BODY);
            return new Read(said, ByteString.fromArrayUnsafe(body), Optional.empty());
        } catch (IOException refused) {
            return new Read(said, ByteString.emptyByteString(), Optional.of(String.valueOf(refused.getMessage())));
        }
    }

    private static void checkRedirect(String location) {
        try {
            URI target = Exchange.target(ASKED, location);
            Site site = Site.of(target);
            String asked = HttpConnection.lines(target, site, new HttpFetch.Request(target, Optional.empty()));
            String[] lines = asked.split("\r\n", -1);
            assertThat(lines).hasSize(7);
            assertThat(lines[0]).matches("GET /[!-~]* HTTP/1.1");
            assertThat(lines[1]).matches("Host: [!-~]+");
            assertThat(site.port()).isBetween(1, 65_535);
        } catch (Trouble refused) {
            FuzzTargets.assertFitToShow(refused.reason());
        }
    }

    /** Gives a byte at a time, however many are asked for, and never says what is there. */
    private static final class Dripping extends FilterInputStream {
        Dripping(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(1, length));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
