package ahti.net;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * How connections to peers are made. The real one speaks TCP; a simulated twin runs whole swarms under virtual time. Nobody
 * above can tell them apart.
 */
public interface PeerTransport {

    /**
     * A connection to a peer: materialising the flow dials. What is sent into the flow goes to the peer, what comes out of
     * it came from the peer; it completes when the peer closes and closes when its input completes.
     *
     * @return a flow whose materialised stage completes with the peer's address once the connection is open, and fails when
     *     it cannot be opened or not in time
     */
    Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer);

    /**
     * Listens. Materialising the source binds; cancelling it, or {@link Listener#close}, stops listening.
     *
     * @return a source of connections whose materialised stage fails when the address cannot be bound
     */
    Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local);

    /** Whether the user lets us talk to that one, whoever opens the connection. */
    default boolean mayTalkTo(InetSocketAddress peer) {
        return true;
    }

    /** A connection that a peer opened. Its flow must be materialised, once. */
    record Incoming(InetSocketAddress peer, Flow<ByteString, ByteString, NotUsed> bytes) {

        /** Ends it without a word, instead of materialising its flow. */
        public void refuse(Materializer materializer) {
            Source.<ByteString>empty().via(bytes).to(Sink.cancelled()).run(materializer);
        }
    }

    /** A bound address. */
    interface Listener {

        /** Where peers reach us; the port is the real one even when 0 was asked for. */
        InetSocketAddress address();

        /** Stops accepting; connections that are open stay open. */
        CompletionStage<Done> close();
    }
}
