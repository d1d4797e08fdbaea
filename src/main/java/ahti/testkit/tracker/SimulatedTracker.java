package ahti.testkit.tracker;

import ahti.core.InfoHash;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.testkit.net.Host;
import ahti.testkit.net.SimulatedNetwork;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/**
 * A tracker that works, on a simulated network: announces in, peers out, over HTTP and UDP. Which peers is decided by lot;
 * the same generator and the same announces give the same answers.
 */
public final class SimulatedTracker {
    /** Where it listens for datagrams. */
    public static final int UDP_PORT = 6969;

    private static final int MOST_SWARMS = 1_000;
    private static final int MOST_PEERS = 100_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Host host;
    private final TrackerSwarms swarms;
    private final HttpDesk http;

    /**
     * A tracker on a host of this name.
     *
     * @param system runs its UDP side; under the network's virtual time
     * @param interval what it asks of clients, as both interval and min interval; it forgets peers after twice that
     * @param random decides which peers are handed out
     */
    public SimulatedTracker(
            SimulatedNetwork network,
            ActorSystem<?> system,
            String hostName,
            Duration interval,
            RandomGenerator random) {
        host = network.host(hostName);
        swarms = new TrackerSwarms(
                new TrackerSwarms.Bounds(interval, MOST_SWARMS, MOST_PEERS),
                network.time().clock(),
                TrackerSwarms.byLot(random));
        http = new HttpDesk(swarms);
        network.serve(hostName, this::answer);
        listen(system, new UdpDesk(swarms, network.time().clock()));
    }

    private HttpFetch.Reply answer(Host client, HttpFetch.Request request) {
        URI uri = request.uri();
        String path = String.valueOf(uri.getPath());
        if (path.equals("/announce")) {
            return page(http.announce(uri.getRawQuery(), client.address()));
        } else if (path.equals("/scrape")) {
            return page(http.scrape(uri.getRawQuery()));
        }
        return new HttpFetch.Answer(NOT_FOUND, ByteString.emptyByteString());
    }

    private static HttpFetch.Reply page(byte[] body) {
        return new HttpFetch.Answer(OK, ByteString.fromArray(body));
    }

    private void listen(ActorSystem<?> system, UdpDesk desk) {
        ActorRef<Datagrams.Event> unused = system.systemActorOf(
                Behaviors.<Datagrams.Event>setup(context -> {
                    Datagrams.Socket socket = host.datagrams().open(host.at(UDP_PORT), context.getSelf());
                    return Behaviors.receiveMessage(event -> {
                        if (event instanceof Datagrams.Received received) {
                            desk.answer(received.payload().asByteBuffer(), received.from())
                                    .ifPresent(bytes -> socket.send(received.from(), ByteString.fromArray(bytes)));
                            socket.taken();
                        }
                        return Behaviors.same();
                    });
                }),
                "tracker-" + host.name(),
                Props.empty());
    }

    /** Its announce URL over HTTP. */
    public String url() {
        return "http://" + host.name() + "/announce";
    }

    /** Its announce URL over UDP. */
    public String udpUrl() {
        return "udp://" + host.name() + ":" + UDP_PORT + "/announce";
    }

    TrackerSwarms swarms() {
        return swarms;
    }

    /** Its machine, to cut it off or slow it down. */
    public Host host() {
        return host;
    }

    /** How many announces it has answered, over both ways. */
    public int announces() {
        return swarms.announces();
    }

    /** Peers of a torrent that have everything. */
    public int seeders(InfoHash infoHash) {
        return swarms.counts(infoHash).seeders();
    }

    /** Peers of a torrent that have not. */
    public int leechers(InfoHash infoHash) {
        return swarms.counts(infoHash).leechers();
    }

    /** Where the peers of a torrent are, latest announce last. */
    public List<InetSocketAddress> addresses(InfoHash infoHash) {
        return swarms.addresses(infoHash);
    }

    /** How often a download was said to be complete. */
    public int completed(InfoHash infoHash) {
        return swarms.counts(infoHash).completed();
    }
}
