package ahti.testkit.tracker;

import ahti.core.BindsTheRealWorld;
import ahti.core.MonotonicClock;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small tracker of one's own, over HTTP and UDP on the same port: enough for real clients, on loopback unless told
 * otherwise.
 *
 * <p>It knows announce and scrape, both address families, compact and listed peers, and forgets peers that stay away for
 * twice the interval. Its tables are bounded. Everything runs on daemon threads until {@link #close}.
 */
@BindsTheRealWorld(
        "the JDK's HTTP server, sockets, threads and clock: real clients talk to it, outside of any simulation")
public final class TrackerServer implements AutoCloseable {
    private static final int MOST_TRIES = 20;
    private static final int HTTP_THREADS = 4;

    private final HttpServer http;
    private final DatagramSocket udp;
    private final ExecutorService threads;
    private final TrackerSwarms swarms;

    /**
     * How it behaves.
     *
     * @param bind where it listens; port 0 for any
     * @param interval what it asks of clients, as both interval and min interval
     * @param swarms info hashes it knows at most; further ones are refused
     * @param peers peers it knows of one info hash at most; further ones get answers but are not remembered
     */
    public record Settings(InetSocketAddress bind, Duration interval, int swarms, int peers) {

        /** Any port of loopback, announces every minute, a thousand swarms of a thousand peers. */
        public static final Settings DEFAULT = new Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Duration.ofMinutes(1), 1_000, 1_000);

        /** The same with another interval. */
        public Settings withInterval(Duration other) {
            return new Settings(bind, other, swarms, peers);
        }

        /** The same with another address. */
        public Settings withBind(InetSocketAddress other) {
            return new Settings(other, interval, swarms, peers);
        }
    }

    private TrackerServer(HttpServer http, DatagramSocket udp, ExecutorService threads, TrackerSwarms swarms) {
        this.http = http;
        this.udp = udp;
        this.threads = threads;
        this.swarms = swarms;
    }

    /** Starts one on any port of loopback, on the machine's clock. */
    public static TrackerServer start() throws IOException {
        return start(Settings.DEFAULT, System::nanoTime);
    }

    /** Starts one; throws when the port is taken. */
    public static TrackerServer start(Settings settings, MonotonicClock clock) throws IOException {
        for (int tries = 1; ; tries++) {
            HttpServer http = HttpServer.create(settings.bind(), 0);
            try {
                return start(http, new DatagramSocket(http.getAddress()), settings, clock);
            } catch (IOException e) {
                http.stop(0);
                // A port that is free over TCP may be taken over UDP.
                if (settings.bind().getPort() != 0 || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static TrackerServer start(HttpServer http, DatagramSocket udp, Settings settings, MonotonicClock clock) {
        TrackerSwarms swarms = new TrackerSwarms(
                new TrackerSwarms.Bounds(settings.interval(), settings.swarms(), settings.peers()),
                clock,
                TrackerSwarms.LATEST_FIRST);
        ExecutorService threads = Executors.newFixedThreadPool(HTTP_THREADS + 1, task -> {
            Thread thread = new Thread(task, "ahti-tracker-server");
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(threads);
        TrackerSockets.serve(http, new HttpDesk(swarms));
        // Started from a daemon, the server's own thread is one, too: a forgotten close holds up no exit.
        CompletableFuture.runAsync(http::start, threads).join();
        UdpDesk desk = new UdpDesk(swarms, clock);
        threads.execute(() -> TrackerSockets.serve(udp, desk));
        return new TrackerServer(http, udp, threads, swarms);
    }

    /** Its announce URL over HTTP. */
    public String url() {
        return "http://" + hostAndPort() + "/announce";
    }

    /** Its announce URL over UDP. */
    public String udpUrl() {
        return "udp://" + hostAndPort() + "/announce";
    }

    /** Where it listens, over TCP and UDP. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** How many announces it has answered, over both ways. */
    public int announces() {
        return swarms.announces();
    }

    @Override
    public void close() {
        http.stop(0);
        udp.close();
        threads.shutdownNow();
    }

    private String hostAndPort() {
        InetAddress host = address().getAddress();
        String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":"
                + address().getPort();
    }
}
