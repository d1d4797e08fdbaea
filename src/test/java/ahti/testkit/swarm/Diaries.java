package ahti.testkit.swarm;

import ahti.core.MonotonicClock;
import ahti.testkit.net.Traffic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;

/**
 * Writes down what each of several groups of hosts sends and receives, to the nanosecond, and nothing that another group could
 * change by being there: no ports that were chosen, no numbers counted over all.
 */
final class Diaries implements Traffic {
    private final MonotonicClock clock;
    private final Map<InetAddress, String> hosts = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Map<String, List<String>> diaries = new TreeMap<>();
    private final Map<Long, Line> lines = new HashMap<>();

    /** A connection: who dialled whom, and which of the group it is. */
    private record Line(String group, String dialler, String acceptor, int number) {
        String from(boolean dialled) {
            return "#" + number + " " + (dialled ? dialler + " to " + acceptor : acceptor + " to " + dialler);
        }
    }

    Diaries(MonotonicClock clock) {
        this.clock = clock;
    }

    /** A host of no group: what it says to a host of a group belongs to that group. */
    void shared(String name, InetAddress address) {
        hosts.put(address, name);
    }

    void member(String group, String name, InetAddress address) {
        hosts.put(address, name);
        groups.put(name, group);
        diaries.computeIfAbsent(group, g -> new ArrayList<>());
    }

    List<String> of(String group) {
        return diaries.getOrDefault(group, List.of());
    }

    void note(String group, String what) {
        diaries.computeIfAbsent(group, g -> new ArrayList<>()).add(clock.nanos() + " " + what);
    }

    @Override
    public void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {
        String from = name(dialler);
        String to = name(acceptor);
        String group = group(from, to);
        int number = (int) lines.values().stream()
                .filter(line -> line.group().equals(group))
                .count();
        lines.put(connection, new Line(group, from, to, number));
        note(group, "opened #" + number + " " + from + " to " + to);
    }

    @Override
    public void sent(long connection, boolean byDialler, ByteString bytes) {
        note(connection, byDialler, "sent " + sum(bytes));
    }

    @Override
    public void arrived(long connection, boolean fromDialler, ByteString bytes) {
        note(connection, fromDialler, "arrived " + sum(bytes));
    }

    @Override
    public void over(long connection, boolean dialler, boolean broken) {
        note(connection, dialler, broken ? "broken" : "over");
    }

    @Override
    public void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {
        note(group(name(from), name(to)), name(from) + " to " + name(to) + " datagram " + sum(payload));
    }

    @Override
    public void asked(String host, URI uri) {
        note(group(host, String.valueOf(uri.getHost())), host + " asked " + uri);
    }

    private void note(long connection, boolean dialled, String what) {
        Line line = lines.get(connection);
        if (line != null) { // else it never came about
            note(line.group(), line.from(dialled) + " " + what);
        }
    }

    private String name(InetSocketAddress address) {
        return hosts.getOrDefault(address.getAddress(), address.getAddress().getHostAddress());
    }

    private String group(String one, String other) {
        return groups.getOrDefault(one, groups.getOrDefault(other, "nobody"));
    }

    private static String sum(ByteString bytes) {
        CRC32C crc = new CRC32C();
        for (ByteBuffer buffer : bytes.getByteBuffers()) {
            crc.update(buffer);
        }
        return bytes.size() + " bytes " + Long.toHexString(crc.getValue());
    }
}
