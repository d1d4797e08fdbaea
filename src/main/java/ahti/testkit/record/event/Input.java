package ahti.testkit.record.event;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * What reaches an engine from outside. Lines are connections to peers: those that it dialled have even numbers, those that it
 * accepted odd ones. Texts are for people: no decision depends on them.
 */
public sealed interface Input extends Entry {

    /** A dialled line is open. */
    record Connected(int line, InetSocketAddress peer) implements Input {}

    /** A line could not be opened. */
    record NotConnected(int line, String reason) implements Input {}

    /** Bytes from the peer. In a file: packed, see {@code Packing}. */
    record Received(int line, ByteString bytes) implements Input {}

    /** What was sent was taken: there is room for more. */
    record Writable(int line) implements Input {}

    /** The peer closed. */
    record Finished(int line) implements Input {}

    /** The line broke. */
    record Broke(int line, String reason) implements Input {}

    /** The listener is bound. */
    record Bound(int listener, InetSocketAddress local) implements Input {}

    /** The listener could not be bound. */
    record NotBound(int listener, String reason) implements Input {}

    /** Somebody connected: {@code line} is open. */
    record Knocked(int listener, int line, InetSocketAddress peer) implements Input {}

    /** Nobody can connect any more. An empty reason: as was wanted. */
    record NotListening(int listener, String reason) implements Input {}

    /** An answer over HTTP. */
    record Fetched(int question, int status, ByteString body) implements Input {}

    /** No answer over HTTP. */
    record NotFetched(int question, String reason) implements Input {}

    /** The addresses of a name. */
    record Resolved(int question, List<InetAddress> addresses) implements Input {}

    /** A name without addresses. */
    record NotResolved(int question, String reason) implements Input {}

    /** The UDP socket is open. */
    record SocketBound(int socket, InetSocketAddress local) implements Input {}

    /** A datagram came. */
    record Datagram(int socket, InetSocketAddress from, ByteString payload) implements Input {}

    /** The UDP socket could not be opened, or broke. */
    record SocketBroke(int socket, String reason) implements Input {}

    /** The user wants something. */
    record Wished(Wish wish) implements Input {}
}
