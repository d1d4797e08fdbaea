package ahti.webseed;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.net.HttpFetch;
import ahti.net.HttpFetch.Answer;
import ahti.net.HttpFetch.Part;
import ahti.net.HttpFetch.Range;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {
    private static final Range ASKED = new Range(2, 4);
    private static final int SIZE = 10;
    private static final ByteString THREE = ByteString.fromString("cde");

    @Test
    void takesTheBytesAskedFor() {
        assertThat(judge(part(2, 4, SIZE, THREE))).isEqualTo(new Judgement.Good(THREE));
    }

    @Test
    void cutsThemOutOfAWholeFile() {
        assertThat(judge(new Answer(200, ByteString.fromString("abcdefghij")))).isEqualTo(new Judgement.Good(THREE));
    }

    @Test
    void neverAsksAgainForAFileOfAnotherSize() {
        String reason = "it has another file: of 9 bytes instead of 10";

        assertThat(judge(part(2, 4, 9, THREE))).isEqualTo(new Judgement.Never(reason));
        assertThat(judge(new Answer(200, ByteString.fromString("abcdefghi")))).isEqualTo(new Judgement.Never(reason));
    }

    @Test
    void neverAsksAgainWhoSendsOtherBytes() {
        Judgement never = new Judgement.Never("it answers with other bytes than were asked for");

        assertThat(judge(part(1, 3, SIZE, THREE))).isEqualTo(never);
        assertThat(judge(part(2, 4, SIZE, ByteString.fromString("cd")))).isEqualTo(never);
        assertThat(judge(new Answer(206, THREE))).isEqualTo(never);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 400, 401, 403, 404, 410, 416})
    void neverAsksAgainAfter(int status) {
        assertThat(judge(new Answer(status, THREE))).isEqualTo(new Judgement.Never("it answers " + status));
    }

    @ParameterizedTest
    @CsvSource({"408", "429", "500", "502", "503", "504"})
    void asksAgainLaterAfter(int status) {
        Optional<Duration> after = Optional.of(Duration.ofSeconds(7));

        assertThat(judge(new Answer(status, THREE, Optional.empty(), after)))
                .isEqualTo(new Judgement.Later("it answers " + status, after));
    }

    @Test
    void tellsFaultsThatPassFromThoseThatDoNot() {
        assertThat(judge(new HttpFetch.Failed("no such host")))
                .isEqualTo(new Judgement.Later("no such host", Optional.empty()));
        assertThat(judge(new HttpFetch.Failed("too large", true))).isEqualTo(new Judgement.Never("too large"));
    }

    private static Judgement judge(HttpFetch.Reply reply) {
        return Judgement.of(reply, ASKED, SIZE);
    }

    private static Answer part(long first, long last, long size, ByteString body) {
        return new Answer(
                206, body, Optional.of(new Part(new Range(first, last), OptionalLong.of(size))), Optional.empty());
    }
}
