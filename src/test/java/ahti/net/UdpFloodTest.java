package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.io.Udp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Datagrams come faster than whoever hears them can handle them. */
@Timeout(60)
class UdpFloodTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final InetSocketAddress FLOODER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final int WAITING = 16;
    /** For a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @Test
    void aReceiverHasSoManyBeforeItAndNotOneMore() {
        TestProbe<Datagrams.Event> receiver = kit.probe();
        Unread unread = new Unread(WAITING);
        ActorRef<Object> socket = kit.spawn(UdpSocket.create(ANY_PORT, true, unread, receiver.ref()));
        receiver.expectMessageClass(Datagrams.Bound.class, PATIENCE);

        flood(socket);
        receiver.receiveSeveralMessages(WAITING, PATIENCE);
        for (int i = 0; i < 3; i++) {
            unread.taken();
        }
        flood(socket);
        receiver.receiveSeveralMessages(3, PATIENCE);
        socket.tell(UdpSocket.Close.INSTANCE);
        receiver.expectTerminated(socket, PATIENCE);
        receiver.expectNoMessage();
    }

    private static void flood(ActorRef<Object> socket) {
        for (int i = 0; i < 1000; i++) {
            socket.tell(new Udp.Received(ByteString.fromInts(i >> 8, i), FLOODER));
        }
    }

    /** The operating system loses most of it: whoever wants to be heard says it again, as everybody does over UDP. */
    @Test
    void afterAFloodEverybodyIsHeardAgain() throws Exception {
        TestProbe<Datagrams.Event> receiver = kit.probe();
        Datagrams datagrams = new UdpDatagrams(kit.system(), LocalAddresses.ANY, WAITING);
        Datagrams.Socket socket = datagrams.open(ANY_PORT, receiver.ref());
        InetSocketAddress here =
                receiver.expectMessageClass(Datagrams.Bound.class, PATIENCE).local();
        try (DatagramSocket flooder = new DatagramSocket(ANY_PORT)) {
            for (int i = 0; i < 20_000; i++) {
                flooder.send(new DatagramPacket(new byte[] {'f'}, 1, here));
            }
            int heard = 0;
            while (!isLast(receiver.receiveMessage(PATIENCE))) {
                socket.taken();
                heard++;
                if (heard % WAITING == 0) {
                    flooder.send(new DatagramPacket(new byte[] {'l'}, 1, here));
                }
            }

            assertThat(heard).isGreaterThan(2 * WAITING);
        }
    }

    private static boolean isLast(Datagrams.Event event) {
        return ((Datagrams.Received) event).payload().head() == 'l';
    }
}
