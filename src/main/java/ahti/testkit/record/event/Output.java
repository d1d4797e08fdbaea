package ahti.testkit.record.event;

import java.net.InetSocketAddress;
import org.apache.pekko.util.ByteString;

/** What an engine does to the world outside. A replay that does anything else has diverged. */
public sealed interface Output extends Entry {

    /** Dials a peer. */
    record Dial(int line, InetSocketAddress peer) implements Output {}

    /** Sends bytes to the peer. In a file: packed, see {@code Packing}. */
    record Send(int line, ByteString bytes) implements Output {}

    /** Wants the next bytes of the peer. */
    record Read(int line) implements Output {}

    /** Will send no more. */
    record Finish(int line) implements Output {}

    /** Gives the line up. */
    record Abort(int line) implements Output {}

    /** Listens. */
    record Listen(int listener, InetSocketAddress local) implements Output {}

    /** Takes the next that connects. */
    record Accept(int listener) implements Output {}

    /** Listens no more. */
    record Unlisten(int listener) implements Output {}

    /** Asks over HTTP. */
    record Fetch(int question, String uri, long timeoutNanos, int maxBody, int maxRedirects) implements Output {}

    /** Asks for the addresses of a name. */
    record Resolve(int question, String host) implements Output {}

    /** Opens a UDP socket. */
    record OpenSocket(int socket, InetSocketAddress local) implements Output {}

    /** Sends a datagram. */
    record SendDatagram(int socket, InetSocketAddress to, ByteString payload) implements Output {}

    /** Closes a UDP socket. */
    record CloseSocket(int socket) implements Output {}

    /** Told its user something: the kind and the numbers of it. */
    record Told(String what) implements Output {}
}
