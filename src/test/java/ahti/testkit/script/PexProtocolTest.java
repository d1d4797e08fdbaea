package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.PeerContact;
import ahti.testkit.content.SimulatedTorrent;
import ahti.wire.Capabilities;
import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import ahti.wire.PeerMessage.Extended;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Signal;
import ahti.wire.PexMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers tell each other of peers (BEP 11), as they see it. */
@Timeout(60)
class PexProtocolTest {
    private static final Capabilities EXTENDED = new Capabilities(false, true, false);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int THEIRS = 42;
    private static final Extended TAKES_PEX = says("d1:md6:ut_pexi42eee");
    private static final Extended TAKES_PEX_AND_LISTENS = says("d1:md6:ut_pexi42ee1:pi6881ee");

    private EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(20));

    @AfterEach
    void end() {
        engine.close();
    }

    private void engineIs(EngineUnderTest other) {
        engine.close();
        engine = other;
    }

    private static EngineUnderTest withPrivateTorrent() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(KnownTorrent.PIECE_LENGTH)
                .pieces(20)
                .isPrivate()
                .build();
        return EngineUnderTest.leeching(new KnownTorrent(
                torrent.metainfo(),
                (piece, offset, length) -> torrent.piece(piece).slice(offset, offset + length)));
    }

    private static Extended says(String bencode) {
        return new Extended(0, ByteString.fromArray(bencode.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static InetSocketAddress at(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Extended tells(InetSocketAddress... addresses) {
        List<PeerContact> contacts = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            contacts.add(new PeerContact(address, false, false));
        }
        return new Extended(ExtensionName.PEERS.number(), new PexMessage(contacts, List.of()).toBody());
    }

    private ScriptedPeer introduced(ScriptedPeer peer) {
        peer.sendsHandshake();
        peer.expectsHandshake();
        peer.expects(Extended.class);
        return peer.ignores(KeepAlive.class, Have.class);
    }

    private ScriptedPeer dialler(String name, Extended introduction) {
        return introduced(engine.peer(name).speaks(EXTENDED).connects()).sends(introduction);
    }

    private ScriptedPeer dialled(String name) {
        ScriptedPeer peer = engine.peer(name).speaks(EXTENDED).listens();
        engine.hearsOf(peer);
        return introduced(peer.accepts());
    }

    private static PexMessage told(ScriptedPeer peer) {
        Extended message = peer.expects(Extended.class);
        assertThat(message.extension()).isEqualTo(THEIRS);
        return PexMessage.read(message.body()).orElseThrow();
    }

    @Test
    void tellsOfThoseItDialledAndOfThoseThatSayWhereTheyListen() {
        engine.starts();
        ScriptedPeer dialled = dialled("dialled");
        ScriptedPeer caller = dialler("caller", TAKES_PEX_AND_LISTENS);
        dialler("mute", TAKES_PEX);

        PexMessage message = told(caller);

        assertThat(message.added()).containsExactly(new PeerContact(dialled.address(), false, true));
        assertThat(message.dropped()).isEmpty();
        ScriptedPeer late = dialler("late", TAKES_PEX);
        assertThat(told(late).added())
                .containsExactly(
                        new PeerContact(dialled.address(), false, true),
                        new PeerContact(at("20.0.0.3", 6881), false, false));
    }

    @Test
    void tellsOnceAMinuteWhatHasChanged() {
        engine.starts();
        ScriptedPeer one = dialled("one");
        ScriptedPeer listener = dialler("listener", TAKES_PEX);
        assertThat(told(listener).added()).hasSize(1);

        one.disconnects();
        ScriptedPeer two = dialled("two");
        listener.expectsNothingFor(Duration.ofSeconds(58));

        PexMessage second = told(listener);
        assertThat(second.added()).containsExactly(new PeerContact(two.address(), false, true));
        assertThat(second.dropped()).containsExactly(one.address());
        listener.expectsNothingFor(Duration.ofSeconds(80));
    }

    @Test
    void saysWhoWantsNothingMore() {
        engine.starts();
        ScriptedPeer seed = dialled("seed").sendsBitfield();
        seed.expects(Signal.INTERESTED);
        ScriptedPeer listener = dialler("listener", TAKES_PEX);

        assertThat(told(listener).added()).containsExactly(new PeerContact(seed.address(), true, true));
    }

    @Test
    void dialsThoseThatAPeerTellsOf() {
        engine.starts();
        ScriptedPeer hidden = engine.peer("hidden").listens();
        ScriptedPeer gossip = dialler("gossip", TAKES_PEX);
        hidden.expectsNoCallFor(Duration.ofSeconds(3));

        gossip.sends(tells(hidden.address()));

        hidden.accepts().sendsHandshake();
        assertThat(hidden.expectsHandshake()).isNotNull();
    }

    @Test
    void listensToTwoMessagesInAMinuteAndToNoThird() {
        engine.starts();
        List<ScriptedPeer> hidden = List.of(
                engine.peer("a").listens(),
                engine.peer("b").listens(),
                engine.peer("c").listens());
        ScriptedPeer gossip = dialler("gossip", TAKES_PEX);

        hidden.forEach(peer -> gossip.sends(tells(peer.address())));

        hidden.get(0).accepts();
        hidden.get(1).accepts();
        hidden.get(2).expectsNoCallFor(MINUTE);
        gossip.sends(tells(hidden.get(2).address()));
        hidden.get(2).accepts();
    }

    @Test
    void whoNeverStopsTellingIsDropped() {
        engine.starts();
        ScriptedPeer flood = dialler("flood", TAKES_PEX);

        for (int i = 0; i < 60; i++) {
            flood.sends(tells(at("30.0.0.1", 1000 + i)));
        }

        flood.expectsDisconnect();
    }

    @Test
    void nobodyIsKnockedAtWhoCannotBeAPeer() {
        engine.starts();
        ScriptedPeer gossip = dialler("gossip", says("d1:md6:ut_pexi42ee6:yourip4:\24\0\0\1e"));

        gossip.sends(tells(
                at("20.0.0.9", 0),
                at("239.1.2.3", 6881),
                at("255.255.255.255", 6881),
                at("0.0.0.0", 6881),
                at("127.0.0.1", 6881),
                at("192.168.1.1", 80),
                at("fe80::1", 6881),
                at("fd00::1", 6881),
                engine.address()));
        engine.passes(Duration.ofSeconds(1));

        assertThat(engine.status().peers().known()).isEqualTo(1);
    }

    @Test
    void anInnocentWithManyPortsIsKnockedAtAFewTimes() {
        engine.starts();
        ScriptedPeer gossip = dialler("gossip", TAKES_PEX);
        InetSocketAddress[] ports = new InetSocketAddress[90];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = at("30.0.0.1", 1_000 + i);
        }

        gossip.sends(tells(ports));
        engine.passes(Duration.ofSeconds(1));

        assertThat(engine.status().peers().known()).isEqualTo(1 + 4);
    }

    @Test
    void aVisitorIsNotDialledBackWhenOthersTellOfIt() {
        engine.starts();
        ScriptedPeer visitor = engine.peer("visitor").speaks(EXTENDED).listens();
        introduced(visitor.connects()).sends(TAKES_PEX_AND_LISTENS);
        ScriptedPeer gossip = dialler("gossip", TAKES_PEX);

        gossip.sends(tells(visitor.address()));

        visitor.expectsNoCallFor(MINUTE);
    }

    @Test
    void ofAPrivateTorrentNothingIsToldAndNothingBelieved() {
        engineIs(withPrivateTorrent());
        assertSilent();
    }

    @Test
    void theUserMaySwitchItOff() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(20), "ahti.discovery.pex=off"));
        assertSilent();
    }

    private void assertSilent() {
        engine.starts();
        dialled("dialled");
        ScriptedPeer hidden = engine.peer("hidden").listens();
        ScriptedPeer peer = engine.peer("peer").speaks(EXTENDED).connects().sendsHandshake();
        peer.expectsHandshake();
        ExtensionHandshake said =
                ExtensionHandshake.read(peer.expects(Extended.class).body()).orElseThrow();
        assertThat(said.numbers()).doesNotContainKey(ExtensionName.PEERS);
        peer.ignores(KeepAlive.class)
                .sends(TAKES_PEX)
                .sends(tells(hidden.address()))
                .expectsNothingFor(MINUTE.multipliedBy(2));

        hidden.expectsNoCallFor(MINUTE);
    }

    @Test
    void aMagnetFindsWhoHasItsMetadataThroughThoseWhoHaveNot() {
        engine.startsWithLink("");
        ScriptedPeer hidden = engine.peer("hidden").speaks(EXTENDED).listens();
        ScriptedPeer poor = dialler("poor", TAKES_PEX);

        poor.sends(tells(hidden.address()));

        hidden.accepts().sendsHandshake();
        assertThat(hidden.expectsHandshake()).isNotNull();
    }
}
