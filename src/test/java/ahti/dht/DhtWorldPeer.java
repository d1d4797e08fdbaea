package ahti.dht;

import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcReader;
import ahti.dht.krpc.KrpcWriter;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import ahti.net.Datagrams;
import ahti.testkit.net.Host;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/** A socket in a {@link DhtWorld} that says what the test wants, and remembers what it hears. */
final class DhtWorldPeer {
    final Host host;
    final InetSocketAddress address;
    final NodeId id;
    final List<KrpcMessage> heard = new ArrayList<>();
    private final Datagrams.Socket socket;

    /** {@code reaction} is told of each message that comes, and from where. */
    DhtWorldPeer(
            DhtWorld world, Host host, int port, NodeId id, BiConsumer<DhtWorldPeer, Datagrams.Received> reaction) {
        this.host = host;
        this.address = host.at(port);
        this.id = id;
        this.socket = host.datagrams().open(address, world.spawn(Behaviors.receiveMessage(event -> {
            if (event instanceof Datagrams.Received received) {
                heard.add(KrpcReader.read(received.payload()));
                reaction.accept(this, received);
                taken();
            }
            return Behaviors.same();
        })));
    }

    private void taken() {
        socket.taken();
    }

    /** One that answers nothing by itself. */
    DhtWorldPeer(DhtWorld world, Host host, int port, NodeId id) {
        this(world, host, port, id, (peer, received) -> {});
    }

    void says(InetSocketAddress to, String datagram) {
        socket.send(to, ByteString.fromArray(datagram.getBytes(StandardCharsets.ISO_8859_1)));
    }

    void asks(InetSocketAddress to, Question question) {
        asks(to, question, false);
    }

    void asks(InetSocketAddress to, Question question, boolean readOnly) {
        socket.send(
                to,
                KrpcWriter.write(new KrpcMessage.Query(ByteString.fromString("qq"), id, readOnly, Set.of(), question)));
    }

    void answers(InetSocketAddress to, KrpcMessage.Query query, Optional<InetSocketAddress> you) {
        socket.send(
                to,
                KrpcWriter.write(new KrpcMessage.Answer(
                        query.transaction(), id, List.of(), List.of(), List.of(), Optional.empty(), you)));
    }

    void sends(InetSocketAddress to, KrpcMessage.Answer answer) {
        socket.send(to, KrpcWriter.write(answer));
    }

    /** What it heard of one kind. */
    <T extends KrpcMessage> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
