package ahti.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.core.Hex;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final InfoHash TORRENT = InfoHash.parse("aa".repeat(20));
    private static final PeerId US = PeerId.of("-AH0100-abcdefghijkl".getBytes(StandardCharsets.US_ASCII));

    @Test
    void isTheSixtyEightBytesOfTheStandard() {
        String expected = "13426974546f7272656e742070726f746f636f6c" + "00".repeat(8) + "aa".repeat(20)
                + "2d4148303130302d6162636465666768696a6b6c";

        assertThat(Hex.of(Handshake.encode(TORRENT, US).toArray())).isEqualTo(expected);
    }

    @Test
    void theInfoHashIsKnownBeforeThePeerIdIs() throws ProtocolException {
        ByteString all = Handshake.encode(TORRENT, US);

        assertThat(Handshake.infoHash(all.take(47))).isEmpty();
        assertThat(Handshake.infoHash(all.take(48))).contains(TORRENT);
        assertThat(Handshake.peerId(all.take(67))).isEmpty();
        assertThat(Handshake.peerId(all)).contains(US);
    }

    @Test
    void refusesAnythingElseAtTheFirstWrongByte() throws ProtocolException {
        assertThatThrownBy(() -> Handshake.infoHash(ByteString.fromString("G"))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Handshake.infoHash(ByteString.fromString("\u0013BitTorrent protocoL")))
                .hasMessage("the first bytes are not a BitTorrent handshake");
        assertThat(Handshake.infoHash(ByteString.fromString("\u0013BitTor"))).isEmpty();
    }

    @Test
    void aTruncatedVersionTwoHashTravelsAsTwentyBytes() throws ProtocolException {
        InfoHash v2 = InfoHash.parse("0123456789abcdef".repeat(4));

        assertThat(Handshake.infoHash(Handshake.encode(v2, US)))
                .contains(InfoHash.parse("0123456789abcdef0123456789abcdef01234567"));
    }

    @Test
    void offersWhatIsSpokenAndReadsItBack() {
        ByteString offer = Handshake.encode(TORRENT, US, new Capabilities(true, true, true));

        assertThat(Hex.of(offer.slice(20, 28).toArray())).isEqualTo("0000000000100005");
        assertThat(Handshake.capabilities(offer)).isEqualTo(new Capabilities(true, true, true));
        assertThat(Handshake.capabilities(offer).and(Capabilities.NONE)).isEqualTo(Capabilities.NONE);
    }
}
