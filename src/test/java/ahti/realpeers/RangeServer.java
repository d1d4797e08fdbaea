package ahti.realpeers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server of the JDK that sends parts of files, on loopback. */
final class RangeServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final AtomicLong sent = new AtomicLong();

    private RangeServer(HttpServer server) {
        this.server = server;
    }

    /** Serves what is below a folder. */
    static RangeServer of(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RangeServer ours = new RangeServer(server);
        server.createContext("/", exchange -> ours.send(exchange, folder));
        server.start();
        return ours;
    }

    private void send(HttpExchange exchange, Path folder) throws IOException {
        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
        Matcher range =
                RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
        if (!Files.isRegularFile(file) || !range.matches()) {
            exchange.sendResponseHeaders(NOT_FOUND, -1);
            exchange.close();
            return;
        }
        long first = Long.parseLong(range.group(1));
        int length = (int) (Long.parseLong(range.group(2)) + 1 - first);
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + first + "-" + range.group(2) + "/" + Files.size(file));
        exchange.sendResponseHeaders(PARTIAL, length);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = exchange.getResponseBody()) {
            in.skipNBytes(first);
            out.write(in.readNBytes(length));
            sent.addAndGet(length);
        }
        exchange.close();
    }

    /** The URL of the folder. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Bytes of files that it has sent. */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
