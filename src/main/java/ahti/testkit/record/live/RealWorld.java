package ahti.testkit.record.live;

import ahti.engine.EngineSettings;
import ahti.net.HttpFetch;
import ahti.net.Resolver;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.inside.Outside;
import ahti.testkit.record.inside.Said;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;

/** Does what a recorded engine does, really, in an ordinary actor system; what comes of it becomes inputs. */
final class RealWorld implements Outside {
    private final EngineSettings real;
    private final LiveTime inputs;
    private final RealPeers peers;
    private final RealSockets sockets;
    private final Consumer<Said> user;

    /** {@code user}: hears what the engine says, on the engine's thread. */
    RealWorld(ActorSystem<?> system, EngineSettings real, LiveTime inputs, Consumer<Said> user) {
        this.real = real;
        this.inputs = inputs;
        this.peers = new RealPeers(system, real.transport(), inputs::put);
        this.sockets = new RealSockets(system, real.datagrams(), inputs);
        this.user = user;
    }

    @Override
    public void does(Output output) {
        if (output instanceof Output.Fetch fetch) {
            fetch(fetch);
        } else if (output instanceof Output.Resolve resolve) {
            resolve(resolve);
        } else if (!peers.take(output) && !sockets.take(output)) {
            throw new IllegalArgumentException("nobody does " + output);
        }
    }

    @Override
    public void says(Said said) {
        user.accept(said);
    }

    private void fetch(Output.Fetch fetch) {
        HttpFetch.Bounds bounds =
                new HttpFetch.Bounds(Duration.ofNanos(fetch.timeoutNanos()), fetch.maxBody(), fetch.maxRedirects());
        var unused = real.http().get(URI.create(fetch.uri()), bounds).handle((reply, failure) -> {
            if (reply instanceof HttpFetch.Answer answer) {
                inputs.put(new Input.Fetched(fetch.question(), answer.status(), answer.body()));
            } else {
                String reason =
                        reply instanceof HttpFetch.Failed failed ? failed.reason() : "a fault in Ahti: " + failure;
                inputs.put(new Input.NotFetched(fetch.question(), reason));
            }
            return true;
        });
    }

    private void resolve(Output.Resolve resolve) {
        var unused = real.resolver().resolve(resolve.host()).handle((reply, failure) -> {
            if (reply instanceof Resolver.Found found) {
                inputs.put(new Input.Resolved(resolve.question(), found.addresses()));
            } else {
                String reason = reply instanceof Resolver.Unknown not ? not.reason() : "a fault in Ahti: " + failure;
                inputs.put(new Input.NotResolved(resolve.question(), reason));
            }
            return true;
        });
    }

    /** Gives up whatever is open. */
    void close() {
        peers.close();
        sockets.close();
    }
}
