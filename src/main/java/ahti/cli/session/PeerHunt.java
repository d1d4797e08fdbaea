package ahti.cli.session;

import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.dht.Dht;
import ahti.engine.Engine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one engine, which is asked for the peers of a torrent; what {@code dht get} runs. */
public final class PeerHunt {
    private static final Duration SHUTDOWN_CAP = Duration.ofSeconds(5);

    private final Env env;
    private final Configuration configuration;
    private final boolean quiet;

    /** Peers go to standard output; what people want to know besides goes to standard error, unless {@code quiet}. */
    public PeerHunt(Env env, Configuration configuration, boolean quiet) {
        this.env = env;
        this.configuration = configuration;
        this.quiet = quiet;
    }

    /** How it ended. */
    private record End(ExitCode code, String sentence) {}

    /** Looks for peers until everybody is asked; waits for it. */
    public ExitCode run(InfoHash infoHash) throws InterruptedException {
        BlockingQueue<End> ends = new ArrayBlockingQueue<>(2);
        ActorSystem<Void> system =
                configuration.start("ahti", Behaviors.setup(context -> guardian(context.getSystem(), infoHash, ends)));
        CountDownLatch gone = new CountDownLatch(1);
        // Touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> {
            ends.offer(
                    new End(ExitCode.INTERNAL, "the search stopped by itself; run again with --log FILE to see why"));
            gone.countDown();
        });
        say("asking the DHT for peers of " + infoHash);
        End end = ends.take();
        if (!gone.await(SHUTDOWN_CAP.toMillis(), TimeUnit.MILLISECONDS)) {
            system.terminate();
        }
        if (end.code() == ExitCode.OK) {
            say(end.sentence());
        } else {
            env.stderr().println("ahti: " + end.sentence());
        }
        return end.code();
    }

    private Behavior<Void> guardian(ActorSystem<Void> system, InfoHash infoHash, BlockingQueue<End> ends) {
        return Behaviors.setup(context -> {
            Behavior<Engine.Command> behavior;
            try {
                behavior = env.machine().engines().create(system, configuration.ahti());
            } catch (IllegalArgumentException e) {
                // What the user configured does not exist on this machine.
                ends.offer(new End(ExitCode.BAD_OPTION, String.valueOf(e.getMessage())));
                return Behaviors.stopped();
            }
            ActorRef<Engine.Command> engine = context.spawn(behavior, "engine");
            context.watch(engine);
            ActorRef<Dht.SearchReply> answers = context.spawn(asker(engine, ends), "asker");
            engine.tell(new Engine.FindPeers(infoHash, answers));
            return Behaviors.receive(Void.class)
                    .onSignal(Terminated.class, terminated -> Behaviors.stopped())
                    .build();
        });
    }

    private Behavior<Dht.SearchReply> asker(ActorRef<Engine.Command> engine, BlockingQueue<End> ends) {
        return Behaviors.receive((context, reply) -> {
            if (reply instanceof Dht.PeersFound found) {
                found.peers().forEach(peer -> env.stdout().println(show(peer)));
                env.stdout().flush();
            } else if (reply instanceof Dht.SearchEnded ended) {
                ends.offer(end(ended));
                engine.tell(new Engine.Stop(context.getSystem().ignoreRef()));
            }
            return Behaviors.same();
        });
    }

    private static End end(Dht.SearchEnded ended) {
        if (ended.answered() == 0 && ended.found() == 0) {
            return new End(
                    ExitCode.NETWORK, "no node of the DHT answers: name others with --bootstrap, or another --port");
        }
        String asked = ended.answered() + (ended.answered() == 1 ? " node" : " nodes");
        return ended.found() == 0
                ? new End(ExitCode.NETWORK, "no peers: " + asked + " answered, and none knows any")
                : new End(ExitCode.OK, ended.found() + (ended.found() == 1 ? " peer" : " peers") + " from " + asked);
    }

    private static String show(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        String host = address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + peer.getPort();
    }

    private void say(String sentence) {
        if (!quiet) {
            env.stderr().println(sentence);
        }
    }
}
