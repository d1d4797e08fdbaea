package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.HostPort;
import ahti.config.PortRange;
import ahti.core.ByteCount;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whom to talk to, and how long. */
final class NetworkOptions {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Listen on PORT, on the first free one of a range such as 6881-6889, or on any: 0.")
    Optional<String> port = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            description = "Listen on and send from this local address only, or those of a network interface (eth0).")
    Optional<String> bind = Optional.empty();

    @Option(names = "--peers", paramLabel = "N", description = "Be connected to at most N peers.")
    Optional<Integer> maxPeers = Optional.empty();

    @Option(
            names = "--block-list",
            paramLabel = "FILE",
            description =
                    "Have nothing to do with peers at the addresses in FILE: ipfilter.dat, P2P text, or one network per line.")
    Optional<String> blockList = Optional.empty();

    @Option(names = "--peer", paramLabel = "HOST:PORT", description = "Connect to this peer, too. May be repeated.")
    List<HostPort> peers = new ArrayList<>();

    @Option(names = "--tracker", paramLabel = "URL", description = "Announce to this tracker, too. May be repeated.")
    List<String> trackers = new ArrayList<>();

    @Option(
            names = "--down",
            paramLabel = "RATE",
            description = "Receive at most so many bytes per second, such as 500K or 10M; 0: no limit.")
    Optional<String> down = Optional.empty();

    @Option(
            names = "--up",
            paramLabel = "RATE",
            description = "Send at most so many bytes per second, such as 50K or 1M; 0: no limit.")
    Optional<String> up = Optional.empty();

    @Option(names = "--no-trackers", description = "Announce to no tracker at all.")
    boolean noTrackers;

    @Option(names = "--no-dht", description = "Ask no distributed hash table, and be no part of it.")
    boolean noDht;

    @Option(
            names = "--no-lpd",
            description = "Announce torrents to nobody in the networks around, and find nobody there.")
    boolean noLpd;

    @Option(names = "--no-pex", description = "Tell peers of no other peers, and take no notice of what they tell.")
    boolean noPex;

    @Option(names = "--for", paramLabel = "TIME", description = "Stop after TIME, whatever the state.")
    Optional<Duration> total = Optional.empty();

    /** These options as settings. */
    Map<String, Object> settings(Env env) {
        Map<String, Object> flags = new LinkedHashMap<>();
        blockList.ifPresent(
                file -> flags.put("ahti.net.block-list", env.path(file).toString()));
        port.ifPresent(written -> {
            checkPorts(written);
            flags.put("ahti.net.ports", written);
        });
        down.ifPresent(rate -> flags.put("ahti.rates.down", bytes("--down", rate)));
        up.ifPresent(rate -> flags.put("ahti.rates.up", bytes("--up", rate)));
        maxPeers.ifPresent(most -> {
            if (most < 1) {
                throw new CommandFailure(ExitCode.BAD_OPTION, "--peers: at least 1");
            }
            flags.put("ahti.torrent.max-peers", most);
            flags.put("ahti.net.max-peers", most);
        });
        bind.ifPresent(address -> flags.put("ahti.net.bind", List.of(address)));
        if (noDht) {
            flags.put("ahti.dht.enabled", false);
        }
        if (noLpd) {
            flags.put("ahti.discovery.lpd", false);
        }
        if (noPex) {
            flags.put("ahti.discovery.pex", false);
        }
        return flags;
    }

    /** The peers' addresses, names resolved. */
    List<InetSocketAddress> addresses() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (HostPort peer : peers) {
            try {
                addresses.addAll(peer.resolve());
            } catch (UnknownHostException e) {
                throw new CommandFailure(ExitCode.NAME, "--peer: no address is known for " + peer.host());
            }
        }
        return addresses;
    }

    /** The same, then those that were met. */
    List<InetSocketAddress> addresses(List<InetSocketAddress> met) {
        List<InetSocketAddress> all = new ArrayList<>(addresses());
        all.addAll(met);
        return all;
    }

    /** Each tracker of the user is a tier of its own. */
    List<List<String>> tiers() {
        return trackers.stream().map(List::of).toList();
    }

    private static long bytes(String option, String written) {
        try {
            return ByteCount.parse(written).bytes();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_OPTION, option + ": " + e.getMessage());
        }
    }

    private static void checkPorts(String written) {
        try {
            PortRange.parse(written);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--port: " + e.getMessage());
        }
    }
}
