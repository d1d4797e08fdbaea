package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.torrent.TorrentEvent;
import ahti.wire.Capabilities;
import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import ahti.wire.FrameEncoder;
import ahti.wire.MetadataMessage;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.BitfieldBytes;
import ahti.wire.PeerMessage.Cancel;
import ahti.wire.PeerMessage.Extended;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Request;
import ahti.wire.PeerMessage.Signal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that we serve and that means harm: what it may do, what ends it, and that the others are served all the same. */
@Timeout(120)
class HostilePeerTest {
    private static final Capabilities ALL = new Capabilities(true, true, false);
    private static final int PIECES = 20;

    private EngineUnderTest engine = EngineUnderTest.seeding(KnownTorrent.ofPieces(PIECES));

    @AfterEach
    void end() {
        engine.close();
    }

    private ScriptedPeer greeted(String name) {
        ScriptedPeer peer = engine.peer(name).connects().sendsHandshake();
        peer.expectsHandshake();
        return peer;
    }

    /** Interested, and may ask. */
    private ScriptedPeer served(String name) {
        ScriptedPeer peer = greeted(name).ignores(BitfieldBytes.class, Have.class, Extended.class, KeepAlive.class);
        peer.ignores(PeerMessage.Possession.class, PeerMessage.AllowedFast.class, PeerMessage.Suggest.class);
        peer.isInterested().expects(Signal.UNCHOKE);
        return peer;
    }

    private void othersAreServed() {
        served("honest").requests(3, 0).expectsBlock(3, 0);
    }

    private String reason() {
        return engine.events().stream()
                .filter(TorrentEvent.PeerDropped.class::isInstance)
                .map(event -> ((TorrentEvent.PeerDropped) event).reason())
                .findFirst()
                .orElse("nobody was dropped");
    }

    private static ByteString frame(int id, byte[] body) {
        return ByteString.fromArray(ByteBuffer.allocate(5 + body.length)
                .putInt(1 + body.length)
                .put((byte) id)
                .put(body)
                .array());
    }

    /** Every id with a body of every small size: of those that have one size only, every other is a broken rule. */
    @ParameterizedTest
    @MethodSource("sizes")
    void aMessageOfAWrongSizeEndsTheConnection(int id, List<Integer> lawful) {
        engine.starts();
        for (int size = 0; size <= 14; size++) {
            if (!lawful.contains(size)) {
                ScriptedPeer peer = greeted("peer-" + size).ignores(BitfieldBytes.class);
                peer.sendsBytes(frame(id, new byte[size])).expectsDisconnect();
            }
        }
        othersAreServed();
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                sized(0, 0),
                sized(1, 0),
                sized(2, 0),
                sized(3, 0),
                sized(4, 4),
                sized(5, 3),
                sized(6, 12),
                // None at all: it has what it sends already, and was asked for nothing.
                sized(7),
                sized(8, 12),
                sized(9, 2),
                sized(13, 4),
                sized(14),
                sized(15),
                sized(16, 12),
                sized(17, 4));
    }

    private static Arguments sized(int id, Integer... lawful) {
        return Arguments.of(id, List.of(lawful));
    }

    /** Also those of version 2 (BEP 52), on a torrent of version 1. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 18, 19, 21, 22, 23, 24, 127, 128, 255})
    void aMessageThatNobodyKnowsIsPassedOver(int id) {
        engine.starts();
        ScriptedPeer peer = served("futuristic");
        for (int size : new int[] {0, 1, 48, 1_000, 60_000}) {
            peer.sendsBytes(frame(id, new byte[size]));
        }
        peer.requests(1, 0).expectsBlock(1, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00010001", "00010002", "7fffffff", "80000000", "ffffffff"})
    void aLengthBeyondTheLargestMessageEndsTheConnectionAtOnce(String prefix) {
        engine.starts();
        ScriptedPeer peer = greeted("huge").ignores(BitfieldBytes.class);
        Duration before = engine.now();

        peer.sendsBytes(prefix).expectsDisconnect();

        assertThat(engine.now()).isEqualTo(before);
        assertThat(reason()).contains("ahti.peer.message");
        othersAreServed();
    }

    /** Out of bounds, around 32 bits, of no length, too long: neither data nor patience. */
    @ParameterizedTest
    @MethodSource("impossible")
    void aRequestForWhatCannotBeEndsTheConnection(int piece, int offset, int length) {
        engine.starts();
        ScriptedPeer peer = served("greedy");

        peer.sendsBytes(frame(
                6,
                ByteBuffer.allocate(12)
                        .putInt(piece)
                        .putInt(offset)
                        .putInt(length)
                        .array()));

        peer.expectsDisconnect();
        assertThat(reason()).contains("impossible block");
        othersAreServed();
    }

    static Stream<Arguments> impossible() {
        List<Arguments> all = new ArrayList<>();
        int[] numbers = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, PIECES, 0x4000_0000};
        for (int number : numbers) {
            all.add(Arguments.of(number, 0, 16_384));
            all.add(Arguments.of(0, number == PIECES ? 32_768 : number, 16_384));
            all.add(Arguments.of(0, 0, number == PIECES ? 0 : number));
        }
        all.add(Arguments.of(0, 0, 16_385));
        all.add(Arguments.of(0, 16_385, 16_384));
        all.add(Arguments.of(0, 32_767, 2));
        return all.stream();
    }

    @Test
    void whatIsAskedForWithoutInterestOrWhileChokedIsNeverSent() {
        engine.starts();
        ScriptedPeer peer = greeted("rude").ignores(BitfieldBytes.class, KeepAlive.class);
        for (int piece = 0; piece < PIECES; piece++) {
            peer.requests(piece, 0);
        }
        peer.expectsNothingFor(Duration.ofSeconds(60));
    }

    @Test
    void whatWeDoNotHaveIsNeverSent() {
        engine.close();
        engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(PIECES));
        engine.starts();
        ScriptedPeer peer = served("blind");
        for (int piece = 0; piece < PIECES; piece++) {
            peer.requests(piece, 0);
        }
        peer.expectsNothingFor(Duration.ofSeconds(60));
    }

    /** Asks for more than the line between takes, reads nothing of it, and goes on talking, always within what is forgiven. */
    @ParameterizedTest
    @MethodSource("talk")
    void aPeerThatNeverReadsIsDroppedHoweverItTalks(List<PeerMessage> again) {
        engine.close();
        engine = EngineUnderTest.seeding(KnownTorrent.ofPieces(90));
        engine.starts();
        ScriptedPeer deaf = engine.peer("deaf").speaks(ALL).connects().sendsHandshake();
        deaf.expectsHandshake();
        deaf.sends(new Extended(0, ByteString.fromString("d1:md11:ut_metadatai1eee")));
        deaf.isInterested().expectsEventually(Signal.class);
        deaf.stalls();
        for (int piece = 0; piece < 90; piece++) {
            deaf.requests(piece, 0).requests(piece, 16_384);
        }
        Duration before = engine.now();

        ByteString talk = FrameEncoder.encode(
                Stream.generate(() -> again).limit(200).flatMap(List::stream).toList());
        while (engine.status().peers().connected() > 0) {
            deaf.sendsBytes(talk);
            engine.passes(Duration.ofSeconds(1));
            assertThat(engine.now()).isLessThan(before.plusSeconds(100));
        }

        assertThat(engine.now()).isGreaterThan(before.plusSeconds(80));
        othersAreServed();
    }

    static Stream<List<PeerMessage>> talk() {
        BlockRef block = new BlockRef(0, 0, 16_384);
        return Stream.of(
                List.of(KeepAlive.INSTANCE),
                List.of(new Request(block), new Cancel(block)),
                List.of(new Extended(1, new MetadataMessage.Request(0).toBody())),
                List.of(Signal.INTERESTED, Signal.NOT_INTERESTED));
    }

    /** Ten at once, where five may wait: five are sent, and the others are asked for again by whoever wants them. */
    @Test
    void noMoreRequestsWaitThanWeSay() {
        engine.close();
        engine = EngineUnderTest.seeding(KnownTorrent.ofPieces(PIECES), "ahti.peer.upload-queue = 5");
        engine.starts();
        ScriptedPeer peer = served("greedy");
        List<PeerMessage> ten = new ArrayList<>();
        for (int piece = 0; piece < 10; piece++) {
            ten.add(new Request(new BlockRef(piece, 0, 16_384)));
        }

        peer.sendsBytes(FrameEncoder.encode(ten));

        for (int piece = 0; piece < 5; piece++) {
            peer.expectsBlock(piece, 0);
        }
        peer.expectsNothingFor(Duration.ofSeconds(30));
        peer.requests(5, 0).expectsBlock(5, 0);
    }

    @Test
    void allOfTheMetadataAskedForAtOnceComesInTheEnd() {
        engine.close();
        engine = EngineUnderTest.seeding(KnownTorrent.ofPieces(3_000));
        engine.starts();
        ScriptedPeer peer = engine.peer("curious").speaks(ALL).connects().sendsHandshake();
        peer.expectsHandshake();
        int number = ExtensionHandshake.read(
                        peer.expectsEventually(Extended.class).body())
                .orElseThrow()
                .numbers()
                .getOrDefault(ExtensionName.METADATA, 0);
        peer.sends(new Extended(0, ByteString.fromString("d1:md11:ut_metadatai1eee")));
        for (int round = 0; round < 3; round++) {
            for (int block = 0; block < 4; block++) {
                peer.sends(new Extended(number, new MetadataMessage.Request(block).toBody()));
            }
        }
        for (int answer = 0; answer < 12; answer++) {
            assertThat(MetadataMessage.read(
                            peer.expectsEventually(Extended.class).body()))
                    .get()
                    .isInstanceOf(MetadataMessage.Data.class);
        }
        peer.sends(new Extended(number, new MetadataMessage.Request(0).toBody()));
        assertThat(MetadataMessage.read(peer.expectsEventually(Extended.class).body()))
                .contains(new MetadataMessage.Reject(0));
    }
}
