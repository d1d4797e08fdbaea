package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.torrent.TorrentEvent;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Swarms with poisoners: nothing wrong reaches a file, who lies is banned, and who is honest is not. */
@Timeout(300)
class LiarsTest {
    private static final Duration LIMIT = Duration.ofHours(2);

    @Seeds(20)
    void liarsAreBannedAndNobodyElseIs(long seed) {
        Random random = new Random(seed);
        double share = seed % 2 == 0 ? 1 : 0.25 + random.nextDouble() / 2;
        Swarm swarm = Swarm.seed(seed)
                .seeds(1 + random.nextInt(2))
                .leechers(2 + random.nextInt(6))
                .liars(1 + random.nextInt(3), share)
                .piecesOf((16 * 1024) << random.nextInt(4))
                .pieces(30)
                .seedRate(100_000 << random.nextInt(3));
        try (SwarmRun run = swarm.begin()) {
            // What is wrong and reaches a file breaks a rule, and ends the run.
            run.untilComplete(LIMIT);

            Set<String> caught = new TreeSet<>();
            for (Member member : run.members()) {
                Set<String> banned = bannedBy(run, member);
                assertThat(banned).as("banned by %s", member).allMatch(name -> name.startsWith("liar-"));
                caught.addAll(banned);
                assertThat(member.pieces().isFull()).as("%s", member).isTrue();
                if (hasSeenCorruption(member)) {
                    assertThat(banned).as("banned by %s", member).isNotEmpty();
                }
            }
            // Who lies seldom may be lucky, and never asked at such a moment.
            assertThat(caught.isEmpty() && share == 1).as("liars of " + swarm).isFalse();
        }
    }

    @Test
    void whoeverIsBannedIsAskedForNothingMore() {
        try (SwarmRun run =
                Swarm.seed(1).seeds(1).liars(1, 1).pieces(200).seedRate(400_000).begin()) {
            Member leecher = run.member("leecher-1");
            run.until(() -> !bannedBy(run, leecher).isEmpty(), LIMIT);
            run.pass(Duration.ofSeconds(1));
            long before = run.result().bytes("liar-1", "leecher-1");
            run.untilComplete(LIMIT);

            assertThat(before).isPositive();
            assertThat(run.result().bytes("liar-1", "leecher-1")).isEqualTo(before);
            assertThat(bannedBy(run, leecher)).containsExactly("liar-1");
        }
    }

    @Seeds(4)
    void aSwarmInWhichEveryThirdIsAPoisonerCompletes(long seed) {
        Swarm swarm = Swarm.seed(seed)
                .leechers(5)
                .liars(3, seed % 2 == 0 ? 1 : 0.3)
                .piecesOf(128 * 1024)
                .pieces(16)
                .seedRate(200_000);
        try (SwarmRun run = swarm.begin()) {
            run.untilComplete(LIMIT);

            for (Member member : run.members()) {
                assertThat(member.pieces().isFull()).as("%s", member).isTrue();
                assertThat(bannedBy(run, member)).as("banned by %s", member).allMatch(name -> name.startsWith("liar-"));
            }
        }
    }

    private static boolean hasSeenCorruption(Member member) {
        return member.events().stream().anyMatch(event -> event instanceof TorrentEvent.PieceCorrupt);
    }

    /** Whom it dropped for a broken rule or a lie, by name. */
    private static Set<String> bannedBy(SwarmRun run, Member member) {
        Set<String> names = new TreeSet<>();
        for (TorrentEvent event : member.events()) {
            if (event instanceof TorrentEvent.PeerDropped dropped) {
                names.add(run.members().stream()
                        .filter(other -> dropped.address()
                                .startsWith("/" + other.host().address().getHostAddress() + ":"))
                        .map(Member::name)
                        .findFirst()
                        .orElse(dropped.address()));
            }
        }
        return names;
    }
}
