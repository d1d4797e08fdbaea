package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.torrent.TorrentSpec;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** An actor system of its own with {@link Seeds} in it. */
public final class SeedSystem {
    private static final Duration START_CAP = Duration.ofSeconds(60);
    private static final Duration STOP_CAP = Duration.ofSeconds(10);

    private final ActorSystem<Seeds.Command> system;

    private SeedSystem(ActorSystem<Seeds.Command> system) {
        this.system = system;
    }

    /** Starts so many seeds and waits until {@code areKnown}. */
    public static SeedSystem start(
            Env env, Configuration configuration, int count, TorrentSpec spec, BooleanSupplier areKnown)
            throws InterruptedException {
        BlockingQueue<String> ready = new ArrayBlockingQueue<>(1);
        Seeds.Plan plan = new Seeds.Plan(
                count,
                spec,
                system -> env.machine().engines().create(system, configuration.ahti()),
                areKnown,
                ready::offer);
        SeedSystem seeds = new SeedSystem(configuration.start("seeds", Seeds.create(plan)));
        String problem = ready.poll(START_CAP.toMillis(), TimeUnit.MILLISECONDS);
        if (problem == null || !problem.isEmpty()) {
            seeds.stop();
            throw new CommandFailure(
                    ExitCode.INTERNAL,
                    "the seeds did not start: " + (problem == null ? "the tracker has not heard of them" : problem));
        }
        return seeds;
    }

    /** Stops them gracefully and waits, not for long. */
    public void stop() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        // Touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> gone.countDown());
        system.tell(Seeds.Stop.INSTANCE);
        if (!gone.await(STOP_CAP.toMillis(), TimeUnit.MILLISECONDS)) {
            system.terminate();
        }
    }
}
