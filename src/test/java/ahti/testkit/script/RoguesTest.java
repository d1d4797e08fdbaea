package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that seem to have everything and fail whoever fetches from them. */
@Timeout(120)
class RoguesTest {
    /** Forty pieces of four blocks. */
    private static final KnownTorrent TORRENT =
            KnownTorrent.of(new PieceLayout(40L * 4 * BlockRef.MAX_LENGTH, 4 * BlockRef.MAX_LENGTH));

    private static final List<Rogues> ROGUES = List.of(Rogues.values());
    private static final int CROWD = 6;
    /** What an honest peer takes for all of it. */
    private static final Duration ALONE = Duration.ofSeconds(16);

    @ParameterizedTest
    @EnumSource
    void whoGivesNothingIsAskedForLittle(Rogues rogue) {
        try (EngineUnderTest engine = EngineUnderTest.leeching(TORRENT).starts()) {
            ActingPeer alone = new ActingPeer(engine, "rogue", rogue, 1).dials();
            engine.passes(Duration.ofMinutes(2));

            // Beside what it was given for what it sent: a window on each connection, and one each time it had its
            // rest.
            assertThat(alone.requests() - alone.served()).isLessThanOrEqualTo(100 + 16L * alone.connections());
            assertThat(alone.mostRequestsInASecond() - alone.served()).isLessThanOrEqualTo(32);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDownloadMovesToWhoeverServes(Rogues rogue) {
        theDownloadMovesToWhoeverServes(EngineUnderTest.leeching(TORRENT), rogue);
    }

    /** Memory for two pieces, and six rogues: whatever there is room for can be in their hands. */
    @ParameterizedTest
    @EnumSource
    void theDownloadMovesToWhoeverServesAlsoWithLittleMemory(Rogues rogue) {
        theDownloadMovesToWhoeverServes(
                EngineUnderTest.leeching(TORRENT, "picker.memory-budget=" + 8 * BlockRef.MAX_LENGTH), rogue);
    }

    private static void theDownloadMovesToWhoeverServes(EngineUnderTest leecher, Rogues rogue) {
        try (EngineUnderTest engine = leecher.starts()) {
            List<ActingPeer> crowd = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                crowd.add(new ActingPeer(engine, "rogue-" + i, rogue, i).dials());
            }
            engine.passes(Duration.ofSeconds(2));
            ActingPeer honest = new ActingPeer(engine, "honest", Rogues.honest(ALONE.dividedBy(160)), 1).dials();

            boolean complete = engine.time().runUntil(() -> isComplete(engine), ALONE.multipliedBy(2));

            assertThat(complete)
                    .as("%s after %s", engine.status(), engine.now())
                    .isTrue();
            assertThat(dropped(engine)).as("banned").doesNotContain(hostOf(honest));
            assertThat(crowd)
                    .allSatisfy(one -> assertThat(one.mostRequestsInASecond() - one.served())
                            .isLessThanOrEqualTo(32));
        }
    }

    @Seeds(12)
    void aZooOfThemDoesNotKeepOneHonestPeerFromServing(long seed) throws IOException {
        Random random = new Random(seed);
        int blocks = 1 + random.nextInt(8);
        int length = blocks * BlockRef.MAX_LENGTH - random.nextInt(1_000);
        int pieces = 5 + random.nextInt(120 / blocks);
        KnownTorrent torrent =
                KnownTorrent.of(new PieceLayout((long) pieces * length - random.nextInt(length), length));
        long budget = length * (1L + random.nextInt(pieces));
        try (EngineUnderTest engine = EngineUnderTest.leeching(torrent, "picker.memory-budget=" + budget)
                .starts()) {
            List<Rogues> zoo = new ArrayList<>();
            for (int i = 2 + random.nextInt(8); i > 0; i--) {
                Rogues rogue = ROGUES.get(random.nextInt(ROGUES.size()));
                zoo.add(rogue);
                ActingPeer peer = new ActingPeer(engine, "rogue-" + i, rogue, random.nextLong());
                if (random.nextBoolean()) {
                    peer.dials();
                } else {
                    engine.hearsOf(List.of(peer.listens().address()));
                }
            }
            engine.passes(Duration.ofMillis(random.nextInt(5_000)));
            Duration perBlock = Duration.ofMillis(10 + random.nextInt(100));
            ActingPeer honest = new ActingPeer(engine, "honest", Rogues.honest(perBlock), seed).dials();
            Duration alone = perBlock.multipliedBy((long) pieces * blocks);

            boolean complete = engine.time()
                    .runUntil(() -> isComplete(engine), alone.multipliedBy(3).plusMinutes(5));

            assertThat(complete).as("with %s: %s", zoo, engine.status()).isTrue();
            assertThat(dropped(engine)).as("banned of %s", zoo).doesNotContain(hostOf(honest));
            assertHolds(engine);
        }
    }

    private static void assertHolds(EngineUnderTest engine) throws IOException {
        KnownTorrent torrent = engine.torrent();
        byte[] stored = Files.readAllBytes(engine.directory()
                .resolve(String.join("/", torrent.metainfo().files().get(0).path())));
        assertThat(stored).hasSize((int) torrent.layout().totalLength());
        for (int piece = 0; piece < torrent.layout().pieces(); piece++) {
            for (int index = 0; index < torrent.layout().blocks(piece); index++) {
                BlockRef block = torrent.layout().block(piece, index);
                int at = (int) torrent.layout().offset(piece) + block.offset();
                assertThat(ByteString.fromArray(stored, at, block.length()))
                        .as("%s", block)
                        .isEqualTo(torrent.bytes(block));
            }
        }
    }

    @Test
    void blocksThatNobodyAskedForAreNoProgress() {
        try (EngineUnderTest engine = EngineUnderTest.leeching(TORRENT).starts()) {
            ActingPeer rogue = new ActingPeer(engine, "rogue", Rogues.SENDS_ANOTHER_BLOCK, 1).dials();
            engine.passes(Duration.ofSeconds(10));

            TorrentStatus status = engine.status();
            assertThat(status.have()).isZero();
            assertThat(rogue.isOpen()).isFalse();
            assertThat(engine.events())
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    TorrentEvent.PeerDropped.class,
                                    dropped -> assertThat(dropped.reason()).contains("nobody asked for")));
        }
    }

    private static boolean isComplete(EngineUnderTest engine) {
        return engine.events().stream()
                .anyMatch(event ->
                        event instanceof TorrentEvent.StateChanged changed && changed.state() == TorrentState.SEEDING);
    }

    private static String hostOf(ActingPeer peer) {
        return "/" + peer.address().getAddress().getHostAddress();
    }

    private static Set<String> dropped(EngineUnderTest engine) {
        return engine.events().stream()
                .filter(TorrentEvent.PeerDropped.class::isInstance)
                .map(event -> ((TorrentEvent.PeerDropped) event).address())
                .map(address -> address.substring(0, address.indexOf(':')))
                .collect(java.util.stream.Collectors.toSet());
    }
}
