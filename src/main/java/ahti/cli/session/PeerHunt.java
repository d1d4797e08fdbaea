package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.dht.Dht;
import ahti.engine.Engine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one engine, which is asked for the peers of a torrent; what {@code dht get} runs. */
public final class PeerHunt {
    private final Env env;
    private final OneEngine system;
    private final boolean quiet;

    /** Peers go to standard output; what people want to know besides goes to standard error, unless {@code quiet}. */
    public PeerHunt(Env env, Configuration configuration, boolean quiet) {
        this.env = env;
        this.system = new OneEngine(env.machine().engines(), configuration);
        this.quiet = quiet;
    }

    /** How it ended. */
    private record End(ExitCode code, String sentence) {}

    /**
     * Looks for peers until everybody is asked; waits for it.
     *
     * @throws CommandFailure when what the user configured does not exist on this machine
     */
    public ExitCode run(InfoHash infoHash) throws InterruptedException {
        say("asking the DHT for peers of " + infoHash);
        End end = system.ask(
                (context, engine, answered) -> {
                    engine.tell(new Engine.FindPeers(infoHash, context.spawn(asker(engine, answered), "asker")));
                    return engine;
                },
                () -> new End(ExitCode.INTERNAL, "the search stopped by itself; run again with --log FILE to see why"));
        if (end.code() == ExitCode.OK) {
            say(end.sentence());
        } else {
            env.stderr().println("ahti: " + end.sentence());
        }
        return end.code();
    }

    private Behavior<Dht.SearchReply> asker(ActorRef<Engine.Command> engine, Consumer<End> answered) {
        return Behaviors.receive((context, reply) -> {
            if (reply instanceof Dht.PeersFound found) {
                found.peers().forEach(peer -> env.stdout().println(show(peer)));
                env.stdout().flush();
            } else if (reply instanceof Dht.SearchEnded ended) {
                answered.accept(end(ended));
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
