package ahti.engine;

import static ahti.engine.PlainRig.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web seed on a plain HTTP server, over real sockets. */
@Timeout(90)
class WebSeedTest {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

    @TempDir
    Path directory;

    @Test
    void aTorrentCompletesFromAWebServerAlone() throws Exception {
        PlainRig rig = new PlainRig(directory);
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/files/sample", exchange -> {
            asked.incrementAndGet();
            send(exchange, rig.sample.content());
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/files/";
        try (Ahti ahti = PlainRig.start(0)) {
            TorrentSource source =
                    new TorrentSource.FromMetainfo(rig.sample.metainfo().withWebSeeds(List.of(url)));
            Download download = get(
                    ahti.add(source, AddOptions.to(directory.resolve("empty")).withoutTrackers()));
            get(download.finished());
        } finally {
            server.stop(0);
        }

        assertThat(directory.resolve("empty/sample")).hasBinaryContent(rig.sample.content());
        assertThat(asked.get()).isBetween(1, 10);
    }

    private static void send(HttpExchange exchange, byte[] file) throws IOException {
        Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
        assertThat(range.matches()).isTrue();
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        byte[] part = Arrays.copyOfRange(file, first, last + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + file.length);
        exchange.sendResponseHeaders(206, part.length);
        exchange.getResponseBody().write(part);
        exchange.close();
    }
}
