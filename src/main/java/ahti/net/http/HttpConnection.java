package ahti.net.http;

import ahti.net.AsciiUrl;
import ahti.net.HttpFetch;
import ahti.net.PrivateNetworks;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** One connection: a request, then its answer, then maybe the next. Closing it from another thread ends what it waits for. */
final class HttpConnection {
    private static final int BUFFER = 16 * 1024;

    private final Site site;
    /** Below TLS, so that closing never waits for a goodbye. */
    private final Socket socket;

    private final InputStream in;
    private final OutputStream out;
    private boolean reusable;
    private int answers;

    /** {@code layered}: the same as {@code socket}, or TLS over it. */
    HttpConnection(Site site, Socket socket, Socket layered) throws IOException {
        this.site = site;
        this.socket = socket;
        this.in = new BufferedInputStream(layered.getInputStream(), BUFFER);
        this.out = layered.getOutputStream();
    }

    Site site() {
        return site;
    }

    Socket socket() {
        return socket;
    }

    /** How many answers it has carried. */
    int answers() {
        return answers;
    }

    InetAddress remote() {
        return socket.getInetAddress();
    }

    /** Whether it carried an answer before: then the server may have closed it meanwhile. */
    boolean isUsed() {
        return answers > 0;
    }

    /** Whether the answer was read to its end, and another may follow. */
    boolean isReusable() {
        return reusable;
    }

    /** Asks, and reads the head of the answer. */
    Head ask(URI uri, HttpFetch.Request request) throws IOException {
        reusable = false;
        out.write(lines(uri, site, request).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return Head.read(in);
    }

    /** The lines that ask. */
    static String lines(URI uri, Site site, HttpFetch.Request request) throws Trouble {
        URI ascii = AsciiUrl.of(uri).orElseThrow(() -> Trouble.lasting("no URL that can be asked: " + uri));
        String path = ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        String common = "GET " + path + query + " HTTP/1.1\r\n" + "Host: " + site.authority() + "\r\n"
                + "User-Agent: Ahti/0.1\r\n";
        return common
                + request.range()
                        .map(range -> "Range: bytes=" + range.first() + "-" + range.last() + "\r\n"
                                + "Accept-Encoding: identity\r\nConnection: keep-alive\r\n\r\n")
                        .orElse("Accept-Encoding: gzip\r\nConnection: close\r\n\r\n");
    }

    /** Reads the rest of the answer. */
    HttpFetch.Answer answer(Head head, int most) throws IOException {
        byte[] body = Body.read(in, head, most);
        answers++;
        reusable = head.keepsAlive() && Body.isDelimited(head);
        return new HttpFetch.Answer(
                head.status(),
                ByteString.fromArrayUnsafe(Body.decoded(body, head.encoding(), most)),
                head.part(),
                head.retryAfter(),
                !PrivateNetworks.contain(remote()));
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is all that was wanted.
        }
    }
}
