package ahti.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.PeerContact;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PexMessageTest {
    private static final InetSocketAddress V4 = new InetSocketAddress("1.2.3.4", 0x1ae1);
    private static final InetSocketAddress V6 = new InetSocketAddress("2001:db8::5", 80);
    private static final InetSocketAddress GONE = new InetSocketAddress("9.8.7.6", 65_535);

    private static ByteString bytes(String latin1) {
        return ByteString.fromArray(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static PexMessage read(String latin1) {
        return PexMessage.read(bytes(latin1)).orElseThrow();
    }

    @Test
    void isADictionaryOfPackedAddressesAndFlags() {
        PexMessage message = new PexMessage(
                List.of(new PeerContact(V4, true, true), new PeerContact(V6, false, true)), List.of(GONE));

        assertThat(message.toBody())
                .isEqualTo(bytes(
                        "d5:added6:\1\2\3\4\u001a\u00e17:added.f1:\u00126:added618: \1\r\u00b8\0\0\0\0\0\0\0\0\0\0\0"
                                + "\5\0P8:added6.f1:\u00107:dropped6:\t\b\7\6\u00ff\u00ffe"));
        assertThat(PexMessage.read(message.toBody())).contains(message);
    }

    @Test
    void whatIsEmptyIsLeftOut() {
        assertThat(new PexMessage(List.of(), List.of(GONE)).toBody())
                .isEqualTo(bytes("d7:dropped6:\t\b\7\6\u00ff\u00ffe"));
        assertThat(read("de")).isEqualTo(new PexMessage(List.of(), List.of()));
    }

    @Test
    void flagsMayBeMissingOrShort() {
        assertThat(read("d5:added12:\1\2\3\4\0\1\1\2\3\4\0\u00027:added.f1:\2e").added())
                .containsExactly(
                        new PeerContact(new InetSocketAddress("1.2.3.4", 1), true, false),
                        new PeerContact(new InetSocketAddress("1.2.3.4", 2), false, false));
        assertThat(read("d5:added6:\1\2\3\4\0\1e").added())
                .containsExactly(new PeerContact(new InetSocketAddress("1.2.3.4", 1), false, false));
    }

    @Test
    void aPartialEntryAtTheEndIsIgnored() {
        assertThat(read("d5:added8:\1\2\3\4\0\1\5\6e").added()).hasSize(1);
        assertThat(read("d6:added65:abcdee").added()).isEmpty();
    }

    @Test
    void noMoreIsReadThanAnHonestPeerSays() {
        List<PeerContact> many = IntStream.rangeClosed(1, 1_000)
                .mapToObj(port -> new PeerContact(new InetSocketAddress("1.2.3.4", port), false, false))
                .toList();

        assertThat(PexMessage.read(new PexMessage(many, List.of()).toBody())
                        .orElseThrow()
                        .added())
                .hasSize(PexMessage.MOST_READ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "le", "i1e", "d5:added", "d5:addedi1ee", "d5:addedd1:ai1eee", "d5:added6:\1\2"})
    void nonsenseSaysNothing(String body) {
        assertThat(PexMessage.read(bytes(body)).map(PexMessage::added).orElse(List.of()))
                .isEmpty();
    }
}
