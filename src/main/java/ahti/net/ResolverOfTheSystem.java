package ahti.net;

import ahti.core.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** {@link Resolver} over the operating system's, on threads that may block. */
public final class ResolverOfTheSystem implements Resolver {
    private static final int THREADS = 4;
    private static final int LONGEST_NAME = 100;

    private final Executor executor;
    private final Runnable end;
    private final LocalAddresses from;

    private ResolverOfTheSystem(Executor executor, Runnable end, LocalAddresses from) {
        this.executor = executor;
        this.end = end;
        this.from = from;
    }

    /** A resolver that blocks these threads. */
    public ResolverOfTheSystem(Executor executor) {
        this(executor, () -> {}, LocalAddresses.ANY);
    }

    /**
     * A resolver on daemon threads of its own, which end when it is closed.
     *
     * @param from what they cannot reach is not found
     */
    public static ResolverOfTheSystem onDaemonThreads(LocalAddresses from) {
        DaemonThreads threads = new DaemonThreads("ahti-dns", THREADS);
        return new ResolverOfTheSystem(threads, threads::close, from);
    }

    @Override
    public CompletionStage<Reply> resolve(String host) {
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(host), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Unknown("not looked up: the engine has stopped"));
        }
    }

    @Override
    public void close() {
        end.run();
    }

    private Reply lookUp(String host) {
        try {
            List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .filter(from::reaches)
                    .toList();
            return addresses.isEmpty()
                    ? new Unknown("no address of " + Text.clean(host, LONGEST_NAME) + " can be reached from here")
                    : new Found(addresses);
        } catch (UnknownHostException e) {
            return new Unknown("no such host: " + Text.clean(host, LONGEST_NAME));
        }
    }
}
