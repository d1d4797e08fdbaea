package ahti.testkit.script;

import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PeerId;
import ahti.testkit.net.Host;
import ahti.wire.Capabilities;
import ahti.wire.FrameDecoder;
import ahti.wire.FrameEncoder;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A peer that acts by itself while virtual time passes, as its {@link Manners} say; where a {@link ScriptedPeer} does what a
 * test says, step by step. One connection at a time; it counts what it is asked for.
 */
final class ActingPeer {
    private static final int PORT = 6881;

    private final EngineUnderTest engine;
    private final Host host;
    private final Manners manners;
    private final Random random;
    private @Nullable Session session;
    private int connections;
    private long requests;
    private long served;
    private int thisSecond;
    private int mostInASecond;
    private long second = -1;

    /** How a peer behaves. */
    interface Manners {
        /** What its handshake offers. */
        default Capabilities offers() {
            return Capabilities.NONE;
        }

        /** Handshakes are through. */
        void opened(ActingPeer me);

        /** The engine asks for a block. */
        void asked(ActingPeer me, BlockRef block);

        /** The engine says anything else. */
        default void heard(ActingPeer me, PeerMessage message) {}

        /** The connection is over. */
        default void over(ActingPeer me) {}
    }

    ActingPeer(EngineUnderTest engine, String name, Manners manners, long seed) {
        this.engine = engine;
        this.host = engine.network().host(name);
        this.manners = manners;
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    KnownTorrent torrent() {
        return engine.torrent();
    }

    /** Where it listens, if it does. */
    InetSocketAddress address() {
        return host.at(PORT);
    }

    boolean isOpen() {
        return session != null;
    }

    int connections() {
        return connections;
    }

    /** Blocks it was asked for. */
    long requests() {
        return requests;
    }

    /** Of these, in the worst second. */
    int mostRequestsInASecond() {
        return mostInASecond;
    }

    /** Blocks, or what looks like them, that it sent. */
    long served() {
        return served;
    }

    ActingPeer listens() {
        host.transport()
                .listen(address())
                .to(Sink.foreach(caller -> {
                    if (session == null) {
                        var unused =
                                caller.bytes().join(Flow.fromGraph(begin())).run(engine.system());
                    }
                }))
                .run(engine.system());
        engine.time().runUntilIdle();
        return this;
    }

    ActingPeer dials() {
        var unused = host.transport()
                .dial(engine.address())
                .joinMat(Flow.fromGraph(begin()), Keep.left())
                .run(engine.system())
                .whenCompleteAsync(
                        (address, failure) -> {
                            if (failure == null && session != null) {
                                session.greets();
                            } else {
                                session = null;
                            }
                        },
                        engine.time().executor());
        return this;
    }

    void after(Duration delay, Runnable action) {
        Session then = session;
        var unused = engine.time().after(delay, () -> {
            if (then != null && then == session) {
                action.run();
            }
        });
    }

    /** Dials again after a while, if it is not connected then. */
    void dialsAgainAfter(Duration delay) {
        var unused = engine.time().after(delay, () -> {
            if (session == null) {
                dials();
            }
        });
    }

    void sends(PeerMessage... messages) {
        sendsBytes(FrameEncoder.encode(List.of(messages)));
    }

    void sendsBytes(ByteString bytes) {
        if (session != null) {
            session.wire.send(bytes);
        }
    }

    void sendsBlock(BlockRef block) {
        served++;
        sends(new PeerMessage.Piece(new Block(block, torrent().bytes(block))));
    }

    /** Sends a block that is wrong, {@code lie} telling one wrong version from another. */
    void lies(BlockRef block, int lie) {
        served++;
        byte[] bytes = torrent().bytes(block).toArray();
        bytes[Math.floorMod(lie, bytes.length)] ^= 1;
        sends(new PeerMessage.Piece(new Block(block, ByteString.fromArrayUnsafe(bytes))));
    }

    void hangsUp() {
        if (session != null) {
            session.wire.finish();
        }
    }

    private Wire begin() {
        Session begun = new Session();
        session = begun;
        return begun.wire;
    }

    private PeerId peerId() {
        String name = "-RG0100-" + host.name() + "-".repeat(PeerId.LENGTH);
        return PeerId.of(name.substring(0, PeerId.LENGTH).getBytes(StandardCharsets.US_ASCII));
    }

    private void count() {
        requests++;
        long now = engine.now().toSeconds();
        thisSecond = now == second ? thisSecond + 1 : 1;
        second = now;
        mostInASecond = Math.max(mostInASecond, thisSecond);
    }

    private final class Session implements Wire.Ear {
        private final Wire wire = new Wire(this);
        private final FrameDecoder decoder =
                new FrameDecoder(FrameDecoder.maxLength(torrent().layout().pieces()));
        private ByteString opening = ByteString.emptyByteString();
        private boolean greeted;
        private boolean spoke;

        private void greets() {
            if (!spoke) {
                spoke = true;
                wire.send(Handshake.encode(torrent().metainfo().infoHash(), peerId(), manners.offers()));
            }
        }

        @Override
        public void heard(ByteString bytes) {
            try {
                for (PeerMessage message : decoder.feed(greeted ? bytes : greeting(bytes))) {
                    if (message instanceof PeerMessage.Request request) {
                        count();
                        manners.asked(ActingPeer.this, request.block());
                    } else {
                        manners.heard(ActingPeer.this, message);
                    }
                }
            } catch (ProtocolException e) {
                throw new AssertionError("the engine broke a rule: " + e.getMessage(), e);
            }
        }

        private ByteString greeting(ByteString bytes) {
            opening = opening.concat(bytes);
            if (opening.length() < Handshake.LENGTH) {
                return ByteString.emptyByteString();
            }
            greeted = true;
            connections++;
            greets();
            manners.opened(ActingPeer.this);
            return opening.drop(Handshake.LENGTH);
        }

        @Override
        public void over(String how) {
            if (session == this) {
                session = null;
                manners.over(ActingPeer.this);
            }
        }
    }
}
