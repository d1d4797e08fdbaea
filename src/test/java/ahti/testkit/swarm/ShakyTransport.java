package ahti.testkit.swarm;

import ahti.net.PeerTransport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A transport with a bug: it throws when it is to dial certain addresses. */
final class ShakyTransport implements PeerTransport {
    private final PeerTransport transport;
    private Predicate<InetSocketAddress> broken = address -> false;

    ShakyTransport(PeerTransport transport) {
        this.transport = transport;
    }

    void throwsFor(Predicate<InetSocketAddress> addresses) {
        broken = addresses;
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
        if (broken.test(peer)) {
            throw new IllegalStateException("a bug, for the test");
        }
        return transport.dial(peer);
    }

    @Override
    public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
        return transport.listen(local);
    }
}
