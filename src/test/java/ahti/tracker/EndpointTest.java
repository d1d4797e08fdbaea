package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "http://h/announce, http://h/announce",
        "HTTPS://h:1/announce?key=1, HTTPS://h:1/announce?key=1",
        "http://h/\u00e9, http://h/%C3%A9",
        "http://h/\u1fef, http://h/%E1%BF%AF",
        "http://[::1]:80/announce, http://[::1]:80/announce",
    })
    void readsUrlsOfHttpTrackersAsTheyTravel(String url, URI travels) {
        assertThat(Endpoint.of(url)).isEqualTo(new Endpoint.Http(travels));
    }

    @Test
    void readsUrlsOfUdpTrackers() {
        assertThat(Endpoint.of("udp://a_b:80/announce?x")).isEqualTo(new Endpoint.Udp("a_b", 80, "/announce?x"));
        assertThat(Endpoint.of("udp://[::1]:80")).isEqualTo(new Endpoint.Udp("::1", 80, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/announce",
                "file:///etc/passwd",
                "gopher://h/_x",
                "jar:http://h!/x",
                "http:",
                "http:/announce",
                "http://h/`",
                "http://h/%zz",
                "http://h/a b",
                "udp://h",
                "udp://h:0",
                "udp://h:65536",
                "udp://h:99999999999",
                "udp://:80",
            })
    void refusesWhatLeadsToNoTracker(String url) {
        assertThat(Endpoint.of(url)).isInstanceOf(Endpoint.Unsupported.class);
    }

    @Seeds(2000)
    void anythingMayStandInATorrent(long seed) {
        Random random = new Random(seed);
        StringBuilder url = new StringBuilder(
                List.of("http://", "https://", "udp://", "http:", "").get(random.nextInt(5)));
        for (int i = random.nextInt(20); i > 0; i--) {
            String odd = "a:/?#[]@%0\u00e9\u1fef\u2028\ud800\n\t \"<>^`{|}\\.-_~";
            url.appendCodePoint(
                    random.nextBoolean() ? odd.charAt(random.nextInt(odd.length())) : random.nextInt(0x30000));
        }

        Endpoint endpoint = Endpoint.of(url.toString());

        assertThat(endpoint.name()).isNotNull();
        if (endpoint instanceof Endpoint.Unsupported refused) {
            assertThat(refused.reason()).matches("[\\p{Print}]+");
        }
    }
}
