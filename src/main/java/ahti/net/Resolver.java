package ahti.net;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Turns host names into addresses, away from the dispatchers: DNS blocks. A seam, as {@link HttpFetch} is. */
public interface Resolver {

    /** Looks up a name or reads an address. Never completes exceptionally because of the name. */
    CompletionStage<Reply> resolve(String host);

    /** Gives back what it holds, threads above all; nothing is asked afterwards. */
    default void close() {}

    /** What came of it. */
    sealed interface Reply {}

    /** At least one address, in the order to try them. */
    record Found(List<InetAddress> addresses) implements Reply {
        public Found {
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("found nothing");
            }
            addresses = List.copyOf(addresses);
        }
    }

    /** The name leads nowhere, for now. The reason is for people, and cleaned. */
    record Unknown(String reason) implements Reply {}
}
