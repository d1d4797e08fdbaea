package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.config.AhtiConfig;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PeerId;
import ahti.core.RateLimits;
import ahti.dht.Dht;
import ahti.disk.FileStore;
import ahti.disk.PieceInspector;
import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.hash.PieceHasher;
import ahti.limit.Allotter;
import ahti.limit.Seats;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import ahti.net.HttpFetch;
import ahti.net.PeerTransport;
import ahti.net.Resolver;
import ahti.net.place.Whereabouts;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A whole torrent on real files, between scripted peers and a scripted tracker. */
final class TorrentRig {
    /** Peers of this number and above are on this machine, others are far away. */
    static final int NEIGHBOURS = 1_000;

    /** Lower ones are those of services. */
    private static final int FIRST_PORT = 2_000;

    final ActorKit kit;
    final SampleTorrent sample;
    final TestProbe<TorrentEvent> events;
    final TestProbe<URI> announces;
    final ActorRef<Allotter.Command> allotter;
    private final Path directory;
    private final Map<InetSocketAddress, ScriptedWire> peers = new LinkedHashMap<>();
    private FileStore files = new RealFileStore();
    private List<List<String>> trackers = List.of();
    private String settings = "";
    private boolean onDemand;
    private SeedingGoal goal = SeedingGoal.forever();
    private FileSelection chosen = FileSelection.all();
    private boolean isPrivate;
    private Optional<TestProbe<PieceHasher.Command>> held = Optional.empty();
    private Optional<TestProbe<PieceInspector.Command>> inspected = Optional.empty();
    private Optional<TestProbe<Dht.Command>> dht = Optional.empty();
    private volatile CompletableFuture<Void> silence = CompletableFuture.completedFuture(null);

    TorrentRig(ActorKit kit, SampleTorrent sample, Path directory) {
        this.kit = kit;
        this.sample = sample;
        this.directory = directory;
        this.events = kit.probe();
        this.announces = kit.probe();
        this.allotter =
                kit.spawn(Allotter.create(kit::nanos, Duration.ofMillis(50), RateLimits.NONE, 64 << 20, 1 << 20));
    }

    void files(FileStore other) {
        files = other;
    }

    void tracker(String url) {
        trackers = List.of(List.of(url));
    }

    /** Settings that differ from the defaults, a line each. */
    void settings(String... lines) {
        settings = String.join("\n", lines);
    }

    /** Nothing is fetched that nobody reads. */
    void onDemand() {
        onDemand = true;
    }

    /** Sharing ends with this. */
    void goal(SeedingGoal wished) {
        goal = wished;
    }

    /** These files are wanted. */
    void choose(FileSelection files) {
        chosen = files;
    }

    /** A peer that can be dialled at that port. */
    ScriptedWire peer(int port) {
        ScriptedWire wire = new ScriptedWire(kit, sample.pieces());
        synchronized (peers) {
            peers.put(address(port), wire);
        }
        return wire;
    }

    static InetSocketAddress address(int number) {
        return new InetSocketAddress(
                (number < NEIGHBOURS ? "20.0.0." : "127.0.0.") + (1 + number % 200), FIRST_PORT + number);
    }

    ActorRef<Torrent.Command> start(int... ports) {
        List<InetSocketAddress> candidates =
                java.util.Arrays.stream(ports).mapToObj(TorrentRig::address).toList();
        TorrentSpec spec = new TorrentSpec(
                isPrivate ? privately(sample.metainfo()) : sample.metainfo(),
                directory.resolve("data"),
                chosen,
                true,
                false,
                false,
                false,
                candidates,
                trackers,
                true,
                Optional.of(directory.resolve("state")),
                goal,
                onDemand,
                false);
        return kit.spawn(Torrent.create(spec, world(), events.ref()));
    }

    /** The same, of which only a magnet link is known. */
    ActorRef<Torrent.Command> follow() {
        Magnet magnet = Magnet.of(sample.metainfo().infoHash());
        MagnetSpec spec = new MagnetSpec(magnet, List.of(), trackers, false, (metainfo, met) -> {
            throw new IllegalStateException("nobody has its metadata");
        });
        return kit.spawn(Torrent.create(spec, world(), events.ref()));
    }

    /** There is a DHT, which the test plays. */
    TestProbe<Dht.Command> dht() {
        TestProbe<Dht.Command> probe = kit.probe();
        dht = Optional.of(probe);
        return probe;
    }

    /** The torrent is private. */
    void isPrivate() {
        isPrivate = true;
    }

    private static Metainfo privately(Metainfo any) {
        return new Metainfo(
                any.protocol(),
                any.infoHash(),
                any.infoHashV2(),
                any.name(),
                any.layout(),
                any.hashes(),
                any.files(),
                true,
                any.trackers(),
                any.webSeeds(),
                any.comment(),
                any.createdBy(),
                any.createdAt(),
                any.source(),
                any.nodes(),
                any.renamings());
    }

    /** From now on pieces are hashed only when {@link #heldVerdict} is run. */
    void holdVerdicts() {
        TestProbe<PieceHasher.Command> probe = kit.probe();
        held = Optional.of(probe);
    }

    /** From now on what is there already is looked at only when a test says so. */
    void holdInspections() {
        inspected = Optional.of(kit.probe());
    }

    /** The next question to the inspectors; running it has it answered. */
    Runnable heldInspection() {
        PieceInspector.Command question = inspected.orElseThrow().receiveMessage();
        ActorRef<PieceInspector.Command> one = kit.spawn(PieceInspector.create());
        return () -> one.tell(question);
    }

    /** The next question to the hashers; running it has it answered. */
    Runnable heldVerdict() {
        PieceHasher.Command question = held.orElseThrow().receiveMessage();
        return () -> hasher().tell(question);
    }

    /** The next question to the hashers; running it has it end in a bug. */
    Runnable heldFailure(RuntimeException bug) {
        PieceHasher.Verify question = (PieceHasher.Verify) held.orElseThrow().receiveMessage();
        return () -> question.replyTo().tell(new PieceHasher.Failed(question.piece(), question.blocks(), bug));
    }

    /** The tracker does not answer a goodbye, until {@link #answerGoodbyes}. */
    void holdGoodbyes() {
        silence = new CompletableFuture<>();
    }

    void answerGoodbyes() {
        silence.complete(null);
    }

    /** One: pieces that are filled in some order are verified and stored in that order. */
    private ActorRef<PieceHasher.Command> hasher() {
        return kit.spawn(PieceHasher.pool(1));
    }

    private World world() {
        return new World(
                AhtiConfig.from(ConfigFactory.parseString(settings).withFallback(ConfigFactory.load())),
                kit::nanos,
                new Random(1),
                new Random(1),
                transport(),
                http(),
                (local, receiver) -> {
                    throw new UnsupportedOperationException("no UDP here");
                },
                host -> CompletableFuture.completedFuture(new Resolver.Unknown("no names here")),
                files,
                held.map(TestProbe::ref).orElseGet(this::hasher),
                inspected.map(TestProbe::ref).orElseGet(() -> kit.spawn(PieceInspector.create())),
                dht.map(TestProbe::ref),
                Optional.empty(),
                kit.spawn(Whereabouts.create(List::of, Duration.ofDays(1))),
                allotter,
                kit.spawn(Seats.create(500, 100)),
                6881);
    }

    /** A tracker that knows nobody and remembers how it was asked. */
    private HttpFetch http() {
        ActorRef<URI> asked = announces.ref();
        return (request, bounds) -> {
            URI uri = request.uri();
            asked.tell(uri);
            byte[] body = "d8:intervali1800e5:peers0:e".getBytes(StandardCharsets.US_ASCII);
            boolean goodbye = uri.getRawQuery().contains("event=stopped");
            CompletableFuture<Void> patience = goodbye ? silence : CompletableFuture.completedFuture(null);
            return patience.thenApply(any -> new HttpFetch.Answer(200, ByteString.fromArray(body)));
        };
    }

    private PeerTransport transport() {
        return new PeerTransport() {
            @Override
            public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
                synchronized (peers) {
                    ScriptedWire wire = peers.remove(peer);
                    return wire == null
                            ? refused()
                            : wire.flow().mapMaterializedValue(any -> CompletableFuture.completedFuture(peer));
                }
            }

            @Override
            public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
                throw new UnsupportedOperationException("the engine listens, not the torrent");
            }
        };
    }

    private static Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> refused() {
        CompletionStage<Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>>> never =
                CompletableFuture.failedFuture(new java.net.ConnectException("refused"));
        return Flow.completionStageFlow(never).mapMaterializedValue(stage -> stage.thenCompose(address -> address));
    }

    /** The peer shakes hands, says that it has these pieces, and lets us ask. */
    void greets(ScriptedWire peer, int number, ahti.core.Bitfield has) {
        peer.takes(Handshake.LENGTH);
        peer.sends(Handshake.encode(sample.metainfo().infoHash(), peerId(number)));
        peer.sends(PeerMessage.BitfieldBytes.of(has), PeerMessage.Signal.UNCHOKE);
    }

    static PeerId peerId(int number) {
        return PeerId.of(("-XX0000-" + (100_000_000_000L + number)).getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits until the tracker's answer is here: before, nobody knows us, and nobody hears a goodbye. */
    void isKnownToItsTracker(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        probe.awaitAssert(() -> {
            torrent.tell(new Torrent.GetStatus(0, probe.ref()));
            assertThat(probe.receiveMessage().trackers()).isNotEmpty();
            return null;
        });
    }

    /** Answers a request as an honest peer does. */
    void serves(ScriptedWire peer, BlockRef ref) {
        peer.sends(new PeerMessage.Piece(block(ref)));
    }

    Block block(BlockRef ref) {
        int from = (int) sample.metainfo().layout().offset(ref.piece()) + ref.offset();
        return new Block(ref, sample.bytes().slice(from, from + ref.length()));
    }

    /** The events until one of that kind, which is returned. */
    <E extends TorrentEvent> E event(Class<E> kind) {
        while (true) {
            TorrentEvent event = events.receiveMessage();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    void reaches(TorrentState state) {
        while (event(TorrentEvent.StateChanged.class).state() != state) {
            // earlier states pass by
        }
    }
}
