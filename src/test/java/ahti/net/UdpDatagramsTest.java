package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpDatagramsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void sendsAndReceives(String address) throws Exception {
        InetAddress here = InetAddress.getByName(address);
        Datagrams datagrams = new UdpDatagrams(kit.system(), LocalAddresses.ANY, 256);
        TestProbe<Datagrams.Event> receiver = kit.probe();
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(here, 0))) {
            other.setSoTimeout(10_000);
            Datagrams.Socket socket = datagrams.open(new InetSocketAddress(0), receiver.ref());
            // Sent before the socket is open, on purpose.
            socket.send(new InetSocketAddress(here, other.getLocalPort()), ByteString.fromString("to"));

            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            other.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("to");
            int port =
                    receiver.expectMessageClass(Datagrams.Bound.class).local().getPort();
            other.send(new DatagramPacket(new byte[] {'f'}, 1, new InetSocketAddress(here, port)));

            receiver.expectMessage(new Datagrams.Received(
                    new InetSocketAddress(here, other.getLocalPort()), ByteString.fromString("f")));
        }
    }

    @Test
    void leavesThePortFreeOverIpv6WhenItIsForIpv4Only() throws Exception {
        Datagrams datagrams = new UdpDatagrams(kit.system(), LocalAddresses.ANY, 256);
        TestProbe<Datagrams.Event> four = kit.probe();
        TestProbe<Datagrams.Event> six = kit.probe();
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
        byte[] loopback = new byte[16];
        loopback[15] = 1;

        datagrams.openIpv4(new InetSocketAddress(everywhere, 0), four.ref());
        int port = four.expectMessageClass(Datagrams.Bound.class).local().getPort();
        datagrams.open(new InetSocketAddress(InetAddress.getByAddress(loopback), port), six.ref());

        assertThat(six.expectMessageClass(Datagrams.Bound.class).local().getPort())
                .isEqualTo(port);
        assertThat(datagrams.addresses()).contains(InetAddress.getLoopbackAddress());
    }

    @Test
    void saysThatAPortIsTaken() throws SocketException {
        TestProbe<Datagrams.Event> receiver = kit.probe();
        try (DatagramSocket other = new DatagramSocket(ANY_PORT)) {
            InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();

            new UdpDatagrams(kit.system(), LocalAddresses.ANY, 256).open(taken, receiver.ref());

            assertThat(receiver.expectMessageClass(Datagrams.Failed.class).reason())
                    .startsWith("cannot open a UDP socket on");
        }
    }

    @Test
    void freesThePortWhenClosedAndWhenTheReceiverStops() {
        Datagrams datagrams = new UdpDatagrams(kit.system(), LocalAddresses.ANY, 256);
        TestProbe<Datagrams.Event> events = kit.probe();
        ActorRef<Datagrams.Event> receiver = kit.spawn(Behaviors.setup(context -> {
            datagrams.open(ANY_PORT, context.messageAdapter(Datagrams.Event.class, event -> event));
            return Behaviors.receiveMessage(event -> {
                events.ref().tell(event);
                return Behaviors.stopped();
            });
        }));
        awaitFree(events.expectMessageClass(Datagrams.Bound.class).local());
        events.expectTerminated(receiver);

        Datagrams.Socket socket = datagrams.open(ANY_PORT, events.ref());
        InetSocketAddress local =
                events.expectMessageClass(Datagrams.Bound.class).local();
        socket.close();
        awaitFree(local);
    }

    /** Closing is asynchronous: tries to bind until it works. */
    private static void awaitFree(InetSocketAddress address) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() - deadline < 0) {
            try (DatagramSocket free = new DatagramSocket(address)) {
                assertThat(free.isBound()).isTrue();
                return;
            } catch (SocketException e) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("still taken: " + address);
    }
}
