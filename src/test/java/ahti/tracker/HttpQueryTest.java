package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpQueryTest {
    private static final String HASH = "%00%11%223DUfw%88%99%AA%BB%CC%DD%EE%FFABZ~";

    @Test
    void writesEveryParameterOfAnAnnounce() {
        URI url = HttpQuery.of(
                URI.create("http://tracker.test:6969/announce"),
                Announces.request(AnnounceEvent.STARTED, Optional.empty()));

        assertThat(url)
                .hasToString("http://tracker.test:6969/announce?info_hash=" + HASH
                        + "&peer_id=-AH0100-abcdefghijkl&port=6881&uploaded=3&downloaded=2&left=1"
                        + "&compact=1&no_peer_id=1&numwant=50&key=0BADCAFE&event=started");
    }

    @Test
    void keepsThePasskeyOfTheUrl() {
        URI url = HttpQuery.of(
                URI.create("https://tracker.test/a%20b/announce.php?passkey=%41b&x=1#fragment"),
                Announces.request(AnnounceEvent.NONE, Optional.of("\u00ff id")));

        assertThat(url.toString())
                .startsWith("https://tracker.test/a%20b/announce.php?passkey=%41b&x=1&info_hash=" + HASH)
                .endsWith("&key=0BADCAFE&trackerid=%FF%20id");
    }

    @Test
    void scrapesWhereTheLastPartOfThePathBeginsWithAnnounce() {
        assertThat(scrape("http://t.test:6969/announce")).contains("http://t.test:6969/scrape?info_hash=" + HASH);
        assertThat(scrape("http://t.test/announce/x/announce.php?key=1"))
                .contains("http://t.test/announce/x/scrape.php?key=1&info_hash=" + HASH);
        assertThat(scrape("http://t.test/announce%2F1")).contains("http://t.test/scrape%2F1?info_hash=" + HASH);
        assertThat(scrape("http://t.test/announce/a")).isEmpty();
        assertThat(scrape("http://t.test/x?announce")).isEmpty();
        assertThat(scrape("http://t.test")).isEmpty();
        assertThat(scrape("http://t.test/myannounce")).isEmpty();
    }

    private static Optional<String> scrape(String tracker) {
        return HttpQuery.of(URI.create(tracker), new ScrapeRequest(1, Announces.INFO_HASH))
                .map(URI::toString);
    }

    @Test
    void escapesEveryByteThatIsNotUnreserved() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        String escaped = HttpQuery.escape(all);

        assertThat(escaped)
                .hasSize(66 + 3 * (256 - 66))
                .contains("-.")
                .contains("%2F")
                .contains("%2B")
                .contains("%FF");
        assertThat(escaped.replaceAll("%[0-9A-F]{2}", "")).matches("[A-Za-z0-9._~-]{66}");
    }
}
