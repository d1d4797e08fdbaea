package ahti.soak;

import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.content.TorrentShape;
import ahti.testkit.disk.DiskSpeed;
import ahti.testkit.net.Connection;
import ahti.testkit.net.Partition;
import ahti.testkit.net.Path;
import ahti.testkit.swarm.Member;
import ahti.testkit.swarm.Mishap;
import ahti.testkit.swarm.Swarm;
import ahti.testkit.swarm.SwarmResult;
import ahti.testkit.swarm.SwarmRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A swarm of any shape in which anything may happen, all of it decided by one number: pieces, files, peers, links, disks,
 * arrivals; members that are killed, lose their power, leave or come back; resets, and partitions that heal; and inside the
 * members bugs that end any of their actors, and disks that throw, fail, fill up or are not there for a while.
 *
 * <p>One copy of every piece always stays reachable: the first seed is never touched for good. So the swarm must always
 * become complete.
 */
public final class Scenario {
    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final Duration MISHAPS_PASS = Duration.ofMinutes(10);
    private static final int KIBI = 1024;

    private final long seed;
    private final Random random;
    /** Draws the mishaps, so that without them a scenario stays what it was. */
    private final Random mishaps;

    private final boolean withMishaps;
    private final List<String> story = new ArrayList<>();

    private Scenario(long seed, boolean withMishaps) {
        this.seed = seed;
        this.random = new Random(seed);
        this.mishaps = new Random(~seed);
        this.withMishaps = withMishaps;
    }

    /**
     * Runs the scenario of that number until everybody has everything.
     *
     * @throws AssertionError when a rule was broken, with what happened before
     */
    public static SwarmResult run(long seed) {
        return new Scenario(seed, true).run();
    }

    /**
     * As {@link #run}, but nothing goes wrong inside the members.
     *
     * @throws AssertionError when a rule was broken, with what happened before
     */
    public static SwarmResult runWithoutMishaps(long seed) {
        return new Scenario(seed, false).run();
    }

    private SwarmResult run() {
        Swarm swarm = swarm();
        try (SwarmRun run = swarm.begin()) {
            if (withMishaps) {
                Mishap.plan(run, mishaps, story);
            }
            int disturbances = random.nextInt(6);
            for (int i = 0; i < disturbances; i++) {
                run.pass(Duration.ofMillis(random.nextInt(4000)));
                disturb(run);
            }
            run.members().forEach(Member::start);
            run.untilComplete(PATIENCE);
            // A disk that is not mounted will be.
            run.until(
                    () -> run.members().stream()
                            .allMatch(member -> member.pieces().isFull()),
                    MISHAPS_PASS);
            for (Member member : run.members()) {
                if (!member.pieces().isFull()) {
                    throw new AssertionError(member + " says that it is complete and has " + member.pieces());
                }
            }
            return run.result();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("scenario " + seed + ", after " + story + ": " + e.getMessage(), e);
        }
    }

    private Swarm swarm() {
        int pieceLength = (16 * KIBI) << random.nextInt(4);
        Swarm swarm = Swarm.seed(seed)
                .seeds(1 + random.nextInt(3))
                .leechers(1 + random.nextInt(8))
                .torrent(shape(pieceLength))
                .path(path())
                .rates(rate(), rate())
                .seedRate(rate())
                .knowing(1 + random.nextInt(8))
                .again("scripts/soak " + (withMishaps ? "" : "--no-mishaps ") + "--seed " + seed);
        if (random.nextInt(3) == 0) {
            swarm.arrivingWithin(Duration.ofSeconds(1 + random.nextInt(30)));
        }
        if (random.nextInt(3) == 0) {
            swarm.behindNat(random.nextDouble() / 2);
        }
        if (random.nextInt(3) == 0) {
            swarm.disks(random.nextBoolean() ? DiskSpeed.FLASH : DiskSpeed.TURNING);
        }
        if (random.nextInt(3) == 0) {
            swarm.set("ahti.picker.memory-budget = " + pieceLength * (1 + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            swarm.set("ahti.torrent.upload-slots = " + (1 + random.nextInt(4)));
        }
        return swarm;
    }

    private TorrentShape shape(int pieceLength) {
        TorrentShape shape = SimulatedTorrent.piecesOf(pieceLength).seed(seed);
        if (random.nextBoolean()) {
            return shape.length(1 + random.nextInt(40 * pieceLength));
        }
        int files = 1 + random.nextInt(6);
        for (int i = 0; i < files; i++) {
            shape.file("part " + i, 1 + random.nextInt(10 * pieceLength));
        }
        return random.nextBoolean() ? shape.padded() : shape;
    }

    private Path path() {
        Path path = Path.of(Duration.ofMillis(random.nextInt(150)));
        if (random.nextBoolean()) {
            path = path.withJitter(Duration.ofMillis(1 + random.nextInt(50)));
        }
        return random.nextInt(3) == 0 ? path.withLoss(random.nextDouble() * 0.03) : path;
    }

    /** From a slow uplink to no limit. */
    private long rate() {
        return random.nextInt(4) == 0 ? 0 : (long) (64 * KIBI) << random.nextInt(8);
    }

    private void disturb(SwarmRun run) {
        List<Member> members = run.members();
        Member member = members.get(random.nextInt(members.size()));
        switch (random.nextInt(5)) {
            case 0 -> {
                tell(run, "kills " + member);
                member.kill();
                later(run, member);
            }
            case 1 -> {
                tell(run, "cuts the power of " + member);
                member.losePower();
                later(run, member);
            }
            case 2 -> {
                tell(run, "stops " + member);
                member.stop();
                later(run, member);
            }
            case 3 -> reset(run);
            default -> part(run, member);
        }
    }

    private void later(SwarmRun run, Member member) {
        run.pass(Duration.ofMillis(random.nextInt(20_000)));
        tell(run, "starts " + member);
        member.start();
    }

    private void reset(SwarmRun run) {
        List<Connection> connections = run.network().connections();
        if (!connections.isEmpty()) {
            Connection connection = connections.get(random.nextInt(connections.size()));
            tell(run, "resets connection " + connection.number());
            connection.reset();
        }
    }

    private void part(SwarmRun run, Member member) {
        tell(run, "cuts off " + member);
        Partition partition = run.network().partition(host -> host == member.host());
        run.pass(Duration.ofMillis(random.nextInt(400_000)));
        tell(run, "heals");
        partition.heal();
    }

    private void tell(SwarmRun run, String what) {
        story.add(run.time().now() + " " + what);
    }
}
