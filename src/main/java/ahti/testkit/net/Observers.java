package ahti.testkit.net;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Everybody who watches the traffic, in the order in which they came. */
final class Observers implements Traffic {
    private final List<Traffic> all = new ArrayList<>();

    void add(Traffic traffic) {
        all.add(traffic);
    }

    @Override
    public void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {
        all.forEach(one -> one.opened(connection, dialler, acceptor));
    }

    @Override
    public void sent(long connection, boolean byDialler, ByteString bytes) {
        all.forEach(one -> one.sent(connection, byDialler, bytes));
    }

    @Override
    public void arrived(long connection, boolean fromDialler, ByteString bytes) {
        all.forEach(one -> one.arrived(connection, fromDialler, bytes));
    }

    @Override
    public void over(long connection, boolean dialler, boolean broken) {
        all.forEach(one -> one.over(connection, dialler, broken));
    }

    @Override
    public void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {
        all.forEach(one -> one.datagram(from, to, payload));
    }

    @Override
    public void asked(String host, URI uri) {
        all.forEach(one -> one.asked(host, uri));
    }
}
