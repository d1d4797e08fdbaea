package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.PeerContact;
import ahti.testkit.content.SimulatedTorrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.why.WaitReason;
import ahti.wire.Capabilities;
import ahti.wire.ExtensionHandshake;
import ahti.wire.ExtensionName;
import ahti.wire.MetadataMessage;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.BitfieldBytes;
import ahti.wire.PeerMessage.Extended;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Signal;
import ahti.wire.PexMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a magnet link becomes a torrent, as peers see it (BEP 9). */
@Timeout(60)
class MagnetProtocolTest {
    private static final Capabilities EXTENDED = new Capabilities(false, true, false);

    /** Three blocks of metadata. */
    private final EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(2_000));

    private final byte[] info = engine.torrent().metainfo().info().orElseThrow().toArray();

    @AfterEach
    void end() {
        engine.close();
    }

    /** Says that it has metadata of that size. */
    private ScriptedPeer informant(String name, long size) {
        ScriptedPeer peer = engine.peer(name).speaks(EXTENDED).connects().sendsHandshake();
        peer.expectsHandshake();
        peer.expects(Extended.class);
        return peer.sends(says("d1:md11:ut_metadatai42ee13:metadata_sizei" + size + "ee"));
    }

    private static Extended says(String bencode) {
        return new Extended(0, ByteString.fromArray(bencode.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static int asked(ScriptedPeer peer) {
        Extended message = peer.expects(Extended.class);
        assertThat(message.extension()).isEqualTo(42);
        MetadataMessage request = MetadataMessage.read(message.body()).orElseThrow();
        assertThat(request).isInstanceOf(MetadataMessage.Request.class);
        return request.block();
    }

    private void answers(ScriptedPeer peer, int block, byte[] all) {
        int from = block * MetadataMessage.BLOCK;
        ByteString bytes = ByteString.fromArray(all).slice(from, Math.min(all.length, from + MetadataMessage.BLOCK));
        peer.sends(message(new MetadataMessage.Data(block, all.length, bytes)));
    }

    private static Extended message(MetadataMessage message) {
        return new Extended(ExtensionName.METADATA.number(), message.toBody());
    }

    private boolean isKnown() {
        return engine.events().stream().anyMatch(TorrentEvent.MetadataKnown.class::isInstance);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void asksForTheMetadataAndThenIsATorrentAsAnyOther() {
        engine.startsWithLink("");
        assertThat(engine.status().state()).isEqualTo(TorrentState.METADATA);
        assertThat(engine.status().waiting()).contains(new WaitReason.Metadata(0, 0, 0, 0));
        ScriptedPeer peer = informant("alice", info.length);

        assertThat(List.of(asked(peer), asked(peer), asked(peer))).containsExactly(0, 1, 2);
        answers(peer, 1, info);
        engine.passes(Duration.ofMillis(100));
        assertThat(engine.status().waiting().orElseThrow().sentence())
                .isEqualTo("asking 1 peer for metadata 16/" + (info.length + 1023) / 1024 + " KiB");
        answers(peer, 0, info);
        answers(peer, 2, info);

        peer.expectsDisconnect();
        engine.passes(seconds(1));
        assertThat(isKnown()).isTrue();
        assertThat(engine.status().state()).isEqualTo(TorrentState.DOWNLOADING);
        assertThat(engine.status().name()).isEqualTo(engine.torrent().metainfo().name());
        ScriptedPeer seed = engine.peer("seed").connects().sendsHandshake().sendsBitfield();
        seed.expectsHandshake();
        seed.expects(Signal.INTERESTED).unchokes().serves(5);
    }

    @Test
    void connectsToThePeersOfTheLinkAndDialsThemAgainForTheData() {
        ScriptedPeer peer = engine.peer("bob").speaks(EXTENDED).listens();
        engine.startsWithLink("&x.pe=20.0.0.2:6881&x.pe=nowhere.example:1&x.pe=1.2.3:4&x.pe=:5");
        peer.accepts().sendsHandshake();
        peer.expectsHandshake();
        peer.expects(Extended.class);
        peer.sends(says("d1:md11:ut_metadatai42ee13:metadata_sizei" + info.length + "ee"));
        for (int i = 0; i < 3; i++) {
            answers(peer, asked(peer), info);
        }

        peer.expectsDisconnect();
        peer.accepts().sendsHandshake();
        assertThat(peer.expectsHandshake()).isNotNull();
    }

    @Test
    void theOneHonestPeerWinsAmongLiarsOfEveryKind() {
        engine.startsWithLink("");
        byte[] wrong = info.clone();
        wrong[20_000]++;
        ScriptedPeer liar = informant("liar", info.length);
        for (int i = 0; i < 3; i++) {
            answers(liar, asked(liar), wrong);
        }
        liar.expectsDisconnect();
        ScriptedPeer shorter = informant("shorter", 100);
        answers(shorter, asked(shorter), new byte[99]);
        shorter.expectsDisconnect();
        informant("absurd", 1L << 40).expectsNothingFor(seconds(1));
        informant("negative", -1).expectsNothingFor(seconds(1));
        ScriptedPeer refusing = informant("refusing", info.length);
        refusing.sends(message(new MetadataMessage.Reject(asked(refusing)))).ignores(Extended.class, KeepAlive.class);
        for (int i = 0; i < 6; i++) {
            informant("silent" + i, info.length + i).ignores(Extended.class, KeepAlive.class);
        }
        ScriptedPeer honest = informant("honest", info.length);

        // Those that say nothing make room.
        for (int i = 0; i < 3; i++) {
            answers(honest, asked(honest), info);
        }
        honest.expectsDisconnect();

        assertThat(engine.now()).isLessThan(seconds(15));
        assertThat(isKnown()).isTrue();
        assertThat(engine.events().stream().filter(TorrentEvent.PeerDropped.class::isInstance))
                .hasSize(2);
    }

    @Test
    void answersWhoeverAsksThatItHasNone() {
        engine.startsWithLink("");
        ScriptedPeer peer = engine.peer("also").speaks(EXTENDED).connects().sendsHandshake();
        peer.expectsHandshake();
        peer.expects(Extended.class);
        peer.sends(says("d1:md11:ut_metadatai7eee")).sendsBitfield(1, 2).has(3);

        peer.sends(message(new MetadataMessage.Request(0)));

        Extended answer = peer.expects(Extended.class);
        assertThat(MetadataMessage.read(answer.body())).contains(new MetadataMessage.Reject(0));
        peer.expectsNothingFor(seconds(30));
    }

    @Test
    void aPeerThatCannotBeAskedIsLetGo() {
        engine.startsWithLink("");
        ScriptedPeer plain = engine.peer("plain").connects().sendsHandshake();

        plain.expectsDisconnect();
    }

    @Test
    void restsWhenItIsToldToAndGoesOn() {
        engine.startsWithLink("");
        ScriptedPeer peer = informant("alice", info.length);
        asked(peer);
        peer.ignores(Extended.class);

        engine.pauses();
        peer.expectsDisconnect();
        assertThat(engine.status().state()).isEqualTo(TorrentState.PAUSED);
        ScriptedPeer stranger = engine.peer("stranger").connects().sendsHandshake();
        stranger.expectsDisconnect();
        engine.resumes();

        ScriptedPeer other = informant("other", info.length);
        for (int i = 0; i < 3; i++) {
            answers(other, asked(other), info);
        }
        other.expectsDisconnect();
        engine.passes(seconds(1));
        assertThat(engine.status().state()).isEqualTo(TorrentState.DOWNLOADING);
    }

    @Test
    void aTrackerOfTheLinkIsAsked() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.startsWithLink("");

        assertThat(tracker.expectsAnnounce()).isNotNull();
    }

    @Test
    void whatIsKnownIsHandedOutToOthers() {
        engine.startsWithLink("");
        ScriptedPeer peer = informant("alice", info.length);
        for (int i = 0; i < 3; i++) {
            answers(peer, asked(peer), info);
        }
        peer.expectsDisconnect();
        engine.passes(seconds(1));

        ScriptedPeer next = engine.peer("next").speaks(EXTENDED).connects().sendsHandshake();
        next.ignores(BitfieldBytes.class, Have.class).expectsHandshake();

        assertThat(ExtensionHandshake.read(next.expects(Extended.class).body())
                        .orElseThrow()
                        .metadataSize())
                .hasValue(info.length);
    }

    @Test
    void whoStopsWhileItSeeksSaysGoodbyeToItsTracker() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.startsWithLink("");
        tracker.expectsAnnounce().withEvent("started");
        tracker.answers(Duration.ofMinutes(30));

        engine.stops();

        tracker.expectsAnnounce().withEvent("stopped").at(engine.now());
        engine.passes(seconds(1));
        assertThat(engine.isStopped()).isFalse();
        tracker.answers(Duration.ofMinutes(30));
        engine.passes(seconds(1));
        assertThat(engine.isStopped()).isTrue();
    }

    @Test
    void aTrackerThatDoesNotAnswerHoldsUpTheStopForAFewSeconds() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.startsWithLink("");
        tracker.expectsAnnounce();
        tracker.answers(Duration.ofMinutes(30));

        engine.stops();
        tracker.expectsAnnounce().withEvent("stopped");
        tracker.isSilent();
        engine.passes(seconds(4));

        assertThat(engine.isStopped()).isTrue();
    }

    @Test
    void whoWasMetIsForgottenWhenTheTorrentTurnsOutToBePrivate() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(KnownTorrent.PIECE_LENGTH)
                .pieces(20)
                .isPrivate()
                .build();
        try (EngineUnderTest other = EngineUnderTest.leeching(new KnownTorrent(
                torrent.metainfo(),
                (piece, offset, length) -> torrent.piece(piece).slice(offset, offset + length)))) {
            byte[] all = torrent.metainfo().info().orElseThrow().toArray();
            ScriptedPeer met = other.peer("met").speaks(EXTENDED).listens();
            other.startsWithLink("");
            ScriptedPeer gossip =
                    other.peer("gossip").speaks(EXTENDED).connects().sendsHandshake();
            gossip.expectsHandshake();
            gossip.expects(Extended.class);
            gossip.sends(new Extended(
                    ExtensionName.PEERS.number(),
                    new PexMessage(List.of(new PeerContact(met.address(), false, true)), List.of()).toBody()));
            met.accepts().sendsHandshake();
            met.expectsHandshake();
            met.expects(Extended.class);
            met.sends(says("d1:md11:ut_metadatai42ee13:metadata_sizei" + all.length + "ee"));
            answers(met, asked(met), all);
            met.expectsDisconnect();

            met.expectsNoCallFor(Duration.ofMinutes(5));
            assertThat(other.status().peers().known()).isZero();
        }
    }

    @Test
    void saysWhereItsDhtNodeIsToWhoeverHasOne() {
        Capabilities withDht = new Capabilities(false, true, true);
        try (EngineUnderTest other = EngineUnderTest.leeching(
                KnownTorrent.ofPieces(2_000), "ahti.dht.enabled=true", "ahti.dht.bootstrap=[]")) {
            other.startsWithLink("");
            ScriptedPeer node = other.peer("node").speaks(withDht).connects().sendsHandshake();
            node.expectsHandshake();
            node.expects(Extended.class);
            node.expects(new PeerMessage.Port(6881));
            ScriptedPeer none = other.peer("none").speaks(EXTENDED).connects().sendsHandshake();
            none.expectsHandshake();
            none.expects(Extended.class);
            none.expectsNothingFor(seconds(5));
        }
    }
}
