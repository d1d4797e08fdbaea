package ahti.realpeers;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Free ports of the loopback address, below those that the system hands out for outgoing connections. */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    /** Starts somewhere else in every process, so that two runs on one machine seldom meet. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private Ports() {}

    /** A port that nobody uses, neither for TCP nor for UDP. Given out once. */
    static int free() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new AssertionError("no free port");
    }

    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Whether somebody listens on a TCP port. Reads the system's table: a probing connection would disturb the program. */
    static boolean listening(int port) {
        String address = ":" + String.format(Locale.ROOT, "%04X", port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> rows(Path.of(table)).stream())
                .map(row -> row.strip().split("\\s+"))
                .anyMatch(columns -> columns.length > 3 && columns[1].endsWith(address) && columns[3].equals("0A"));
    }

    private static List<String> rows(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
