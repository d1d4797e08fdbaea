package ahti.testkit.net;

import java.net.InetSocketAddress;
import java.net.URI;
import org.apache.pekko.util.ByteString;

/** Sees everything that crosses a simulated network, at the moment at which it arrives. */
public interface Traffic {

    /** A connection was opened. Numbers are given in the order of opening. */
    default void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {}

    /** Bytes of a connection arrived: from the dialler, or from the acceptor. */
    default void arrived(long connection, boolean fromDialler, ByteString bytes) {}

    /** One end heard that the connection is over: the other closed it, or it broke. */
    default void over(long connection, boolean dialler, boolean broken) {}

    /** A datagram arrived. */
    default void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {}

    /** A host asked a web server. */
    default void asked(String host, URI uri) {}
}
