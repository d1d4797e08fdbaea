package ahti.testkit.net;

import java.net.InetSocketAddress;
import java.net.URI;
import org.apache.pekko.util.ByteString;

/** Sees everything that crosses a simulated network. What it throws ends up in the stream that it watched: remember instead. */
public interface Traffic {

    /** A connection was opened. Numbers are given in the order of opening. */
    default void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {}

    /** Bytes were handed to a connection: by the dialler, or by the acceptor. They may never arrive. */
    default void sent(long connection, boolean byDialler, ByteString bytes) {}

    /** Bytes of a connection arrived, and were read: those of the dialler, or those of the acceptor. */
    default void arrived(long connection, boolean fromDialler, ByteString bytes) {}

    /** For one end the connection is over: the other closed it, or it broke, or was given up by this end. */
    default void over(long connection, boolean dialler, boolean broken) {}

    /** A datagram arrived. */
    default void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {}

    /** A host asked a web server. */
    default void asked(String host, URI uri) {}
}
