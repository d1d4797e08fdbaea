package ahti.torrent;

import ahti.config.TorrentConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Addresses of peers, wherever they were heard of: which to dial next, and which not (again) yet.
 *
 * <p>Bounded: beyond the configured number new addresses are forgotten. An address is dialled in the order it was heard of while there is room for all;
 * one that failed waits, twice as long each time. Time is handed in.
 */
final class Candidates {
    /** Failures after which the pause is the longest, whatever the configuration. */
    private static final int LONGEST_PAUSE = 21;

    private final TorrentConfig config;
    private final Map<InetSocketAddress, Candidate> known = new LinkedHashMap<>();
    private final Set<InetAddress> banned = new LinkedHashSet<>();
    /** On this machine, where many programs share one address. */
    private final Set<InetSocketAddress> bannedHere = new LinkedHashSet<>();

    private static final class Candidate {
        boolean busy;
        int failures;
        long notBefore = Long.MIN_VALUE;
    }

    Candidates(TorrentConfig config) {
        this.config = config;
    }

    /** Adds addresses; those that cannot be a peer's are left out. */
    void add(Collection<InetSocketAddress> addresses) {
        for (InetSocketAddress address : addresses) {
            if (isDialable(address) && known.size() < config.maxCandidates()) {
                known.putIfAbsent(address, new Candidate());
            }
        }
    }

    /** Whether an address could be a peer's: resolved, with a port, not a multicast, broadcast or wildcard address. */
    static boolean isDialable(InetSocketAddress address) {
        if (address.isUnresolved() || address.getPort() == 0) {
            return false;
        }
        InetAddress ip = address.getAddress();
        byte[] bytes = ip.getAddress();
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        boolean broadcast = bytes.length == 4 && (bytes[0] & 0xf0) == 0xf0;
        return !ip.isMulticastAddress() && !ip.isAnyLocalAddress() && !thisNetwork && !broadcast;
    }

    /**
     * Takes up to {@code most} addresses to dial now; each is busy until {@link #failed}, {@link #lost}, {@link #useless} or
     * {@link #ban}. When there are more, those come first that failed less often, then those of the highest priority.
     */
    List<InetSocketAddress> take(int most, long nowNanos, ToLongFunction<InetSocketAddress> priority) {
        if (most <= 0) {
            return List.of();
        }
        List<Map.Entry<InetSocketAddress, Candidate>> ready = known.entrySet().stream()
                .filter(entry -> mayDial(entry.getKey(), entry.getValue(), nowNanos))
                .toList();
        if (ready.size() > most) {
            ToLongFunction<Map.Entry<InetSocketAddress, Candidate>> lowest =
                    entry -> -priority.applyAsLong(entry.getKey());
            ready = ready.stream()
                    .sorted(Comparator.comparingInt(
                                    (Map.Entry<InetSocketAddress, Candidate> entry) -> entry.getValue().failures)
                            .thenComparingLong(lowest))
                    .limit(most)
                    .toList();
        }
        ready.forEach(entry -> entry.getValue().busy = true);
        return ready.stream().map(Map.Entry::getKey).toList();
    }

    /** How many could be dialled now. */
    int dialable(long nowNanos) {
        return (int) known.entrySet().stream()
                .filter(entry -> mayDial(entry.getKey(), entry.getValue(), nowNanos))
                .count();
    }

    private boolean mayDial(InetSocketAddress address, Candidate candidate, long nowNanos) {
        return !candidate.busy && candidate.notBefore <= nowNanos && !isBanned(address);
    }

    /** A connection that was good is over: its failures are forgotten, and it is tried again after the plain pause. */
    void lost(InetSocketAddress address, long nowNanos) {
        rest(address, nowNanos, 0);
    }

    /** The address could not be reached, or was of no use; it waits longer each time. */
    void failed(InetSocketAddress address, long nowNanos) {
        Candidate candidate = known.get(address);
        rest(address, nowNanos, candidate == null ? 0 : candidate.failures + 1);
    }

    /** Neither has anything for the other, and that will hardly change: it waits as long as any. */
    void useless(InetSocketAddress address, long nowNanos) {
        rest(address, nowNanos, LONGEST_PAUSE);
    }

    private void rest(InetSocketAddress address, long nowNanos, int failures) {
        Candidate candidate = known.get(address);
        if (candidate == null) {
            return;
        }
        long pause = config.reconnectPause().toNanos();
        long most = config.reconnectPauseMax().toNanos();
        candidate.busy = false;
        candidate.failures = failures;
        candidate.notBefore =
                nowNanos + Math.min(most, pause << Math.min(Math.max(0, failures - 1), LONGEST_PAUSE - 1));
        // To the end of the line: whoever was not tried yet comes first.
        known.remove(address);
        known.put(address, candidate);
    }

    /** Never again in this run, whatever its port; but on this machine only that port. */
    void ban(InetSocketAddress address) {
        if (banned.size() + bannedHere.size() >= config.maxCandidates()) {
            known.remove(address);
            return;
        }
        if (address.getAddress().isLoopbackAddress()) {
            bannedHere.add(address);
        } else {
            banned.add(address.getAddress());
        }
        known.keySet().removeIf(this::isBanned);
    }

    /** That address is of no use: it is ourselves. */
    void forget(InetSocketAddress address) {
        Candidate candidate = known.get(address);
        if (candidate != null) {
            candidate.busy = true;
        }
    }

    /** Whether an address was banned. */
    boolean isBanned(InetSocketAddress address) {
        return banned.contains(address.getAddress()) || bannedHere.contains(address);
    }

    /** The addresses that may be dialled, now or later. */
    List<InetSocketAddress> known() {
        return known.keySet().stream().filter(address -> !isBanned(address)).toList();
    }

    /** How many addresses are known. */
    int size() {
        return known.size();
    }
}
