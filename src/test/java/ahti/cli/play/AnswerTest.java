package ahti.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to whom. */
class AnswerTest {
    private static final ServedFile FILM = new ServedFile(4, 2, List.of("show", "über a.mkv"), 1000);
    private static final ServedFile EMPTY = new ServedFile(5, 3, List.of("show", "empty"), 0);
    private static final String PATH = "/2/%C3%BCber%20a.mkv";
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8000);

    private static Answer answer(String method, String path, String host, String range, String ifRange) {
        Answer.Question question =
                new Answer.Question(method, path, optional(host), optional(range), optional(ifRange));
        return Answer.to(question, List.of(FILM, EMPTY), "tag", LOCAL);
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Answer get(String range) {
        return answer("GET", PATH, "127.0.0.1:8000", range, "");
    }

    @Test
    void everythingWithoutARange() {
        Answer answer = get("");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(new FileRun(4, 0, 1000));
        assertThat(answer.length()).isEqualTo(1000);
        assertThat(answer.headers())
                .containsEntry("Accept-Ranges", "bytes")
                .containsEntry("Content-Type", "video/x-matroska")
                .containsEntry("ETag", "\"tag-4\"")
                .doesNotContainKey("Content-Range");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-99, 0, 100", "bytes=900-, 900, 1000", "bytes=-1, 999, 1000", "bytes=5-5000, 5, 1000"})
    void oneRange(String range, long from, long to) {
        Answer answer = get(range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).contains(new FileRun(4, from, to));
        assertThat(answer.length()).isEqualTo(to - from);
        assertThat(answer.headers()).containsEntry("Content-Range", "bytes " + from + "-" + (to - 1) + "/1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=-0"})
    void noSuchRange(String range) {
        assertThat(get(range).status()).isEqualTo(416);
        assertThat(get(range).headers()).containsEntry("Content-Range", "bytes */1000");
        assertThat(get(range).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-0,5-9", "bytes=9-5", "lines=1-2", "bytes=x"})
    void whatIsNotUnderstoodIsIgnored(String range) {
        assertThat(get(range).status()).isEqualTo(200);
    }

    @Test
    void aRangeOfSomethingElseIsAllOfThis() {
        assertThat(answer("GET", PATH, "localhost", "bytes=0-99", "\"old\"").status())
                .isEqualTo(200);
        assertThat(answer("GET", PATH, "localhost", "bytes=0-99", "\"tag-4\"").status())
                .isEqualTo(206);
    }

    @Test
    void headersAlone() {
        Answer answer = answer("HEAD", PATH, "127.0.0.1:8000", "", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.length()).isEqualTo(1000);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anEmptyFile() {
        Answer answer = answer("GET", "/3/empty", "127.0.0.1:8000", "", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.length()).isZero();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void nothingElse() {
        assertThat(answer("GET", "/", "127.0.0.1:8000", "", "").status()).isEqualTo(404);
        assertThat(answer("GET", "/2/../../etc/passwd", "127.0.0.1:8000", "", "")
                        .status())
                .isEqualTo(404);
        assertThat(answer("POST", PATH, "127.0.0.1:8000", "", "").status()).isEqualTo(405);
        assertThat(answer("POST", PATH, "127.0.0.1:8000", "", "").headers()).containsEntry("Allow", "GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "evil.example:8000", "127.0.0.1.evil.example:8000", "127.0.0.1:80"})
    void nobodyWhoCameForAnotherHost(String host) {
        assertThat(answer("GET", PATH, host, "", "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "a.MP4, video/mp4",
        "b.flac, audio/flac",
        "page.html, application/octet-stream",
        "x, application/octet-stream"
    })
    void theMediaTypeGoesByTheName(String name, String type) {
        assertThat(MediaTypes.of(name)).isEqualTo(type);
    }
}
