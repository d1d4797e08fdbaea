package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {
    private static final byte[] TWO_PEERS = {10, 0, 0, 1, 0x1a, (byte) 0xe1, 10, 0, 0, 2, 0, 0, 10, 0, 0, 3, 0, 80, 9};

    @Test
    void readsOfAScrapeOnlyTheTorrentThatWasAskedFor() {
        DictBuilder counts =
                new DictBuilder().put("complete", 7).put("downloaded", 9).put("incomplete", -3);
        DictBuilder files = new DictBuilder()
                .put(new byte[20], new DictBuilder().put("complete", 1))
                .put(Announces.INFO_HASH.wireBytes(), counts);

        assertThat(scraped(200, new DictBuilder().put("files", files)))
                .isEqualTo(new Outcome.Counts(OptionalInt.of(7), OptionalInt.of(9), OptionalInt.empty()));
    }

    @Test
    void saysWhyAScrapeTellsNothing() {
        DictBuilder others = new DictBuilder().put(new byte[20], new DictBuilder().put("complete", 1));

        assertThat(scraped(200, new DictBuilder().put("files", others)))
                .isEqualTo(new Outcome.Failure("it does not know this torrent"));
        assertThat(scraped(200, new DictBuilder())).isEqualTo(new Outcome.Failure("no answer to a scrape: no files"));
        assertThat(scraped(200, new DictBuilder().put("failure reason", "not here")))
                .isEqualTo(new Outcome.Failure("not here"));
        assertThat(scraped(404, new DictBuilder().put("files", others)))
                .isEqualTo(new Outcome.Failure("HTTP status 404"));
    }

    private static Outcome scraped(int status, DictBuilder answer) {
        return HttpAnswer.scraped(status, ByteString.fromArray(answer.encode()), Announces.INFO_HASH, Limits.DEFAULT);
    }

    @Test
    void readsEveryFieldOfAnAnswer() throws UnknownHostException {
        DictBuilder answer = full();

        assertThat(read(answer))
                .isEqualTo(new Outcome.Answer(
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofMinutes(15)),
                        OptionalInt.of(7),
                        OptionalInt.of(3),
                        List.of(
                                new InetSocketAddress("10.0.0.1", 6881),
                                new InetSocketAddress("10.0.0.3", 80),
                                new InetSocketAddress("2001:db8::1", 6881)),
                        Optional.of("slow?down"),
                        Optional.of("\u00e4id"),
                        Optional.of(InetAddress.getByName("1.2.3.4"))));
    }

    @Test
    void readsPeersListedAsDictionaries() {
        ListBuilder peers = new ListBuilder()
                .add(new DictBuilder().put("ip", "10.0.0.1").put("port", 1))
                .add(new DictBuilder().put("ip", "2001:db8::1").put("port", 65_535))
                .add(new DictBuilder().put("ip", "10.0.0.4").put("port", 0))
                .add(new DictBuilder().put("ip", "10.0.0.4").put("port", 65_536))
                .add(new DictBuilder().put("ip", "peer.example").put("port", 1))
                .add(new DictBuilder().put("ip", "256.0.0.1").put("port", 1))
                .add(new DictBuilder().put("ip", ".:1").put("port", 1))
                .add(new DictBuilder().put("ip", "::1::").put("port", 1))
                .add(new DictBuilder().put("port", 1))
                .add("not a peer");

        Outcome outcome = read(new DictBuilder().put("peers", peers));

        assertThat(((Outcome.Answer) outcome).peers())
                .containsExactly(new InetSocketAddress("10.0.0.1", 1), new InetSocketAddress("2001:db8::1", 65_535));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | d14:failure reason12:go\u0007awayXXXXe | go?awayXXXX",
                "400 | d14:failure reason7:no suche | no such",
                "404 | <html>not here</html> | HTTP status 404",
                "503 | d8:intervali60ee | HTTP status 503",
                "200 | d5:helloi1ee | no tracker's answer: neither an interval nor peers",
                "200 | le | no tracker's answer: at byte 0: expected a dictionary, found a list",
            })
    void saysWhyThereIsNoAnswer(int status, String body, String reason) {
        String exact = body.replace("12:go\u0007awayXXXX", "11:go\u0007awayXXXX");

        assertThat(HttpAnswer.read(status, ByteString.fromString(exact), Limits.DEFAULT))
                .isEqualTo(new Outcome.Failure(reason));
    }

    @Test
    void leavesOutWhatIsOfTheWrongType() {
        DictBuilder answer = new DictBuilder()
                .put("interval", "soon")
                .put("min interval", new ListBuilder())
                .put("complete", -1)
                .put("incomplete", Long.MAX_VALUE)
                .put("peers", 7)
                .put("peers6", new DictBuilder())
                .put("warning message", 1)
                .put("tracker id", 2)
                .put("external ip", new byte[5]);

        assertThat(read(answer))
                .isEqualTo(new Outcome.Answer(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(Integer.MAX_VALUE),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void takesNoMorePeersThanTheLimit() {
        byte[] packed = new byte[6 * 5_000];
        for (int i = 0; i < packed.length; i += 6) {
            packed[i] = 10;
            packed[i + 2] = (byte) ((i / 6) >> 8);
            packed[i + 3] = (byte) (i / 6);
            packed[i + 5] = 1;
        }
        DictBuilder answer = new DictBuilder().put("peers", packed).put("peers6", new byte[0]);

        assertThat(((Outcome.Answer) read(answer)).peers()).hasSize(Limits.DEFAULT.trackerPeers());
    }

    @Seeds(300)
    void neverThrowsWhateverIsAnswered(long seed) {
        Random random = new Random(seed);
        byte[] body = full().encode();
        for (int i = random.nextInt(12); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextBoolean() ? body.length : random.nextInt(body.length);

        Outcome outcome = HttpAnswer.read(200, ByteString.fromArray(body, 0, length), Limits.DEFAULT);

        if (outcome instanceof Outcome.Failure failure) {
            assertThat(failure.reason()).isNotBlank().hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    private static DictBuilder full() {
        byte[] six = new byte[18];
        six[0] = 0x20;
        six[1] = 0x01;
        six[2] = 0x0d;
        six[3] = (byte) 0xb8;
        six[15] = 1;
        six[16] = 0x1a;
        six[17] = (byte) 0xe1;
        return new DictBuilder()
                .put("interval", 1800)
                .put("min interval", 900)
                .put("complete", 7)
                .put("incomplete", 3)
                .put("peers", TWO_PEERS)
                .put("peers6", six)
                .put("warning message", "slow\ndown")
                .put("tracker id", "\u00e4id".getBytes(StandardCharsets.ISO_8859_1))
                .put("external ip", new byte[] {1, 2, 3, 4});
    }

    private static Outcome read(DictBuilder answer) {
        return HttpAnswer.read(200, ByteString.fromArray(answer.encode()), Limits.DEFAULT);
    }
}
