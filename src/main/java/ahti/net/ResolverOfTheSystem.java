package ahti.net;

import ahti.core.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** {@link Resolver} over the operating system's, on threads that may block. */
public final class ResolverOfTheSystem implements Resolver {
    private static final int THREADS = 4;
    private static final int LONGEST_NAME = 100;

    private final Executor executor;

    /** A resolver that blocks these threads. */
    public ResolverOfTheSystem(Executor executor) {
        this.executor = executor;
    }

    /** A resolver on daemon threads of its own. */
    public static ResolverOfTheSystem onDaemonThreads() {
        return new ResolverOfTheSystem(DaemonThreads.pool("ahti-dns", THREADS));
    }

    @Override
    public CompletionStage<Reply> resolve(String host) {
        return CompletableFuture.supplyAsync(() -> lookUp(host), executor);
    }

    private static Reply lookUp(String host) {
        try {
            return new Found(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return new Unknown("no such host: " + Text.clean(host, LONGEST_NAME));
        }
    }
}
