package ahti.realpeers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two hosts on one cable, as far as the programs on them can see: two network namespaces of this machine, from which nothing
 * leads anywhere else. A test is skipped where none may be made, also in CI: containers seldom allow it.
 */
final class LocalNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNetwork.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String prefix = "ahti" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";

    private LocalNetwork() {}

    /** One with the hosts {@code a} at 10.77.0.1 and fd77::1, and {@code b} at 10.77.0.2 and
     * fd77::2; it is gone after the test. */
    static LocalNetwork of(Stage stage) {
        LocalNetwork network = new LocalNetwork();
        stage.afterwards(network::remove);
        if (!network.make()) {
            String reason = "no network namespaces can be made here: it takes root, and ip of the package iproute2";
            LOG.warn("a test is skipped; {}", reason);
            Assumptions.abort(reason);
        }
        return network;
    }

    /** A command, as it is to be run on that host. */
    List<String> on(String host, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", prefix + host));
        whole.addAll(command);
        return whole;
    }

    /** Gives a host more addresses: 10.77.0.{@code number} from the first to the last. */
    List<String> more(String host, int first, int last) {
        List<String> addresses = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            String address = "10.77.0." + number;
            if (!ip("-n", prefix + host, "addr", "add", address + "/24", "dev", "ahti0")) {
                throw new AssertionError("cannot add " + address);
            }
            addresses.add(address);
        }
        return addresses;
    }

    private boolean make() {
        return ip("netns", "add", prefix + "a")
                && ip("netns", "add", prefix + "b")
                && ip(("link add ahti0 netns " + prefix + "a type veth peer name ahti0 netns " + prefix + "b")
                        .split(" "))
                && plug("a", "1")
                && plug("b", "2");
    }

    private boolean plug(String host, String number) {
        return ip("-n", prefix + host, "link", "set", "lo", "up")
                && ip("-n", prefix + host, "addr", "add", "10.77.0." + number + "/24", "dev", "ahti0")
                // Without waiting whether another has that address.
                && ip("-n", prefix + host, "addr", "add", "fd77::" + number + "/64", "dev", "ahti0", "nodad")
                && ip("-n", prefix + host, "link", "set", "ahti0", "up", "multicast", "on")
                && ip("-n", prefix + host, "route", "add", "239.0.0.0/8", "dev", "ahti0");
    }

    private void remove() {
        ip("netns", "del", prefix + "a");
        ip("netns", "del", prefix + "b");
    }

    private static boolean ip(String... words) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
