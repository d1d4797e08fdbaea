package ahti.testkit.tracker;

import ahti.core.BindsTheRealWorld;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The sockets before a {@link TrackerServer}'s two desks. */
@BindsTheRealWorld("the exchanges of the JDK's HTTP server")
final class TrackerSockets {
    private static final int MOST_BYTES = 2_048;

    private TrackerSockets() {}

    static void serve(HttpServer http, HttpDesk desk) {
        http.createContext(
                "/announce",
                exchange -> send(
                        exchange,
                        desk.announce(
                                exchange.getRequestURI().getRawQuery(),
                                exchange.getRemoteAddress().getAddress())));
        http.createContext(
                "/scrape",
                exchange -> send(exchange, desk.scrape(exchange.getRequestURI().getRawQuery())));
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        exchange.close();
    }

    /** Answers one datagram after the other until the socket is closed. */
    static void serve(DatagramSocket socket, UdpDesk desk) {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MOST_BYTES);
                socket.receive(packet);
                InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
                Optional<byte[]> answer = desk.answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), from);
                if (answer.isPresent()) {
                    socket.send(new DatagramPacket(answer.get(), answer.get().length, from));
                }
            } catch (IOException e) {
                // Closed, or a datagram that could not be sent: UDP may lose it.
            }
        }
    }
}
