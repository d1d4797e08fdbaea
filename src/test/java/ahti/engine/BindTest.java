package ahti.engine;

import static ahti.engine.PlainRig.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ahti.net.bind}: nothing leaves from any other address. */
@Timeout(60)
class BindTest {
    private static final int PATIENCE = (int) Duration.ofSeconds(30).toMillis();
    private static final Pattern PORT = Pattern.compile("(?:^|&)port=([0-9]+)");

    @TempDir
    Path directory;

    @Test
    void everySocketHasTheBoundAddress() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        InetAddress own = InetAddress.getByName("127.0.0.2");
        PlainRig rig = new PlainRig(directory);
        BlockingQueue<InetAddress> announcers = new ArrayBlockingQueue<>(100);
        BlockingQueue<String> queries = new ArrayBlockingQueue<>(100);
        HttpServer tracker = HttpServer.create(new InetSocketAddress(here, 0), 0);
        tracker.createContext("/", exchange -> {
            announcers.add(exchange.getRemoteAddress().getAddress());
            queries.add(exchange.getRequestURI().getRawQuery());
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        tracker.start();
        try (ServerSocket peer = new ServerSocket(0, 0, here);
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(here, 0));
                Ahti ahti = Ahti.start(Map.of("net.ports", "0", "net.bind", List.of("127.0.0.2")))) {
            peer.setSoTimeout(PATIENCE);
            udp.setSoTimeout(PATIENCE);
            get(ahti.add(
                    rig.source,
                    AddOptions.to(directory.resolve("empty"))
                            .peers((InetSocketAddress) peer.getLocalSocketAddress())
                            .trackers(List.of(
                                    List.of("http://127.0.0.1:"
                                            + tracker.getAddress().getPort() + "/announce"),
                                    List.of("udp://127.0.0.1:" + udp.getLocalPort() + "/announce")))));

            try (Socket dialled = peer.accept()) {
                assertThat(dialled.getInetAddress()).isEqualTo(own);
            }
            assertThat(announcers.poll(PATIENCE, TimeUnit.MILLISECONDS)).isEqualTo(own);
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            udp.receive(packet);
            assertThat(packet.getAddress()).isEqualTo(own);

            int port = port(queries.take());
            try (Socket stranger = new Socket(own, port)) {
                assertThat(stranger.isConnected()).isTrue();
            }
            assertThatThrownBy(() -> new Socket(here, port)).isInstanceOf(ConnectException.class);
        } finally {
            tracker.stop(0);
        }
    }

    @Test
    void anInterfaceStandsForItsAddresses() throws IOException {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getName();

        try (Ahti ahti = Ahti.start(Map.of("net.ports", "0", "net.bind", List.of(loopback)))) {
            assertThat(ahti.downloads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void anAddressThatIsNotOursStartsNothing(String address) {
        assertThatThrownBy(() -> Ahti.start(Map.of("net.bind", List.of(address))))
                .hasMessage("'" + address + "' is not an address of this machine");
    }

    @Test
    void anInterfaceThatIsGoneStartsNothing() {
        assertThatThrownBy(() -> Ahti.start(Map.of("net.bind", List.of("tun9.invalid"))))
                .hasMessage("'tun9.invalid' is not an address of this machine, nor a network interface");
    }

    private static int port(String query) {
        Matcher port = PORT.matcher(query);
        assertThat(port.find()).as(query).isTrue();
        return Integer.parseInt(port.group(1));
    }
}
