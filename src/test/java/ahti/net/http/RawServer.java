package ahti.net.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A web server that answers each request with the bytes that the test has put ready, and remembers who asked what. */
final class RawServer implements AutoCloseable {
    /** As an answer: the server hangs up. */
    static final String HANG_UP = "";

    private final ServerSocket listener;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();

    private volatile boolean closing;

    RawServer(InetAddress address, ServerSocketFactory sockets) throws IOException {
        this.listener = sockets.createServerSocket(0, 0, address);
        daemon(this::accept);
    }

    RawServer() throws IOException {
        this(InetAddress.getLoopbackAddress(), ServerSocketFactory.getDefault());
    }

    RawServer answers(String... ready) {
        answers.addAll(List.of(ready));
        return this;
    }

    /** Whether it ends the connection after an answer: that is where a body without a length ends. */
    RawServer closesAfterEach(boolean closes) {
        closing = closes;
        return this;
    }

    URI uri(String path) {
        return URI.create("http://" + listener.getInetAddress().getHostAddress() + ":" + port() + path);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The lines of each request. */
    List<List<String>> requests() {
        return requests;
    }

    /** Everyone who connected. */
    List<InetAddress> clients() {
        return connections.stream().map(Socket::getInetAddress).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            while (true) {
                List<String> request = new ArrayList<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    request.add(line);
                }
                if (request.isEmpty()) {
                    return;
                }
                requests.add(request);
                String answer = answers.poll();
                if (answer == null || answer.equals(HANG_UP)) {
                    return;
                }
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (closing) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client hung up, as it may.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
