package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://t.example/a?b=c#d, http://t.example/a?b=c#d",
        "http://t.example/\u00e9, http://t.example/%C3%A9",
        "http://t.example/e\u0301, http://t.example/e%CC%81",
        "http://t.example/%e9?\ud83d\ude00, http://t.example/%e9?%F0%9F%98%80",
        "http://\u00e9.example/, http://%C3%A9.example/",
    })
    void encodesWhatIsBeyondAscii(String url, String ascii) {
        assertThat(AsciiUrl.of(URI.create(url))).hasValue(URI.create(ascii));
    }

    /** U+1FEF is a grave accent to whoever normalises, and U+037E a semicolon. */
    @ParameterizedTest
    @CsvSource({
        "http://t.example/\u1fef, http://t.example/%E1%BF%AF",
        "http://t.example/?\u037e, http://t.example/?%CD%BE"
    })
    void doesNotNormalise(String url, String ascii) {
        assertThat(AsciiUrl.of(URI.create(url))).hasValue(URI.create(ascii));
    }
}
