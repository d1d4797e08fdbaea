package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.net.HttpFetch.Kind;
import java.net.URI;
import org.junit.jupiter.api.Test;

class HttpFetchTest {
    @Test
    void whatLooksLikeATrackerFitsANeighbour() {
        assertThat(fits(Kind.ANNOUNCE, "http://h/announce?x")).isTrue();
        assertThat(fits(Kind.ANNOUNCE, "http://h/key/announce.php?x")).isTrue();
        assertThat(fits(Kind.ANNOUNCE, "http://h/scrape?x")).isTrue();
        assertThat(fits(Kind.ANNOUNCE, "http://h/")).isFalse();
        assertThat(fits(Kind.ANNOUNCE, "http://h?announce")).isFalse();
        assertThat(fits(Kind.ANNOUNCE, "http://h/announce/reboot")).isFalse();
        assertThat(fits(Kind.ANNOUNCE, "http://h/reboot?url=/announce")).isFalse();
    }

    @Test
    void whatLooksLikeAFileFitsANeighbour() {
        assertThat(fits(Kind.FILE, "http://h/a/b.iso")).isTrue();
        assertThat(fits(Kind.FILE, "http://h/a/b?reboot")).isFalse();
        assertThat(fits(Kind.ANYTHING, "http://h/a/b?reboot")).isTrue();
    }

    private static boolean fits(Kind kind, String url) {
        return kind.fits(URI.create(url));
    }
}
