package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.testkit.disk.DiskSpeed;
import ahti.testkit.disk.Fault;
import ahti.testkit.disk.Operation.Kind;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.why.WaitReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A torrent rests while its disk fails, says why, claims nothing that is not stored (the rules of every swarm look), and goes
 * on by itself when the disk would do again.
 */
@Timeout(300)
class DiskTroublesTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    /** Longer than any pause between two tries. */
    private static final Duration LONG = Duration.ofMinutes(30);

    @ParameterizedTest
    @EnumSource
    void aDownloadRestsWhileItsDiskFailsAndGoesOnByItself(DiskTrouble trouble) throws IOException {
        try (SwarmRun run = Swarm.seed(trouble.name().hashCode()).pieces(64).begin()) {
            Member leecher = run.member("leecher-1");
            leecher.disk().mount(Member.DATA);
            run.until(() -> leecher.pieces().count() >= 10, SOON);
            assertThat(leecher.finished()).isEmpty();

            trouble.begins(leecher.disk());
            assertThat(run.until(() -> isIn(leecher, TorrentState.PAUSED), SOON))
                    .as("it rests")
                    .isTrue();
            run.pass(LONG);
            TorrentStatus resting = status(run, leecher);
            assertThat(resting.state()).isEqualTo(TorrentState.PAUSED);
            assertThat(resting.problem()).isPresent();
            assertThat(resting.waiting().orElseThrow())
                    .isInstanceOfSatisfying(
                            WaitReason.DiskFails.class,
                            why -> assertThat(why.next()).isLessThan(SOON));
            assertThat(problems(leecher))
                    .as("it says so once or twice, and not with every try")
                    .hasSizeLessThan(4);

            trouble.ends(leecher.disk());
            run.untilComplete(Duration.ofMinutes(5));
            assertThat(leecher.pieces().isFull()).isTrue();
        }
    }

    @Test
    void nothingIsDownloadedOverAMountPointWhoseDiskIsGoneNotEvenByTheNextRun() throws IOException {
        try (SwarmRun run = Swarm.seed(1).pieces(64).begin()) {
            Member leecher = run.member("leecher-1");
            leecher.disk().mount(Member.DATA);
            run.until(() -> leecher.pieces().count() >= 10, SOON);
            leecher.losePower();
            leecher.disk().unmount(Member.DATA);

            leecher.start();
            run.pass(LONG);
            assertThat(status(run, leecher).problem().orElseThrow().describe())
                    .isEqualTo("nothing is mounted on /data, where this download is; mount it, or use --check to begin"
                            + " anew without it");
            assertThat(leecher.disk().files().keySet()).noneMatch(file -> file.startsWith(Member.DATA));

            leecher.disk().remount(Member.DATA);
            run.untilComplete(Duration.ofMinutes(5));
        }
    }

    @Test
    void nothingIsBegunOverAMountPointWhoseDiskWentBetweenTwoWrites() throws IOException {
        try (SwarmRun run = Swarm.seed(2).pieces(64).begin()) {
            Member leecher = run.member("leecher-1");
            leecher.disk().mount(Member.DATA);
            run.until(() -> isIn(leecher, TorrentState.DOWNLOADING), SOON);
            leecher.disk().unmount(Member.DATA);
            assertThat(run.until(() -> isIn(leecher, TorrentState.PAUSED), SOON))
                    .as("it rests")
                    .isTrue();
            leecher.stop();
            run.pass(SOON);

            leecher.start();
            run.pass(LONG);
            assertThat(status(run, leecher).problem().orElseThrow().describe()).contains("nothing is mounted on /data");
            assertThat(leecher.disk().files().keySet()).noneMatch(file -> file.startsWith(Member.DATA));

            leecher.disk().remount(Member.DATA);
            run.untilComplete(Duration.ofMinutes(5));
        }
    }

    @Test
    void aSeedThatCannotReadRestsAndServesAgainWhenItCan() {
        try (SwarmRun run = Swarm.seed(3).seeds(2).pieces(256).begin()) {
            Member seed = run.member("seed-2");
            run.pass(Duration.ofSeconds(1));
            seed.disk().inject(Fault.on(Kind.READ).fails("Input/output error"));

            assertThat(run.until(() -> isIn(seed, TorrentState.PAUSED), SOON)).isTrue();
            run.untilComplete(Duration.ofMinutes(5));
            assertThat(run.member("leecher-1").pieces().isFull()).isTrue();
            seed.disk().liftFaults();
            assertThat(run.until(() -> isIn(seed, TorrentState.SEEDING), LONG)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNPLUGGED", "UNMOUNTED"})
    void aSeedWhoseDiskGoesAtAnyMomentOfItsCheckTakesNothingForMissing(DiskTrouble trouble) throws IOException {
        for (int millis = 0; millis < 200; millis += 8) {
            try (SwarmRun run =
                    Swarm.seed(5).pieces(64).disks(DiskSpeed.TURNING).begin()) {
                Member seed = run.member("seed-1");
                seed.disk().mount(Member.DATA);
                run.until(() -> seed.disk().operations(Kind.LOOK) > 0, SOON);
                run.pass(Duration.ofMillis(millis));
                trouble.begins(seed.disk());
                run.pass(SOON);
                trouble.ends(seed.disk());
                run.untilComplete(LONG);

                assertThat(seed.events())
                        .as("gone after %d ms", millis)
                        .contains(new TorrentEvent.StateChanged(
                                run.torrent().metainfo().infoHash(), TorrentState.SEEDING))
                        .doesNotContain(new TorrentEvent.StateChanged(
                                run.torrent().metainfo().infoHash(), TorrentState.DOWNLOADING));
            }
        }
    }

    @Test
    void aDiskThatFailsAgainAndAgainIsCheckedEverMoreRarely() {
        try (SwarmRun run = Swarm.seed(4).begin()) {
            Member leecher = run.member("leecher-1");
            leecher.disk().inject(Fault.on(Kind.WRITE).in(Member.DATA).fails("Input/output error"));

            run.pass(Duration.ofHours(2));

            assertThat(leecher.events())
                    .filteredOn(event -> event instanceof TorrentEvent.StateChanged changed
                            && changed.state() == TorrentState.CHECKING)
                    .as("checks in two hours")
                    .hasSizeBetween(10, 25);
        }
    }

    private static boolean isIn(Member member, TorrentState state) {
        Optional<TorrentState> last = Optional.empty();
        for (TorrentEvent event : member.events()) {
            if (event instanceof TorrentEvent.StateChanged changed) {
                last = Optional.of(changed.state());
            }
        }
        return last.equals(Optional.of(state));
    }

    private static List<TorrentEvent> problems(Member member) {
        return member.events().stream()
                .filter(event -> event instanceof TorrentEvent.ProblemRaised)
                .toList();
    }

    private static TorrentStatus status(SwarmRun run, Member member) {
        List<TorrentStatus> answers = new ArrayList<>();
        member.ask(answers::add);
        run.time().runUntil(() -> !answers.isEmpty(), SOON);
        return answers.get(0);
    }
}
