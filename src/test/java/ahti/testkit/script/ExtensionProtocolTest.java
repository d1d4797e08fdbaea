package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.wire.Capabilities;
import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import ahti.wire.MetadataMessage;
import ahti.wire.PeerMessage.BitfieldBytes;
import ahti.wire.PeerMessage.Extended;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Request;
import ahti.wire.PeerMessage.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The extension protocol (BEP 10) and the small extensions on it, as a peer sees them. */
@Timeout(60)
class ExtensionProtocolTest {
    private static final Capabilities EXTENDED = new Capabilities(false, true, false);

    private EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(20));

    @AfterEach
    void end() {
        engine.close();
    }

    private void engineIs(EngineUnderTest other) {
        engine.close();
        engine = other;
    }

    private ScriptedPeer greeted(String name) {
        ScriptedPeer peer = engine.peer(name).speaks(EXTENDED).connects().sendsHandshake();
        peer.expectsHandshake();
        return peer;
    }

    private static ExtensionHandshake introduced(ScriptedPeer peer) {
        Extended message = peer.expects(Extended.class);
        assertThat(message.extension()).isZero();
        return ExtensionHandshake.read(message.body()).orElseThrow();
    }

    private static Extended says(String bencode) {
        return new Extended(0, ByteString.fromArray(bencode.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void introducesItselfToWhoeverSpeaksIt() {
        engine.starts();
        ExtensionHandshake said = introduced(greeted("alice"));

        assertThat(said.client()).contains("Ahti 0.1");
        assertThat(said.port()).hasValue(6881);
        assertThat(said.queue()).hasValue(500);
        assertThat(said.youAre().map(java.net.InetAddress::getHostAddress)).contains("20.0.0.2");
        assertThat(said.uploadOnly()).isEmpty();
        assertThat(said.numbers()).containsEntry(ExtensionName.DONT_HAVE, 3);
    }

    @Test
    void saysNothingOfItToPlainPeers() {
        engine.starts();
        ScriptedPeer plain = engine.peer("plain").connects().sendsHandshake();
        assertThat(plain.expectsHandshake().reserved().apply(5) & 0x10).isEqualTo(0x10);

        plain.sends(says("d1:md11:ut_metadatai9eee")).expectsNothingFor(seconds(5));
    }

    @Test
    void asksForNoMoreThanThePeerKeepsWaiting() {
        engine.starts();
        ScriptedPeer peer = greeted("tiny").sendsBitfield();
        introduced(peer);
        peer.sends(says("d4:reqqi3ee"));
        peer.expects(Signal.INTERESTED).unchokes();

        List<BlockRef> asked = peer.expectsRequests(3);
        peer.expectsNothingFor(seconds(2)).ignores(Have.class);
        asked.forEach(peer::sendsBlock);
        peer.expectsRequests(3);
        peer.expectsNothingFor(seconds(2));
    }

    @Test
    void nonsenseOfEveryKindEndsNothing() {
        engine.starts();
        ScriptedPeer peer = greeted("odd");
        introduced(peer);
        for (String bencode : List.of(
                "",
                "i1e",
                "d",
                "de",
                "d1:mi1ee",
                "d1:md11:ut_metadatai-7eee",
                "d1:md11:ut_metadatai256eee",
                "d4:reqqi0ee",
                "d4:reqqi-5ee",
                "d4:reqqi99999999999999ee",
                "d6:yourip3:abce",
                "d1:pi0ee",
                "d1:pi70000ee",
                "d13:metadata_sizei-1ee",
                "d11:upload_only1:xe",
                "d1:v4:\u0001\u0002\u0003\u0004e",
                "l".repeat(1000) + "e".repeat(1000))) {
            peer.sends(says(bencode));
        }
        for (ExtensionName name : ExtensionName.values()) {
            peer.sends(new Extended(name.number(), ByteString.emptyByteString()));
            peer.sends(new Extended(name.number(), ByteString.fromArray(new byte[300])));
        }
        peer.sends(new Extended(255, ByteString.emptyByteString()));

        peer.expectsNothingFor(seconds(1));
        assertThat(engine.status().peers().connected()).isEqualTo(1);
    }

    @Test
    void aSeedAndAPeerThatOnlyUploadsPart() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(20)));
        engine.starts();
        ScriptedPeer peer = greeted("partial");
        peer.expects(BitfieldBytes.class);
        assertThat(introduced(peer).uploadOnly()).contains(true);

        peer.sendsBitfield(1, 2, 3).sends(says("d11:upload_onlyi1ee"));

        peer.expectsDisconnect();
        // Not at once again: it would be the same.
        assertThat(engine.status().peers().connected()).isZero();
    }

    @Test
    void tellsWhoeverWantsToKnowWhenItHasEverything() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(2)));
        engine.starts();
        ScriptedPeer peer = greeted("curious").sendsBitfield(0);
        introduced(peer);
        peer.sends(says("d1:md11:upload_onlyi77eee"));
        peer.expects(Signal.INTERESTED).unchokes().serves(2);
        ScriptedPeer other = greeted("other").sendsBitfield(1).ignores(BitfieldBytes.class);
        introduced(other);
        other.expects(Signal.INTERESTED).unchokes().serves(2);

        Extended told = peer.ignores(Have.class, Signal.class).expects(Extended.class);

        assertThat(told).isEqualTo(new Extended(77, ByteString.fromInts(1)));
        other.ignores(Have.class, Signal.class, KeepAlive.class).expectsNothingFor(seconds(5));
    }

    @Test
    void whatAPeerHasLostIsNotAskedOfItAnyMore() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(2), "ahti.picker.random-first=0"));
        engine.starts();
        ScriptedPeer peer = greeted("forgetful").sendsBitfield();
        introduced(peer);
        peer.expects(Signal.INTERESTED);

        peer.sends(new Extended(3, ByteString.fromInts(0, 0, 0, 1)));
        peer.unchokes();

        assertThat(peer.expectsRequests(2)).allMatch(block -> block.piece() == 0);
        peer.expectsNothingFor(seconds(2));
        peer.has(1);
        assertThat(peer.expects(Request.class).block().piece()).isEqualTo(1);
    }

    @Test
    void handsOutTheInfoDictionaryBlockByBlockAndNoMoreThanThreeTimes() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(900)));
        engine.starts();
        ScriptedPeer peer = greeted("magnet").ignores(BitfieldBytes.class);
        ExtensionHandshake said = introduced(peer);
        long size = said.metadataSize().orElseThrow();
        assertThat(size).isGreaterThan(MetadataMessage.BLOCK);
        peer.sends(says("d1:md11:ut_metadatai42eee"));

        ByteString all = ask(peer, said, 0).bytes().concat(ask(peer, said, 1).bytes());

        assertThat(all.toArray())
                .isEqualTo(engine.torrent().metainfo().info().orElseThrow().toArray());
        for (int i = 0; i < 4; i++) {
            ask(peer, said, 0);
        }
        peer.sends(new Extended(
                said.numbers().getOrDefault(ExtensionName.METADATA, 0), new MetadataMessage.Request(0).toBody()));
        assertThat(MetadataMessage.read(peer.expects(Extended.class).body())).contains(new MetadataMessage.Reject(0));
    }

    private static MetadataMessage.Data ask(ScriptedPeer peer, ExtensionHandshake said, int block) {
        peer.sends(new Extended(
                said.numbers().getOrDefault(ExtensionName.METADATA, 0), new MetadataMessage.Request(block).toBody()));
        Extended answer = peer.expects(Extended.class);
        assertThat(answer.extension()).isEqualTo(42);
        return (MetadataMessage.Data) MetadataMessage.read(answer.body()).orElseThrow();
    }

    @Test
    void itsOwnHandshakeReadsAsItWasWritten() {
        ExtensionHandshake handshake = new ExtensionHandshake(
                Map.of(ExtensionName.METADATA, 3, ExtensionName.PEERS, 0),
                Optional.of("somebody"),
                OptionalInt.of(1),
                OptionalInt.of(2),
                Optional.of(engine.address().getAddress()),
                OptionalLong.of(4),
                Optional.of(false));

        assertThat(ExtensionHandshake.read(handshake.toMessage().body())).contains(handshake);
    }
}
