package ahti.testkit.record.live;

import ahti.net.Datagrams;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The real UDP sockets of a recorded engine. Used by its thread only. */
final class RealSockets {
    private final ActorSystem<?> system;
    private final Datagrams datagrams;
    private final LiveTime inputs;
    private final Map<Integer, Datagrams.Socket> sockets = new LinkedHashMap<>();

    RealSockets(ActorSystem<?> system, Datagrams datagrams, LiveTime inputs) {
        this.system = system;
        this.datagrams = datagrams;
        this.inputs = inputs;
    }

    /** Does what is about a socket; false when it is not. */
    boolean take(Output output) {
        if (output instanceof Output.OpenSocket open) {
            CompletableFuture<Datagrams.Socket> opened = new CompletableFuture<>();
            ActorRef<Datagrams.Event> ear =
                    system.systemActorOf(ear(open.socket(), opened), "recorded-udp-" + open.socket(), Props.empty());
            Datagrams.Socket socket = datagrams.open(open.local(), ear);
            sockets.put(open.socket(), socket);
            opened.complete(socket);
        } else if (output instanceof Output.SendDatagram send) {
            Datagrams.Socket socket = sockets.get(send.socket());
            if (socket != null) {
                socket.send(send.to(), send.payload());
            }
        } else if (output instanceof Output.CloseSocket close) {
            Datagrams.Socket socket = sockets.remove(close.socket());
            if (socket != null) {
                socket.close();
            }
        } else {
            return false;
        }
        return true;
    }

    private Behavior<Datagrams.Event> ear(int socket, CompletionStage<Datagrams.Socket> opened) {
        return Behaviors.receiveMessage(event -> {
            if (event instanceof Datagrams.Received received) {
                inputs.offer(new Input.Datagram(socket, received.from(), received.payload()));
                // What the engine has not handled yet is bounded where it is kept.
                var unused = opened.thenAccept(Datagrams.Socket::taken);
            } else if (event instanceof Datagrams.Bound bound) {
                inputs.put(new Input.SocketBound(socket, bound.local()));
            } else if (event instanceof Datagrams.Failed failed) {
                inputs.put(new Input.SocketBroke(socket, failed.reason()));
                return Behaviors.stopped();
            }
            return Behaviors.same();
        });
    }

    /** Closes all. */
    void close() {
        sockets.values().forEach(Datagrams.Socket::close);
        sockets.clear();
    }
}
