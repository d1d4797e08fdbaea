package ahti.peer;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.config.PeerConfig;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.core.PieceLayout;
import ahti.disk.DiskWriter;
import ahti.limit.Allotter;
import ahti.net.PeerTransport;
import ahti.picker.PiecePicker;
import ahti.wire.Capabilities;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A connection between probes: picker, disk and torrent on one side, the bytes of a scripted peer on the other. */
final class PeerRig {
    static final InfoHash TORRENT = InfoHash.parse("ab".repeat(20));
    static final PeerId OURS = PeerId.of("-AH0100-aaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII));
    static final PeerId THEIRS = PeerId.of("-XX0000-bbbbbbbbbbbb".getBytes(StandardCharsets.US_ASCII));
    static final InetSocketAddress ADDRESS = new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 6999);
    static final ConnectionId ID = new ConnectionId(7);
    /** Four pieces of two blocks. */
    static final PieceLayout LAYOUT = new PieceLayout(4 * 32_768, 32_768);

    static final Capabilities OFFERED = new Capabilities(true, true, false);

    static final PeerConfig CONFIG = new PeerConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(100),
            Duration.ofSeconds(150),
            Duration.ofSeconds(90),
            Duration.ofSeconds(6),
            Duration.ofSeconds(60),
            4,
            2,
            250,
            Duration.ofSeconds(3),
            5,
            64 * 1024,
            64 * 1024,
            32 * 1024,
            5_000,
            500,
            64 * 1024,
            true,
            5,
            5);

    final ActorKit kit;
    final TestProbe<PiecePicker.Command> picker;
    final TestProbe<DiskWriter.Command> disk;
    final TestProbe<Allotter.Command> allotter;
    final TestProbe<PeerConnection.Event> owner;
    private final ScriptedWire wire;
    private ActorRef<PiecePicker.Instruction> fromPicker;

    PeerRig(ActorKit kit) {
        this(kit, false);
    }

    /** A rig whose script may be deaf: it takes our handshake and nothing after. */
    PeerRig(ActorKit kit, boolean deaf) {
        this.kit = kit;
        this.picker = kit.probe();
        this.disk = kit.probe();
        this.allotter = kit.probe();
        this.owner = kit.probe();
        this.wire = new ScriptedWire(kit, LAYOUT.pieces(), deaf);
    }

    /** A transport whose only peer is the script. */
    PeerTransport transport() {
        return new PeerTransport() {
            @Override
            public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
                return wire.flow().mapMaterializedValue(any -> CompletableFuture.completedFuture(peer));
            }

            @Override
            public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
                throw new UnsupportedOperationException("nobody listens here");
            }
        };
    }

    PeerSetup setup(Bitfield stored) {
        return new PeerSetup(
                ID,
                TORRENT,
                OURS,
                Ourselves.NOBODY,
                Optional.of(new PeerSetup.Content(LAYOUT, stored, picker.ref(), disk.ref(), true)),
                allotter.ref(),
                owner.ref(),
                CONFIG,
                kit::nanos);
    }

    /** We dial the script. */
    ActorRef<PeerConnection.Command> dial(Bitfield stored) {
        return kit.spawn(PeerConnection.dial(transport(), ADDRESS, setup(stored)));
    }

    /** The script dials us. */
    ActorRef<PeerConnection.Command> accept() {
        return kit.spawn(PeerConnection.accept(new PeerTransport.Incoming(ADDRESS, wire.flow()), CONFIG, owner.ref()));
    }

    /** We dial, handshakes pass, and the picker hears of it. */
    ActorRef<PeerConnection.Command> open(Bitfield stored) {
        ActorRef<PeerConnection.Command> peer = dial(stored);
        expectsHandshake();
        sendsHandshake();
        fromPicker = picker.expectMessageClass(PiecePicker.Join.class).peer();
        owner.expectMessageClass(PeerConnection.Greeted.class);
        return peer;
    }

    void sends(ByteString bytes) {
        wire.sends(bytes);
    }

    void sends(PeerMessage... messages) {
        wire.sends(messages);
    }

    void sendsHandshake() {
        sends(Handshake.encode(TORRENT, THEIRS));
    }

    void sendsHandshake(Capabilities offered) {
        sends(Handshake.encode(TORRENT, THEIRS, offered));
    }

    void sendsBlock(BlockRef ref) {
        sends(new PeerMessage.Piece(block(ref)));
    }

    static Block block(BlockRef ref) {
        return new Block(ref, ByteString.fromArray(new byte[ref.length()]));
    }

    void hangsUp() {
        wire.hangsUp();
    }

    void expectsHandshake() {
        wire.expectsBytes(Handshake.encode(TORRENT, OURS, OFFERED));
    }

    void expects(PeerMessage... messages) {
        wire.expects(messages);
    }

    void expectsNothing() {
        wire.expectsNothing();
    }

    void pickerSays(PiecePicker.Instruction instruction) {
        fromPicker.tell(instruction);
    }

    /** The next sample that shows this. */
    PeerSample sampleWhere(java.util.function.Predicate<PeerSample> holds) {
        while (true) {
            PeerConnection.Event event = owner.receiveMessage();
            if (event instanceof PeerConnection.Sampled sampled && holds.test(sampled.sample())) {
                return sampled.sample();
            }
        }
    }

    /** How it ended. */
    PeerConnection.Left left() {
        while (true) {
            if (owner.receiveMessage() instanceof PeerConnection.Left left) {
                return left;
            }
        }
    }

    static BlockRef b(int piece, int index) {
        return LAYOUT.block(piece, index);
    }
}
