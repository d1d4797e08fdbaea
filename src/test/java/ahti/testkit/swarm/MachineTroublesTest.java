package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.MonotonicClock;
import ahti.engine.EngineSettings;
import ahti.testkit.net.Partition;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine sleeps and wakes, its clock jumps, its network is gone and comes back, or is another. */
@Timeout(300)
class MachineTroublesTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    private static Swarm swarm(long seed) {
        return Swarm.seed(seed).seeds(2).leechers(2).rates(0, 128 * 1024).pieces(512);
    }

    /** Every address has failed for hours then, and would wait for half an hour; so would the tracker. */
    @ParameterizedTest
    @CsvSource({"1, false", "60, false", "300, false", "60, true"})
    void whenTheNetworkIsBackADownloadGoesOnWithinAMinuteAndAnnounces(long minutesGone, boolean udp) {
        Swarm described = swarm(minutesGone);
        try (SwarmRun run = (udp ? described.udpTracker() : described.tracker()).begin()) {
            Member leecher = run.member("leecher-1");
            run.until(() -> leecher.pieces().count() >= 20, SOON);
            Partition partition = run.network().partition(host -> host == leecher.host());
            run.pass(Duration.ofMinutes(minutesGone));
            int stored = leecher.pieces().count();
            assertThat(stored).isLessThan(512);
            assertThat(isKnown(run, leecher)).isEqualTo(minutesGone == 1);

            partition.heal();

            assertThat(run.until(() -> leecher.pieces().count() > stored, Duration.ofMinutes(1)))
                    .isTrue();
            assertThat(run.until(() -> isKnown(run, leecher), Duration.ofMinutes(1)))
                    .isTrue();
            run.untilComplete(Duration.ofMinutes(10));
        }
    }

    @Test
    void whoSleptFindsItsConnectionsDeadAndMakesNewOnes() {
        try (SwarmRun run = swarm(3).tracker().begin()) {
            Member leecher = run.member("leecher-1");
            run.until(() -> leecher.pieces().count() >= 20, SOON);

            leecher.host().strandsConnections();
            int stored = leecher.pieces().count();

            assertThat(run.until(() -> leecher.pieces().count() > stored + 10, Duration.ofMinutes(4)))
                    .isTrue();
            run.untilComplete(Duration.ofMinutes(20));
        }
    }

    /** Its machine sees that at once; its peers would not, for two and a half minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"tracker", "udpTracker", "dht"})
    void aSeedInAnotherNetworkServesOnAndIsFoundThere(String by) throws UnknownHostException {
        try (SwarmRun run = foundBy(by).begin()) {
            Member seed = run.member("seed-1");
            Member late = run.member("leecher-7");
            run.until(() -> late.pieces().count() >= 20, SOON);
            late.stop();

            seed.host().movesTo(InetAddress.getByName("20.7.7.7"));
            int stored = run.member("leecher-1").pieces().count();
            run.pass(Duration.ofMinutes(2));

            assertThat(run.member("leecher-1").pieces().count()).isGreaterThan(stored + 30);
            assertThat(run.network().connections())
                    .filteredOn(one ->
                            one.diallerAddress().getAddress().equals(seed.host().address())
                                    || one.acceptorAddress()
                                            .getAddress()
                                            .equals(seed.host().address()))
                    .as("with those whose connections died without a word")
                    .hasSizeGreaterThanOrEqualTo(5);
            assertThat(by.equals("dht") || isKnown(run, seed)).isTrue();
            late.start();
            run.untilComplete(Duration.ofMinutes(15));
        }
    }

    /** Nobody was ever there, and everything has failed for an hour: peers named by the user, trackers, the DHT. */
    @ParameterizedTest
    @ValueSource(strings = {"contacts", "tracker", "udpTracker", "dht"})
    void whoBeganWithoutANetworkBeginsToDownloadOnceThereIsOne(String by) throws UnknownHostException {
        try (SwarmRun run = foundBy(by).begin()) {
            Member leecher = run.member("leecher-7");
            Partition partition = run.network().partition(host -> host == leecher.host());
            run.pass(Duration.ofHours(1));
            assertThat(leecher.pieces().count()).isZero();

            partition.heal();
            leecher.host().movesTo(InetAddress.getByName("20.7.7.7"));

            assertThat(run.until(() -> leecher.pieces().count() > 0, Duration.ofMinutes(1)))
                    .isTrue();
        }
    }

    private static Swarm foundBy(String means) {
        Swarm swarm = swarm(5).seeds(1).leechers(7).knowing(0);
        return switch (means) {
            case "contacts" -> swarm.knowing(30);
            case "tracker" -> swarm.tracker();
            case "udpTracker" -> swarm.udpTracker();
            default ->
                swarm.set("ahti.dht.enabled = true").set("ahti.dht.bootstrap = [\"seed-1:6881\", \"leecher-1:6881\"]");
        };
    }

    /** A machine that slept, or a virtual one that was moved: by its clock, everything is late at once, or early. */
    @ParameterizedTest
    @ValueSource(longs = {10, 300, 86_400, 31_536_000, -10, -300, -86_400, -31_536_000})
    void aJumpOfTheClockEndsNoDownloadAndBreaksNoRule(long seconds) {
        AtomicLong jumped = new AtomicLong();
        try (SwarmRun run = Swarm.seed(seconds)
                .seeds(2)
                .leechers(2)
                .rates(0, 256 * 1024)
                .pieces(128)
                .tracker()
                .tampering(settings -> with(settings, jumped))
                .begin()) {
            Member leecher = run.member("leecher-1");
            run.until(() -> leecher.pieces().count() >= 20, SOON);
            int stored = leecher.pieces().count();

            jumped.addAndGet(Duration.ofSeconds(seconds).toNanos());

            assertThat(run.until(() -> leecher.pieces().count() > stored + 20, Duration.ofMinutes(3)))
                    .isTrue();
            run.untilComplete(Duration.ofMinutes(10));
        }
    }

    private static boolean isKnown(SwarmRun run, Member member) {
        return run.tracker()
                .addresses(run.torrent().metainfo().infoHash())
                .contains(member.host().at(6881));
    }

    /** All engines sleep and wake together. */
    private static EngineSettings with(EngineSettings settings, AtomicLong jumped) {
        MonotonicClock clock = settings.clock();
        return settings.withClock(() -> clock.nanos() + jumped.get());
    }
}
