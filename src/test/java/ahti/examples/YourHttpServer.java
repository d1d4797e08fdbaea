package ahti.examples;

import ahti.engine.Streams;
import ahti.engine.TorrentRef;
import com.sun.net.httpserver.HttpHandler;
import java.io.InputStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** Serves a file over HTTP while it downloads. */
final class YourHttpServer {
    private YourHttpServer() {}

    // README: streaming
    static HttpHandler streaming(ActorSystem<?> system, TorrentRef torrent, int file, long length) {
        return exchange -> {
            exchange.sendResponseHeaders(200, length);
            Source<ByteString, ?> bytes = Streams.file(torrent, file, 0, length);
            try (InputStream in = bytes.runWith(StreamConverters.asInputStream(), system)) {
                in.transferTo(exchange.getResponseBody());
            } finally {
                exchange.close();
            }
        };
    }
    // README: end
}
