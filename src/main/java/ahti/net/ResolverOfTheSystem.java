package ahti.net;

import ahti.core.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

    private ResolverOfTheSystem(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    /** A resolver that blocks these threads. */
    public ResolverOfTheSystem(Executor executor) {
        this(executor, () -> {});
    }

    /** A resolver on daemon threads of its own, which end when it is closed. */
    public static ResolverOfTheSystem onDaemonThreads() {
        DaemonThreads threads = new DaemonThreads("ahti-dns", THREADS);
        return new ResolverOfTheSystem(threads, threads::close);
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

    private static Reply lookUp(String host) {
        try {
            return new Found(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return new Unknown("no such host: " + Text.clean(host, LONGEST_NAME));
        }
    }
}
