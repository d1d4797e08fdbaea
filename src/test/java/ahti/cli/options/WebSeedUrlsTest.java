package ahti.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebSeedUrlsTest {

    @Test
    void theUsersComeFirstAndNoneTwice() {
        assertThat(WebSeedUrls.more(List.of("http://a/", "http://b/"), List.of("https://c/", "http://b/")))
                .containsExactly("https://c/", "http://b/", "http://a/");
    }

    @Test
    void whatIsNoWebServerIsRefused() {
        assertThatThrownBy(() -> WebSeedUrls.more(List.of(), List.of("ftp://a/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'ftp://a/' is not a web server");
    }
}
