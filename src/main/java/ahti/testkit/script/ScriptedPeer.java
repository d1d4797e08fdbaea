package ahti.testkit.script;

import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.core.PieceSet;
import ahti.testkit.net.Host;
import ahti.wire.Capabilities;
import ahti.wire.FrameEncoder;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;

/**
 * A peer that does what a test says: verbs that read as the protocol's sequence, one after the other.
 *
 * <pre>{@code
 * peer.connects().sendsHandshake().sendsBitfield();
 * peer.expectsHandshake();
 * peer.expects(Signal.INTERESTED);
 * peer.unchokes();
 * peer.expectsRequest(0, 0);
 * peer.sendsBlock(0, 0);
 * }</pre>
 *
 * <p>What it does ({@code sends…}) has arrived when the verb returns, as far as it can without time passing. What it expects
 * ({@code expects…}) lets virtual time pass until it came, to the moment, or fails with an {@link AssertionError} that shows
 * the conversation: after {@link #waitsAtMost}, or when something else comes first. Only what it {@link #ignores} is skipped.
 *
 * <p>One connection at a time; after its end another may begin.
 */
public final class ScriptedPeer {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String ID_PREFIX = "-SP0100-";

    private final String name;
    private final KnownTorrent torrent;
    private final Dialler dialler;
    private final Transcript transcript;
    private final PeerId peerId;
    private final Set<Class<? extends PeerMessage>> ignored = new LinkedHashSet<>();
    private Duration patience = PATIENCE;
    private Capabilities offered = Capabilities.NONE;

    ScriptedPeer(Stage stage, Host host, InetSocketAddress engine, KnownTorrent torrent) {
        this.name = host.name();
        this.torrent = torrent;
        this.transcript = new Transcript(name, stage.time().clock());
        this.dialler =
                new Dialler(stage, host, engine, transcript, torrent.layout().pieces());
        this.peerId = peerId(name);
    }

    private static PeerId peerId(String name) {
        String padded = ID_PREFIX + name.replaceAll("[^A-Za-z0-9]", "-") + "-".repeat(PeerId.LENGTH);
        return PeerId.of(padded.substring(0, PeerId.LENGTH).getBytes(StandardCharsets.US_ASCII));
    }

    // ---- what it is

    /** Where it listens when it {@link #listens}. */
    public InetSocketAddress address() {
        return dialler.address();
    }

    /** The id that it names itself by: {@value #ID_PREFIX} and its name. */
    public PeerId peerId() {
        return peerId;
    }

    /** What was said so far, over all its connections. */
    public Transcript transcript() {
        return transcript;
    }

    /** Its handshakes offer Fast (BEP 6) from now on. */
    public ScriptedPeer speaksFast() {
        return speaks(new Capabilities(true, false, false));
    }

    /** What its handshakes offer from now on; unless said they speak plain BEP 3. */
    public ScriptedPeer speaks(Capabilities capabilities) {
        offered = capabilities;
        return this;
    }

    /** From now on messages of these types are skipped wherever they come. */
    @SafeVarargs
    public final ScriptedPeer ignores(Class<? extends PeerMessage>... types) {
        for (Class<? extends PeerMessage> type : types) {
            ignored.add(type);
        }
        return this;
    }

    /** How much virtual time an expectation may take from now on; five minutes unless this is called. */
    public ScriptedPeer waitsAtMost(Duration limit) {
        patience = limit;
        return this;
    }

    // ---- connecting

    /** Dials the engine, and waits until the connection is open. */
    public ScriptedPeer connects() {
        dialler.dial(patience);
        return this;
    }

    /** Listens from now on, so that the engine can dial it. */
    public ScriptedPeer listens() {
        dialler.listen();
        return this;
    }

    /** Waits until the engine dials it, and takes that connection. Needs {@link #listens}. */
    public ScriptedPeer accepts() {
        dialler.accept(patience);
        return this;
    }

    /** Nobody dials it for that long, which passes. */
    public ScriptedPeer expectsNoCallFor(Duration duration) {
        dialler.expectNoCall(duration);
        return this;
    }

    /** Closes the connection, once all it sent has left. */
    public ScriptedPeer disconnects() {
        transcript.does("closes");
        dialler.wire().finish();
        return settled();
    }

    /** Breaks the connection. */
    public ScriptedPeer resets() {
        transcript.does("resets");
        dialler.wire().reset();
        return settled();
    }

    /** Reads nothing more: what the engine sends fills the buffers in between. */
    public ScriptedPeer stalls() {
        transcript.does("reads no more");
        dialler.wire().reading(false);
        return settled();
    }

    /** Reads again after {@link #stalls}. */
    public ScriptedPeer readsOn() {
        transcript.does("reads again");
        dialler.wire().reading(true);
        return settled();
    }

    // ---- sending

    /** Sends the handshake of this torrent. */
    public ScriptedPeer sendsHandshake() {
        return sendsHandshake(torrent.metainfo().infoHash(), peerId);
    }

    /** Sends a handshake that names this torrent and this peer. */
    public ScriptedPeer sendsHandshake(InfoHash infoHash, PeerId id) {
        transcript.does(Wording.handshake(id, infoHash));
        return sendsOut(Handshake.encode(infoHash, id, offered));
    }

    /** Sends a message. */
    public ScriptedPeer sends(PeerMessage message) {
        transcript.does(Wording.of(message, pieces()));
        return sendsOut(FrameEncoder.encode(List.of(message)));
    }

    /** Sends bytes as they are, whatever they mean. */
    public ScriptedPeer sendsBytes(ByteString bytes) {
        transcript.does(Wording.raw(bytes));
        return sendsOut(bytes);
    }

    /** Sends bytes as they are, given as hexadecimal digits. */
    public ScriptedPeer sendsBytes(String hex) {
        return sendsBytes(ByteString.fromArray(HexFormat.of().parseHex(hex)));
    }

    /** Sends bytes one by one, each that long after the one before, while time passes. */
    public ScriptedPeer drips(ByteString bytes, Duration every) {
        transcript.does("drips " + Wording.raw(bytes));
        for (int i = 0; i < bytes.size(); i++) {
            if (i > 0) {
                dialler.time().run(every);
            }
            sendsOut(bytes.slice(i, i + 1));
        }
        return this;
    }

    /** Has every piece, and says so. */
    public ScriptedPeer sendsBitfield() {
        return sendsBitfield(IntStream.range(0, pieces()).toArray());
    }

    /** Has exactly these pieces, and says so in a bitfield. */
    public ScriptedPeer sendsBitfield(int... has) {
        PieceSet set = new PieceSet(pieces());
        IntStream.of(has).forEach(set::add);
        return sends(PeerMessage.BitfieldBytes.of(set.toBitfield()));
    }

    /** Has these pieces now, and says so one by one. */
    public ScriptedPeer has(int... has) {
        IntStream.of(has).forEach(piece -> sends(new PeerMessage.Have(piece)));
        return this;
    }

    /** Has every piece, and says so in one byte; as what follows, only if it {@link #speaksFast}. */
    public ScriptedPeer hasAll() {
        return sends(PeerMessage.Possession.HAVE_ALL);
    }

    /** Has no piece, and says so in one byte. */
    public ScriptedPeer hasNone() {
        return sends(PeerMessage.Possession.HAVE_NONE);
    }

    /** Lets the engine ask for these pieces while it chokes it. */
    public ScriptedPeer allows(int... pieces) {
        IntStream.of(pieces).forEach(piece -> sends(new PeerMessage.AllowedFast(piece)));
        return this;
    }

    /** Will not send this block. */
    public ScriptedPeer rejects(BlockRef block) {
        return sends(new PeerMessage.Reject(block));
    }

    public ScriptedPeer chokes() {
        return sends(PeerMessage.Signal.CHOKE);
    }

    public ScriptedPeer unchokes() {
        return sends(PeerMessage.Signal.UNCHOKE);
    }

    public ScriptedPeer isInterested() {
        return sends(PeerMessage.Signal.INTERESTED);
    }

    /** Asks for the block that begins there. */
    public ScriptedPeer requests(int piece, int offset) {
        return sends(new PeerMessage.Request(torrent.block(piece, offset)));
    }

    /** Sends the block that begins there. */
    public ScriptedPeer sendsBlock(int piece, int offset) {
        return sendsBlock(torrent.block(piece, offset));
    }

    /** Sends this block. */
    public ScriptedPeer sendsBlock(BlockRef block) {
        return sends(new PeerMessage.Piece(new Block(block, torrent.bytes(block))));
    }

    /** Sends the block that begins there, every bit of it wrong. */
    public ScriptedPeer lies(int piece, int offset) {
        return lies(torrent.block(piece, offset));
    }

    /** Sends this block, every bit of it wrong. */
    public ScriptedPeer lies(BlockRef block) {
        transcript.does("Piece " + block + ", a lie");
        PeerMessage lie = new PeerMessage.Piece(new Block(block, torrent.wrongBytes(block)));
        return sendsOut(FrameEncoder.encode(List.of(lie)));
    }

    private ScriptedPeer sendsOut(ByteString bytes) {
        dialler.wire().send(bytes);
        return settled();
    }

    private ScriptedPeer settled() {
        dialler.settle();
        return this;
    }

    // ---- expecting

    /** The engine's handshake comes next, and names this torrent. */
    public Heard.Handshake expectsHandshake() {
        Heard heard = dialler.next("a handshake", patience, this::isIgnored);
        InfoHash wanted = InfoHash.v1(torrent.metainfo().infoHash().wireBytes());
        if (heard instanceof Heard.Handshake handshake && handshake.infoHash().equals(wanted)) {
            return handshake;
        }
        throw another("a handshake for " + wanted, heard);
    }

    /** A message of this type comes next. */
    public <M extends PeerMessage> M expects(Class<M> type) {
        Heard heard = dialler.next(Wording.of(type), patience, this::isIgnored);
        if (heard instanceof Heard.Message message && type.isInstance(message.message())) {
            return type.cast(message.message());
        }
        throw another(Wording.of(type), heard);
    }

    /** Exactly this message comes next. */
    public ScriptedPeer expects(PeerMessage wanted) {
        String words = Wording.of(wanted, pieces());
        Heard heard = dialler.next(words, patience, this::isIgnored);
        if (heard instanceof Heard.Message message && message.message().equals(wanted)) {
            return this;
        }
        throw another(words, heard);
    }

    /** A message of this type comes, whatever comes before it. */
    public <M extends PeerMessage> M expectsEventually(Class<M> type) {
        String words = "at last " + Wording.of(type);
        long end = dialler.time().nanos() + patience.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - dialler.time().nanos()));
            Heard heard = dialler.next(words, left, this::isIgnored);
            if (heard instanceof Heard.Message message && type.isInstance(message.message())) {
                return type.cast(message.message());
            }
        }
    }

    /** A request for the block that begins there comes next. */
    public BlockRef expectsRequest(int piece, int offset) {
        BlockRef block = torrent.block(piece, offset);
        expects(new PeerMessage.Request(block));
        return block;
    }

    /** So many requests come next, whatever they ask for. */
    public List<BlockRef> expectsRequests(int count) {
        List<BlockRef> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(expects(PeerMessage.Request.class).block());
        }
        return List.copyOf(blocks);
    }

    /** So many requests come, one after the other, and each is answered at once. */
    public ScriptedPeer serves(int count) {
        IntStream.range(0, count)
                .forEach(any -> sendsBlock(expects(PeerMessage.Request.class).block()));
        return this;
    }

    /** The block that begins there comes next, and is right. */
    public ScriptedPeer expectsBlock(int piece, int offset) {
        BlockRef block = torrent.block(piece, offset);
        return expects(new PeerMessage.Piece(new Block(block, torrent.bytes(block))));
    }

    /** Nothing comes for that long, which passes; nor does the connection end. */
    public ScriptedPeer expectsNothingFor(Duration duration) {
        dialler.expectNothing(duration, this::isIgnored);
        return this;
    }

    /** The engine ends the connection, and says nothing before. */
    public ScriptedPeer expectsDisconnect() {
        dialler.expectEnd(patience, this::isIgnored);
        return this;
    }

    private AssertionError another(String wanted, Heard heard) {
        return transcript.failure("expected " + wanted + ", but heard " + dialler.words(heard));
    }

    private boolean isIgnored(Heard heard) {
        return heard instanceof Heard.Message message
                && ignored.stream().anyMatch(type -> type.isInstance(message.message()));
    }

    private int pieces() {
        return torrent.layout().pieces();
    }

    @Override
    public String toString() {
        return Objects.requireNonNull(name);
    }
}
