package ahti.testkit.net;

import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.PeerTransport;
import ahti.net.Resolver;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A machine on a {@link SimulatedNetwork}: an address, an access of some rate, and what an engine takes from {@code net}. */
public final class Host {
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_PORT = 65_535;
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(10);

    private final SimulatedNetwork network;
    private final String name;
    private InetAddress address;
    private final Lane up;
    private final Lane down;
    private final Map<Integer, ListenerStage.Door> doors = new TreeMap<>();
    private final SimulatedDatagrams datagrams;
    private final Set<Host> spokenTo = new LinkedHashSet<>();
    private Duration dialTimeout = DIAL_TIMEOUT;
    private int nextPort = FIRST_EPHEMERAL;
    private String lan = "";
    private boolean nat;
    private boolean isDown;

    Host(SimulatedNetwork network, String name, InetAddress address) {
        this.network = network;
        this.name = name;
        this.address = address;
        up = new Lane(network.time());
        down = new Lane(network.time());
        datagrams = new SimulatedDatagrams(network, this);
    }

    public String name() {
        return name;
    }

    public InetAddress address() {
        return address;
    }

    /** This host's address and a port. */
    public InetSocketAddress at(int port) {
        return new InetSocketAddress(address, port);
    }

    /** How fast it sends and receives, all its connections together, in bytes per second; 0 for no limit. From now on. */
    public Host rates(long upload, long download) {
        up.rate(upload);
        down.rate(download);
        return this;
    }

    /** From now on nobody reaches it who was not spoken to before: no incoming connections, only answers to datagrams. */
    public Host behindNat() {
        nat = true;
        return this;
    }

    /** Whoever is on the network of this name hears what the others there send to multicast groups. On none unless said. */
    public Host onLan(String network) {
        lan = network;
        return this;
    }

    /** How long an attempt to connect may take. */
    public Host dialTimeout(Duration timeout) {
        dialTimeout = timeout;
        return this;
    }

    /**
     * The machine is gone, without a word: nothing of it is heard, nothing reaches it. Its own streams fail. Others wait for
     * it as for any silent host.
     */
    public void vanish() {
        isDown = true;
        for (Connection connection : network.connections()) {
            if (connection.touches(this)) {
                connection.lose(this);
            }
        }
    }

    /** Its processes are killed: the system closes what they left open, and the others hear of resets. */
    public void killed() {
        for (Connection connection : network.connections()) {
            if (connection.touches(this)) {
                connection.reset();
            }
        }
        doors.clear();
        datagrams.closeAll();
    }

    /**
     * What it is connected to is lost without a word, as after a long sleep, or when a router has forgotten it: both ends wait in
     * vain, and their systems give up late.
     */
    public void strandsConnections() {
        for (Connection connection : network.connections()) {
            if (connection.touches(this)) {
                connection.strand();
            }
        }
    }

    /**
     * It has another address from now on, as in another network: what was connected from the old one is lost without a word, and
     * nobody is there any more.
     *
     * @throws IllegalArgumentException when the address is taken
     */
    public void movesTo(InetAddress other) {
        network.moves(this, other);
        strandsConnections();
        address = other;
    }

    /** The machine is back after {@link #vanish}; connections of before are not. */
    public void isBack() {
        isDown = false;
    }

    /** Connections of this host. */
    public PeerTransport transport() {
        return new PeerTransport() {
            @Override
            public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
                return Flow.fromGraph(new PipeStage<>(() -> dialler(peer))).mapMaterializedValue(Side::opened);
            }

            @Override
            public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
                return Source.fromGraph(new ListenerStage(Host.this, local));
            }
        };
    }

    /** Datagrams of this host. */
    public Datagrams datagrams() {
        return datagrams;
    }

    /** HTTP from this host to the network's {@link WebServer}s. */
    public HttpFetch http() {
        return new SimulatedHttp(network, this);
    }

    /** Names of the network's hosts and web servers. */
    public Resolver resolver() {
        return new SimulatedNames(network);
    }

    @Override
    public String toString() {
        return name;
    }

    private Side dialler(InetSocketAddress peer) {
        Host there = network.byAddress().getOrDefault(peer.getAddress(), this);
        return network.connection(this, at(freePort()), there, peer).dialler();
    }

    int freePort() {
        int port = nextPort;
        nextPort = port == LAST_PORT ? FIRST_EPHEMERAL : port + 1;
        return port;
    }

    int bind(int wished, ListenerStage.Door door) throws BindException {
        int port = wished == 0 ? freePort() : wished;
        if (doors.putIfAbsent(port, door) != null) {
            throw new BindException("Address already in use: " + at(port));
        }
        return port;
    }

    void unbind(int port, ListenerStage.Door door) {
        doors.remove(port, door);
    }

    ListenerStage.@Nullable Door door(int port) {
        return doors.get(port);
    }

    Duration dialTimeout() {
        return dialTimeout;
    }

    boolean isOnLan() {
        return !lan.isEmpty();
    }

    boolean isNeighbour(Host other) {
        return isOnLan() && lan.equals(other.lan);
    }

    boolean isDown() {
        return isDown;
    }

    void speaksTo(Host other) {
        if (nat) {
            spokenTo.add(other);
        }
    }

    /** Whether something that begins there gets in here. */
    boolean isReachable(Host from) {
        return !isDown && !nat && !from.isDown;
    }

    boolean isReachableByDatagram(Host from) {
        return !isDown && !from.isDown && (!nat || spokenTo.contains(from));
    }

    SimulatedDatagrams udp() {
        return datagrams;
    }

    Lane up() {
        return up;
    }

    Lane down() {
        return down;
    }
}
