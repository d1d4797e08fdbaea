package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ahti.ActorKit;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.why.WaitReason;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SeedingGoalTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    @Test
    void isReachedByUploadOrByTime() {
        assertThat(SeedingGoal.ratio(2).isReached(199, 100, Duration.ofDays(9))).isFalse();
        assertThat(SeedingGoal.ratio(2).isReached(200, 100, Duration.ZERO)).isTrue();
        assertThat(SeedingGoal.ratio(2).orTime(MINUTE).isReached(0, 100, MINUTE))
                .isTrue();
        assertThat(SeedingGoal.time(MINUTE).isReached(1_000, 100, MINUTE.minusNanos(1)))
                .isFalse();
        assertThat(SeedingGoal.forever().isReached(1_000, 1, Duration.ofDays(9)))
                .isFalse();
    }

    @Test
    void isNeverLessThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> SeedingGoal.ratio(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> SeedingGoal.ratio(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> SeedingGoal.time(MINUTE.negated()));
    }

    @Test
    void aTorrentRestsWhenItIsReachedAndIsSharedOnWhenItsUserWishesIt() {
        TorrentRig rig = new TorrentRig(kit, SampleTorrent.of(16_384, Part.file("sample", 20_000)), directory);
        rig.sample.writeTo(directory.resolve("data"));
        rig.tracker("http://tracker.example/announce");
        rig.goal(SeedingGoal.time(MINUTE));
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.SEEDING);
        rig.isKnownToItsTracker(torrent);

        kit.pass(Duration.ofSeconds(59));
        assertThat(status(torrent).state()).isEqualTo(TorrentState.SEEDING);
        kit.pass(Duration.ofSeconds(2));

        rig.reaches(TorrentState.PAUSED);
        assertThat(rig.event(TorrentEvent.SeedingGoalReached.class).seeding()).isGreaterThanOrEqualTo(MINUTE);
        TorrentStatus status = status(torrent);
        assertThat(status.problem()).isEmpty();
        assertThat(status.waiting()).containsInstanceOf(WaitReason.SharedEnough.class);
        assertThat(status.waiting().orElseThrow().sentence())
                .startsWith("the seeding goal is reached: 0 B shared in 1");

        torrent.tell(Torrent.Resume.INSTANCE);
        rig.reaches(TorrentState.SEEDING);
        kit.pass(MINUTE.multipliedBy(2));
        assertThat(status(torrent).state()).isEqualTo(TorrentState.SEEDING);
    }

    private TorrentStatus status(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        torrent.tell(new Torrent.GetStatus(0, probe.ref()));
        return probe.receiveMessage();
    }
}
