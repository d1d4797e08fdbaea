package ahti.testkit.net;

import ahti.testkit.time.VirtualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A network in memory under virtual time: hosts with addresses and access rates, paths between them with latency, jitter and
 * loss, and what goes wrong: partitions, resets, hosts that vanish, NATs.
 *
 * <pre>{@code
 * SimulatedNetwork network = new SimulatedNetwork(time, new Random(42));
 * network.paths(Path.of(Duration.ofMillis(25)));
 * Host seed = network.host("seed").rates(1_000_000, 1_000_000);
 * Host leech = network.host("leech").behindNat();
 * }</pre>
 *
 * <p>A {@link Host} is what an engine takes for its transport, its datagrams, its HTTP and its resolver. The same calls with
 * the same generator give the same network, to the nanosecond.
 */
public final class SimulatedNetwork {
    private static final int MOST_HOSTS = 1 << 16;
    private static final byte FIRST_OCTET = 20;

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Map<String, Host> byName = new LinkedHashMap<>();
    private final Map<InetAddress, Host> byAddress = new LinkedHashMap<>();
    private final Map<String, Path> special = new LinkedHashMap<>();
    private final Map<String, PatientWebServer> webServers = new LinkedHashMap<>();
    private final TreeMap<Long, Connection> connections = new TreeMap<>();
    private final List<Partition> partitions = new ArrayList<>();
    private final Observers observers = new Observers();
    private final Dialling dialling;
    private Path usual = Path.NONE;
    private long nextConnection;

    /** An empty network. {@code random} decides what is lost, doubled and late. */
    public SimulatedNetwork(VirtualTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
        dialling = new Dialling(this);
    }

    /** A host with the next free address; the same one when the name is known. */
    public Host host(String name) {
        Host known = byName.get(name);
        return known != null ? known : host(name, address(byName.size() + 1));
    }

    /**
     * A host with this address.
     *
     * @throws IllegalArgumentException when the name or the address is taken
     */
    public Host host(String name, InetAddress address) {
        if (byName.containsKey(name) || byAddress.containsKey(address)) {
            throw new IllegalArgumentException(name + " or " + address.getHostAddress() + " is there already");
        }
        Host host = new Host(this, name, address);
        byName.put(name, host);
        byAddress.put(address, host);
        return host;
    }

    private static InetAddress address(int number) {
        if (number >= MOST_HOSTS) {
            throw new IllegalArgumentException("no addresses left");
        }
        try {
            return InetAddress.getByAddress(new byte[] {FIRST_OCTET, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Every path that is not set by {@link #path(Host, Host, Path)}. From now on. */
    public SimulatedNetwork paths(Path path) {
        usual = path;
        return this;
    }

    /** The path between two hosts, in both directions. From now on. */
    public SimulatedNetwork path(Host one, Host other, Path path) {
        special.put(pair(one, other), path);
        return this;
    }

    /** The path between two hosts. */
    public Path path(Host one, Host other) {
        if (one == other) {
            return Path.NONE;
        }
        return special.isEmpty() ? usual : special.getOrDefault(pair(one, other), usual);
    }

    private static String pair(Host one, Host other) {
        return one.name().compareTo(other.name()) < 0
                ? one.name() + ' ' + other.name()
                : other.name() + ' ' + one.name();
    }

    /** A web server under this host name; hosts reach it through {@link Host#http}. */
    public SimulatedNetwork serve(String hostName, WebServer server) {
        return serve(hostName, (client, uri, asker) -> asker.accept(server.answer(client, uri)));
    }

    /** A web server under this host name that may take its time. */
    public SimulatedNetwork serve(String hostName, PatientWebServer server) {
        webServers.put(hostName, server);
        return this;
    }

    /** Hosts on the one side and all others no longer reach each other, until {@link Partition#heal}. */
    public Partition partition(Predicate<Host> oneSide) {
        Partition partition = new Partition(this, oneSide);
        partitions.add(partition);
        return partition;
    }

    /** Also tells this one what crosses the network. */
    public SimulatedNetwork observe(Traffic traffic) {
        observers.add(traffic);
        return this;
    }

    /** The connections that are open or opening, in the order in which they were dialled. */
    public List<Connection> connections() {
        return List.copyOf(connections.values());
    }

    /** Bytes that one side of a connection has sent and its host's access has not taken yet; 0 when it is over. */
    public int backlog(long connection, boolean ofDialler) {
        Connection open = connections.get(connection);
        return open == null ? 0 : (ofDialler ? open.dialler() : open.acceptor()).backlog();
    }

    /** The time it lives in. */
    public VirtualTime time() {
        return time;
    }

    Traffic traffic() {
        return observers;
    }

    RandomGenerator random() {
        return random;
    }

    /** The hosts on the network of this one, itself among them, in the order in which they came. */
    List<Host> neighbours(Host host) {
        return byName.values().stream().filter(host::isNeighbour).toList();
    }

    Map<InetAddress, Host> byAddress() {
        return byAddress;
    }

    Map<String, Host> byName() {
        return byName;
    }

    Map<String, PatientWebServer> webServers() {
        return webServers;
    }

    /** How long something takes from here to there, this time. */
    Duration delay(Host from, Host to) {
        Path path = path(from, to);
        long jitter = path.jitter().toNanos();
        return jitter == 0 ? path.latency() : path.latency().plusNanos(random.nextLong(jitter));
    }

    boolean loses(Host from, Host to) {
        double loss = path(from, to).loss();
        return loss > 0 && random.nextDouble() < loss;
    }

    void moves(Host host, InetAddress to) {
        if (byAddress.putIfAbsent(to, host) != null) {
            throw new IllegalArgumentException(to.getHostAddress() + " is there already");
        }
        byAddress.remove(host.address());
    }

    boolean isCut(Host one, Host other) {
        for (Partition partition : partitions) {
            if (partition.separates(one, other)) {
                return true;
            }
        }
        return false;
    }

    void healed(Partition partition) {
        if (partitions.remove(partition)) {
            connections().forEach(Connection::healed);
        }
    }

    Connection connection(Host from, java.net.InetSocketAddress local, Host to, java.net.InetSocketAddress remote) {
        Connection connection = new Connection(this, nextConnection++, from, local, to, remote);
        connections.put(connection.number(), connection);
        return connection;
    }

    void forget(Connection connection) {
        connections.remove(connection.number());
    }

    void dial(Side dialler) {
        dialling.dial(dialler);
    }
}
