package ahti.testkit.net;

import ahti.net.PeerTransport;
import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/** How a connection comes about: a knock travels there, an answer travels back; either may get lost, and is tried again. */
final class Dialling {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SimulatedNetwork network;

    Dialling(SimulatedNetwork network) {
        this.network = network;
    }

    void dial(Side dialler) {
        var unused = network.time().after(dialler.host().dialTimeout(), () -> dialler.refused("Connection timed out"));
        knock(dialler);
    }

    private void knock(Side dialler) {
        if (dialler.isDecided()) {
            return;
        }
        Host there = network.byAddress().get(dialler.remote().getAddress());
        if (there == null) {
            return;
        }
        if (network.isCut(dialler.host(), there) || network.loses(dialler.host(), there)) {
            after(RETRY, () -> knock(dialler));
        } else {
            after(network.delay(dialler.host(), there), () -> arrived(dialler, there));
        }
    }

    private void arrived(Side dialler, Host there) {
        if (dialler.isDecided() || !there.isReachable(dialler.host())) {
            return;
        }
        ListenerStage.Door door = there.door(dialler.remote().getPort());
        if (door == null) {
            after(network.delay(there, dialler.host()), () -> dialler.refused("Connection refused"));
            return;
        }
        Connection connection = dialler.connection();
        PeerTransport.Incoming incoming = new PeerTransport.Incoming(
                connection.diallerAddress(),
                Flow.fromGraph(new PipeStage<>(connection::acceptor))
                        .mapMaterializedValue(end -> NotUsed.getInstance()));
        if (!door.offer(incoming)) {
            after(RETRY, () -> knock(dialler));
            return;
        }
        network.traffic().opened(connection.number(), connection.diallerAddress(), connection.acceptorAddress());
        after(network.delay(there, dialler.host()), dialler::established);
    }

    private void after(Duration delay, Runnable action) {
        var unused = network.time().after(delay, action);
    }
}
