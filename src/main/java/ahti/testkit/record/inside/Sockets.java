package ahti.testkit.record.inside;

import ahti.net.Datagrams;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** The engine's {@link Datagrams}. */
final class Sockets implements Datagrams {
    private final Outside outside;
    private final Map<Integer, ActorRef<Event>> open = new LinkedHashMap<>();
    private Consumer<ActorRef<Event>> watch = receiver -> {};
    private int opened;

    Sockets(Outside outside) {
        this.outside = outside;
    }

    /** From now on whoever opens a socket is handed to {@code watcher}, which calls {@link #gone} when it stops. */
    void watchedBy(Consumer<ActorRef<Event>> watcher) {
        watch = watcher;
    }

    @Override
    public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
        int socket = opened++;
        open.put(socket, receiver);
        watch.accept(receiver);
        outside.does(new Output.OpenSocket(socket, local));
        return new Socket() {
            @Override
            public void send(InetSocketAddress to, ByteString payload) {
                if (open.containsKey(socket)) {
                    outside.does(new Output.SendDatagram(socket, to, payload));
                }
            }

            @Override
            public void taken() {
                // What waits is bounded outside: see LiveTime.
            }

            @Override
            public void close() {
                Sockets.this.close(socket);
            }
        };
    }

    private void close(int socket) {
        if (open.remove(socket) != null) {
            outside.does(new Output.CloseSocket(socket));
        }
    }

    /** Closes what a receiver that stopped had open. */
    void gone(ActorRef<?> receiver) {
        List<Integer> orphans = open.entrySet().stream()
                .filter(entry -> entry.getValue().path().equals(receiver.path()))
                .map(Map.Entry::getKey)
                .toList();
        orphans.forEach(this::close);
    }

    /** Takes what is for a socket; false when it is not. */
    boolean take(Input input) {
        if (input instanceof Input.Datagram datagram) {
            tell(datagram.socket(), new Received(datagram.from(), datagram.payload()));
        } else if (input instanceof Input.SocketBound bound) {
            tell(bound.socket(), new Bound(bound.local()));
        } else if (input instanceof Input.SocketBroke broke) {
            tell(broke.socket(), new Failed(broke.reason()));
            open.remove(broke.socket());
        } else {
            return false;
        }
        return true;
    }

    private void tell(int socket, Event event) {
        ActorRef<Event> receiver = open.get(socket);
        if (receiver != null) {
            receiver.tell(event);
        }
    }
}
