package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierListTest {

    @Test
    void leavesOutBlanksDuplicatesEmptyTiersAndWhatCannotBeReached() {
        TierList list = TierList.of(
                List.of(
                        List.of("", " http://a/x "),
                        List.of(),
                        List.of("http://a/x"),
                        List.of("wss://c\u0007/", "udp://b:1")),
                100);

        assertThat(list.tiers()).containsExactly(List.of("http://a/x"), List.of("udp://b:1"));
        assertThat(list.endpoints()).containsOnlyKeys("http://a/x", "udp://b:1");
        assertThat(list.unsupported()).containsOnlyKeys("wss://c?/");
    }

    @Test
    void ignoresUrlsBeyondTheLimit() {
        assertThat(TierList.of(List.of(List.of("udp://a:1", "x:y", "udp://b:1"), List.of("udp://c:1")), 2)
                        .endpoints())
                .containsOnlyKeys("udp://a:1");
    }

    @Test
    void readsWhereATrackerIs() {
        assertThat(Endpoint.of("http://t.test:80/announce?k=1"))
                .isEqualTo(new Endpoint.Http(URI.create("http://t.test:80/announce?k=1")));
        assertThat(Endpoint.of("UDP://under_score.test:1337/announce?x=%20"))
                .isEqualTo(new Endpoint.Udp("under_score.test", 1337, "/announce?x=%20"));
        assertThat(Endpoint.of("udp://[::1]:80")).isEqualTo(new Endpoint.Udp("::1", 80, ""));
    }

    @Test
    void showsAndAsksNothingThatCouldTurnAScreenAround() {
        TierList list = TierList.of(List.of(List.of("http://a/\u202efdp")), 100);

        assertThat(list.tiers()).containsExactly(List.of("http://a/?fdp"));
        assertThat(list.endpoints())
                .containsEntry("http://a/?fdp", new Endpoint.Http(URI.create("http://a/%E2%80%AEfdp")));
    }

    @ParameterizedTest
    @CsvSource({
        "wss://t.test/, trackers over wss are not supported",
        "udp://t.test/announce, a UDP tracker without a port",
        "udp://t.test:99999, a UDP tracker without a port",
        "udp://:80, a URL without a host",
        "http:///announce, a URL without a host",
        "http:announce, a URL without a host",
        "announce, not a URL",
        "http://a b/, not a URL"
    })
    void saysWhyATrackerIsOutOfReach(String url, String reason) {
        assertThat(Endpoint.of(url)).isEqualTo(new Endpoint.Unsupported(reason));
    }

    @Test
    void refusesUrlsOfAbsurdLength() {
        assertThat(Endpoint.of("http://a/" + "x".repeat(2_000)))
                .isEqualTo(new Endpoint.Unsupported("a URL of 2009 characters"));
    }
}
