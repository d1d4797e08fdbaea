package ahti.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.env.ExitCode;
import ahti.cli.options.SeedGoal;
import ahti.cli.screen.Statuses;
import ahti.torrent.Problem;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConductTest {
    private static final Optional<Duration> NEVER = Optional.empty();
    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));

    @Test
    void promisesNothingThatDoesNotOutliveTheCommand() {
        Conduct conduct = conduct(new Rules(NEVER, NEVER, NEVER, SeedGoal.None.NONE, false, false));

        assertThat(conduct.interrupted(ExitCode.INTERRUPTED).sentence())
                .isEqualTo("stopped before the download was complete");
    }

    @Test
    void isDoneWhenEverythingIsStored() {
        Conduct conduct = conduct(new Rules(NEVER, NEVER, NEVER, SeedGoal.None.NONE, false));

        conduct.happened(new TorrentEvent.StateChanged(Statuses.HASH, TorrentState.DOWNLOADING), seconds(2));

        assertThat(conduct.happened(finished(), seconds(19))).contains(Verdict.DONE);
        assertThat(conduct.fetching(seconds(25))).isEqualTo(Duration.ofSeconds(17));
        assertThat(conduct.wasComplete()).isFalse();
    }

    @Test
    void staysUntilTheRatioIsReached() {
        Conduct conduct = conduct(new Rules(NEVER, NEVER, NEVER, new SeedGoal.Ratio(1), false));
        Statuses seeding = Statuses.downloading().in(TorrentState.SEEDING);

        assertThat(conduct.happened(finished(), 0)).isEmpty();
        assertThat(conduct.reported(seeding.uploaded(669L << 20).now(), seconds(1)))
                .isEmpty();
        assertThat(conduct.reported(seeding.uploaded(670L << 20).now(), seconds(2)))
                .contains(Verdict.DONE);
    }

    @Test
    void givesUpWithoutPeersAndSaysWhy() {
        Conduct conduct = conduct(new Rules(MINUTE, NEVER, NEVER, SeedGoal.None.NONE, false));

        assertThat(conduct.reported(Statuses.downloading().now(), seconds(30))).isEmpty();
        Statuses alone = Statuses.downloading().connected(0).waiting(new WaitReason.NoPeersKnown());
        assertThat(conduct.reported(alone.now(), seconds(89))).isEmpty();
        assertThat(conduct.reported(alone.now(), seconds(90)))
                .contains(new Verdict(
                        ExitCode.TIMEOUT,
                        "no peers for 1:00 (no peers yet: the tracker knows none); what is stored is kept, run the same command"
                                + " again to resume"));
    }

    @Test
    void givesUpWithoutProgress() {
        Conduct conduct = conduct(new Rules(NEVER, MINUTE, NEVER, SeedGoal.None.NONE, false));

        assertThat(conduct.reported(Statuses.downloading().have(1).now(), seconds(50)))
                .isEmpty();
        assertThat(conduct.reported(Statuses.downloading().have(2).now(), seconds(100)))
                .isEmpty();
        assertThat(conduct.reported(Statuses.downloading().have(2).now(), seconds(159)))
                .isEmpty();
        assertThat(conduct.reported(Statuses.downloading().have(2).now(), seconds(160)))
                .hasValueSatisfying(verdict -> {
                    assertThat(verdict.code()).isEqualTo(ExitCode.TIMEOUT);
                    assertThat(verdict.sentence()).startsWith("no progress for 1:00");
                });
    }

    @Test
    void neitherDeadlineRunsWhileChecking() {
        Conduct conduct = conduct(new Rules(MINUTE, MINUTE, NEVER, SeedGoal.None.NONE, false));
        Statuses checking = Statuses.downloading().connected(0).checked(5);

        assertThat(conduct.reported(checking.now(), seconds(300))).isEmpty();
        Statuses alone = Statuses.downloading().connected(0);
        assertThat(conduct.reported(alone.now(), seconds(301))).isEmpty();
        assertThat(conduct.reported(alone.now(), seconds(360))).isEmpty();
        assertThat(conduct.reported(alone.now(), seconds(361))).isPresent();
    }

    @Test
    void theEndOfForIsUnfinishedOnlyWhenItIs() {
        Rules rules = new Rules(NEVER, NEVER, MINUTE, SeedGoal.Forever.FOREVER, false);
        Conduct unfinished = conduct(rules);
        Conduct complete = conduct(rules);
        complete.happened(finished(), 0);

        assertThat(unfinished.reported(Statuses.downloading().now(), seconds(60)))
                .hasValueSatisfying(verdict -> assertThat(verdict.code()).isEqualTo(ExitCode.UNFINISHED));
        assertThat(complete.reported(Statuses.downloading().now(), seconds(60))).contains(Verdict.DONE);
    }

    @Test
    void anInterruptIsAFailureOnlyBeforeCompletion() {
        Conduct downloading = conduct(new Rules(NEVER, NEVER, NEVER, SeedGoal.None.NONE, false));
        Conduct sharing = conduct(new Rules(NEVER, NEVER, NEVER, SeedGoal.Forever.FOREVER, true));
        Conduct seeding = conduct(new Rules(NEVER, NEVER, NEVER, SeedGoal.Forever.FOREVER, false));
        seeding.happened(finished(), 0);

        assertThat(downloading.interrupted(ExitCode.INTERRUPTED).code()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(downloading.interrupted(ExitCode.INTERRUPTED).sentence()).contains("to resume");
        assertThat(sharing.interrupted(ExitCode.TERMINATED)).isEqualTo(Verdict.DONE);
        assertThat(seeding.interrupted(ExitCode.INTERRUPTED)).isEqualTo(Verdict.DONE);
    }

    @Test
    void eachProblemHasItsExitCode() {
        Conduct conduct = conduct(new Rules(NEVER, NEVER, NEVER, SeedGoal.None.NONE, false));

        assertThat(code(conduct, new Problem.DiskFull("full"))).isEqualTo(ExitCode.DISK_FULL);
        assertThat(code(conduct, new Problem.DiskFault("denied"))).isEqualTo(ExitCode.DISK);
        assertThat(code(conduct, new Problem.Bug("bug"))).isEqualTo(ExitCode.INTERNAL);
    }

    private static ExitCode code(Conduct conduct, Problem problem) {
        return conduct.happened(new TorrentEvent.ProblemRaised(Statuses.HASH, problem), 0)
                .orElseThrow()
                .code();
    }

    private static TorrentEvent finished() {
        return new TorrentEvent.Finished(Statuses.HASH, false);
    }

    private static Conduct conduct(Rules rules) {
        return new Conduct(rules, 0);
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
