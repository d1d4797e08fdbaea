package ahti.testkit.net;

import ahti.net.HttpFetch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/** A plain web server with files, of which it sends whole ones and ranges. */
public final class FileServer implements WebServer {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int BAD_RANGE = 416;

    private final Map<String, ByteString> files = new LinkedHashMap<>();

    /** A server without files. */
    public FileServer() {}

    /** One more file; {@code path} begins with a slash and is percent-encoded. */
    public FileServer file(String path, ByteString bytes) {
        files.put(path, bytes);
        return this;
    }

    @Override
    public HttpFetch.Reply answer(Host client, HttpFetch.Request request) {
        ByteString file = files.get(request.uri().getRawPath());
        if (file == null) {
            return new HttpFetch.Answer(NOT_FOUND, ByteString.emptyByteString());
        }
        if (request.range().isEmpty()) {
            return new HttpFetch.Answer(OK, file);
        }
        HttpFetch.Range asked = request.range().get();
        if (asked.first() >= file.size()) {
            return new HttpFetch.Answer(BAD_RANGE, ByteString.emptyByteString());
        }
        HttpFetch.Range given = new HttpFetch.Range(asked.first(), Math.min(asked.last(), file.size() - 1L));
        return new HttpFetch.Answer(
                PARTIAL,
                file.slice((int) given.first(), (int) given.last() + 1),
                Optional.of(new HttpFetch.Part(given, OptionalLong.of(file.size()))),
                Optional.empty());
    }
}
