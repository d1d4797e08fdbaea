package ahti.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.InfoHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";
    private static final Search ONE = new Search(6881, List.of(InfoHash.parse(HASH)), "c0ffee00");

    @Test
    void isWrittenAsTheProtocolSays() {
        assertThat(ONE.write(Group.IPV4).utf8String())
                .isEqualTo("BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: " + HASH
                        + "\r\ncookie: c0ffee00\r\n\r\n\r\n");
        assertThat(ONE.write(Group.IPV6).utf8String()).contains("\r\nHost: [ff15::efc0:988f]:6771\r\n");
        assertThat(Group.IPV6.address().getAddress().getHostAddress()).isEqualTo("ff15:0:0:0:0:0:efc0:988f");
        assertThat(Group.IPV4.address().toString()).isEqualTo("/239.192.152.143:6771");
    }

    @Test
    void staysBelow1400BytesHoweverManyTorrentsItNames() {
        Search full = new Search(65_535, hashes(Search.MOST_HASHES, new Random(1)), "00000000");

        assertThat(full.write(Group.IPV4).size()).isLessThanOrEqualTo(1400);
        assertThat(full.write(Group.IPV6).size()).isLessThanOrEqualTo(1400);
    }

    @Seeds(50)
    void readsBackWhatItWrites(long seed) {
        Random random = new Random(seed);
        Search search = new Search(
                1 + random.nextInt(65_535),
                hashes(1 + random.nextInt(Search.MOST_HASHES), random),
                Long.toHexString(random.nextLong()));

        assertThat(Search.read(search.write(random.nextBoolean() ? Group.IPV4 : Group.IPV6)))
                .contains(search);
    }

    @Test
    void takesWhatOthersWrite() {
        String odd = "bt-search * http/1.1\nPORT:6881\nX-New: thing\nInfoHash:  " + HASH.toUpperCase(Locale.ROOT)
                + "  \nInfohash: " + HASH + HASH.substring(0, 24) + "\nInfohash: xyz\n\n";

        assertThat(Search.read(ByteString.fromString(odd)))
                .contains(new Search(6881, List.of(InfoHash.parse(HASH)), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "BT-SEARCH * HTTP/1.1",
                "BT-SEARCH * HTTP/1.1\r\nPort: 6881\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nInfohash: " + HASH + "\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 0\r\nInfohash: " + HASH + "\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 65536\r\nInfohash: " + HASH + "\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: -1\r\nInfohash: " + HASH + "\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 99999999999999999999\r\nInfohash: " + HASH + "\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: \u0661\r\nInfohash: " + HASH + "\r\n\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 6881\r\nInfohash: 0123456789abcdef0123456789abcdef0123456g\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\nPort: 6881\r\nInfohash: " + HASH + "\r\n\r\n\r\n"
            })
    void whatIsNoAnnounceSaysNothing(String datagram) {
        assertThat(Search.read(ByteString.fromString(datagram))).isEmpty();
    }

    @Test
    void whatIsTooLargeSaysNothing() {
        String padding = "X: " + "x".repeat(Search.LARGEST) + "\r\n";

        assertThat(Search.read(ByteString.fromString(
                        "BT-SEARCH * HTTP/1.1\r\nPort: 6881\r\n" + padding + "Infohash: " + HASH + "\r\n\r\n\r\n")))
                .isEmpty();
    }

    @Seeds(200)
    void noiseIsReadWithoutHarm(long seed) {
        Random random = new Random(seed);
        byte[] bytes = ONE.write(Group.IPV4).toArray();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }

        Search.read(ByteString.fromArray(bytes))
                .ifPresent(read -> assertThat(read.infoHashes()).isNotEmpty());
    }

    private static List<InfoHash> hashes(int count, Random random) {
        List<InfoHash> hashes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[20];
            random.nextBytes(bytes);
            hashes.add(InfoHash.v1(bytes));
        }
        return hashes;
    }
}
