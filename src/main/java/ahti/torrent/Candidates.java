package ahti.torrent;

import ahti.config.PexConfig;
import ahti.config.TorrentConfig;
import ahti.net.PrivateNetworks;
import ahti.peer.PeerConnection.Parting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Addresses of peers, wherever they were heard of: which to dial next, and which not (again) yet.
 *
 * <p>Bounded: beyond the configured number new addresses are forgotten. An address is dialled in the order it was heard of while there is room for all;
 * one that failed waits, twice as long each time. While nobody is connected that proves little: it may be our own network that is
 * gone ({@link Solitude}). Time is handed in.
 */
final class Candidates {
    /** Failures after which the pause is the longest, whatever the configuration. */
    private static final int LONGEST_PAUSE = 21;

    /** So many addresses may be named at once however little room is left. */
    private static final int SMALL_CROWD = 50;

    /** Below it are the services of innocent hosts far more often than peers: tried once, and then left alone for long. */
    private static final int FIRST_HIGH_PORT = 1024;

    private final TorrentConfig config;
    private final Map<InetSocketAddress, Candidate> known = new LinkedHashMap<>();
    private final Solitude solitude;
    private Set<InetSocketAddress> visitors = Set.of();
    private final Set<InetAddress> banned = new LinkedHashSet<>();
    /** On this machine, where many programs share one address. */
    private final Set<InetSocketAddress> bannedHere = new LinkedHashSet<>();

    Candidates(TorrentConfig config) {
        this.config = config;
        this.solitude = new Solitude(config.reconnectPause());
    }

    /**
     * Adds addresses; those that cannot be a peer's are left out. Whoever names many at once fills half of the room that is left,
     * and who was dialled in vain gives way: no tracker keeps out those whom others name. Of one address no more ports are kept
     * than it may have connections, for all of them may be innocent.
     */
    void add(Collection<InetSocketAddress> addresses) {
        int left = config.maxCandidates() - known.size();
        int most = Math.max(left / 2, Math.min(SMALL_CROWD, config.maxCandidates()));
        Map<InetAddress, Integer> ports = new LinkedHashMap<>();
        known.keySet().forEach(address -> ports.merge(address.getAddress(), 1, Integer::sum));
        for (InetSocketAddress address : addresses) {
            Candidate before = known.get(address);
            if (before != null) {
                before.toldBy = Optional.empty();
            } else if (most > 0 && isDialable(address) && hasRoomFor(address, ports)) {
                known.put(address, new Candidate());
                ports.merge(address.getAddress(), 1, Integer::sum);
                most--;
            }
        }
    }

    private boolean hasRoomFor(InetSocketAddress address, Map<InetAddress, Integer> ports) {
        InetAddress ip = address.getAddress();
        boolean isCrowded = !PrivateNetworks.isNear(ip) && ports.getOrDefault(ip, 0) >= config.maxPeersPerAddress();
        if (isCrowded) {
            return forgetWorst(other -> other.getAddress().equals(ip), this::isHopeless);
        }
        return known.size() < config.maxCandidates()
                || forgetWorst(any -> true, candidate -> candidate.failures > 0 && !candidate.busy);
    }

    /** Whether it failed so often that it waits as long as any. */
    private boolean isHopeless(Candidate candidate) {
        return !candidate.busy
                && candidate.failures > 0
                && pause(candidate.failures) >= config.reconnectPauseMax().toNanos();
    }

    private boolean forgetWorst(Predicate<InetSocketAddress> of, Predicate<Candidate> which) {
        Optional<InetSocketAddress> worst = known.entrySet().stream()
                .filter(entry -> of.test(entry.getKey()) && which.test(entry.getValue()))
                .max(Comparator.comparingInt(entry -> entry.getValue().failures))
                .map(Map.Entry::getKey);
        worst.ifPresent(known::remove);
        return worst.isPresent();
    }

    /**
     * Adds addresses that a peer told of, which may be anybody's: few of one peer, few ports of one address, and half of the room
     * at most, so that whoever is named by others is heard. Those that were dialled in vain give way to new ones.
     */
    void addTold(InetAddress by, Collection<InetSocketAddress> addresses, PexConfig bounds) {
        Map<InetAddress, Integer> ports = new LinkedHashMap<>();
        int told = 0;
        int toldByIt = 0;
        for (Map.Entry<InetSocketAddress, Candidate> entry : known.entrySet()) {
            if (entry.getValue().toldBy.isPresent()) {
                told++;
                toldByIt += entry.getValue().toldBy.get().equals(by) ? 1 : 0;
                ports.merge(entry.getKey().getAddress(), 1, Integer::sum);
            }
        }
        for (InetSocketAddress address : addresses) {
            boolean isNew = isDialable(address) && !known.containsKey(address);
            boolean isCrowded = !address.getAddress().isLoopbackAddress()
                    && ports.getOrDefault(address.getAddress(), 0) >= bounds.perAddress();
            if (!isNew || isCrowded || toldByIt >= bounds.perPeer()) {
                continue;
            }
            if (told < config.maxCandidates() / 2 && known.size() < config.maxCandidates()) {
                told++;
            } else if (!forgetOneDead()) {
                return;
            }
            Candidate candidate = new Candidate();
            candidate.toldBy = Optional.of(by);
            known.put(address, candidate);
            toldByIt++;
            ports.merge(address.getAddress(), 1, Integer::sum);
        }
    }

    private boolean forgetOneDead() {
        Optional<InetSocketAddress> dead = known.entrySet().stream()
                .filter(entry -> entry.getValue().isToldAndDead())
                .map(Map.Entry::getKey)
                .findFirst();
        dead.ifPresent(known::remove);
        return dead.isPresent();
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
     * Takes up to {@code most} addresses to dial now; each is busy until {@link #left}, {@link #failed}, {@link #lost},
     * {@link #useless} or {@link #ban}. When there are more, those that peers told of, and ports of services, come last; then
     * those that failed less often come first, then those of the highest priority.
     */
    List<InetSocketAddress> take(int most, long nowNanos, ToLongFunction<InetSocketAddress> priority) {
        if (most <= 0) {
            return List.of();
        }
        List<InetSocketAddress> chosen = new ArrayList<>(missed(most, nowNanos));
        List<Map.Entry<InetSocketAddress, Candidate>> ready = known.entrySet().stream()
                .filter(entry -> mayDial(entry.getKey(), entry.getValue(), nowNanos))
                .toList();
        int left = most - chosen.size();
        if (ready.size() > left) {
            ToLongFunction<Map.Entry<InetSocketAddress, Candidate>> lowest =
                    entry -> -priority.applyAsLong(entry.getKey());
            ready = ready.stream()
                    .sorted(Comparator.comparing((Map.Entry<InetSocketAddress, Candidate> entry) ->
                                    entry.getValue().toldBy.isPresent() || isOfAService(entry.getKey()))
                            .thenComparingInt(entry -> entry.getValue().failures)
                            .thenComparingLong(lowest))
                    .limit(left)
                    .toList();
        }
        ready.forEach(entry -> entry.getValue().busy = true);
        ready.forEach(entry -> chosen.add(entry.getKey()));
        return chosen;
    }

    /** While nobody is here: some of those that were of use before, whose rest is not over. */
    private List<InetSocketAddress> missed(int most, long nowNanos) {
        if (!solitude.looksAround(nowNanos)) {
            return List.of();
        }
        List<Map.Entry<InetSocketAddress, Candidate>> missed = known.entrySet().stream()
                .filter(entry -> entry.getValue().proven && isFree(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(entry -> entry.getValue().restsSince - nowNanos))
                .limit(Math.min(most, Solitude.MISSED_AT_ONCE))
                .toList();
        missed.forEach(entry -> entry.getValue().busy = true);
        return missed.stream().map(Map.Entry::getKey).toList();
    }

    /** The last connection is over. {@code silently}: nothing came from it any more. */
    void alone(boolean silently, long nowNanos) {
        solitude.begins(silently, nowNanos);
    }

    /** Whether nobody is connected any more, though nobody hung up: perhaps it is our own network that is gone. */
    boolean isCutOff() {
        return solitude.isSilence();
    }

    /** Whoever is there is a peer, not only an address. */
    void proved(InetSocketAddress address) {
        Candidate candidate = known.get(address);
        if (candidate != null) {
            candidate.proven = true;
        }
    }

    /**
     * Somebody is connected; true when nobody was for a while. Then those that were of use before are not to blame for what
     * failed meanwhile, and need not rest.
     */
    boolean inCompany(long nowNanos) {
        boolean isBack = solitude.ends(nowNanos);
        if (isBack) {
            for (Candidate candidate : known.values()) {
                if (candidate.proven && !candidate.busy) {
                    candidate.forgive(nowNanos);
                }
            }
        }
        return isBack;
    }

    /** Our network is another: nobody is to blame for what failed before. */
    void rerouted(long nowNanos) {
        known.values().stream()
                .filter(candidate -> !candidate.busy && candidate.toldBy.isEmpty())
                .forEach(candidate -> candidate.forgive(nowNanos));
    }

    /** Where those listen who dialled us, as they say: they are here already. */
    void visitors(Set<InetSocketAddress> listening) {
        visitors = listening;
    }

    /** How many could be dialled now. */
    int dialable(long nowNanos) {
        return (int) known.entrySet().stream()
                .filter(entry -> mayDial(entry.getKey(), entry.getValue(), nowNanos))
                .count();
    }

    private boolean mayDial(InetSocketAddress address, Candidate candidate, long nowNanos) {
        return candidate.notBefore <= nowNanos && isFree(address, candidate);
    }

    private boolean isFree(InetSocketAddress address, Candidate candidate) {
        return !candidate.busy && !visitors.contains(address) && !isBanned(address);
    }

    /** A peer is gone; one that dialled us and fell silent may be reached where it listens. */
    void left(Member member, Parting parting, boolean isUseless, long nowNanos) {
        if (isUseless) {
            useless(member.address, nowNanos);
            return;
        }
        InetSocketAddress address = member.address;
        boolean wasOfUse = member.gaveOrTook();
        if (wasOfUse && member.incoming && parting == Parting.SILENT) {
            address = member.listensAt().orElse(address);
            add(List.of(address));
        }
        left(address, parting, wasOfUse, nowNanos);
    }

    /** A connection is over. {@code wasOfUse}: whether something flowed, either way. */
    void left(InetSocketAddress address, Parting parting, boolean wasOfUse, long nowNanos) {
        if (wasOfUse) {
            proved(address);
        }
        if (parting == Parting.SELF) {
            // Not for ever: our address may be somebody else's tomorrow.
            useless(address, nowNanos);
        } else if (wasOfUse && parting == Parting.CLOSED) {
            lost(address, nowNanos);
        } else {
            failed(address, nowNanos);
        }
    }

    /** A connection that was good is over: its failures are forgotten, and it is tried again after the plain pause. */
    void lost(InetSocketAddress address, long nowNanos) {
        Candidate candidate = known.get(address);
        if (candidate != null) {
            candidate.toldBy = Optional.empty();
        }
        rest(address, nowNanos, 0);
    }

    /** The address could not be reached, or was of no use; it waits longer each time. */
    void failed(InetSocketAddress address, long nowNanos) {
        Candidate candidate = known.get(address);
        if (candidate != null) {
            int failures = candidate.failures + 1;
            boolean isUnlikely =
                    isOfAService(address) || (candidate.toldBy.isPresent() && failures >= Candidate.TOLD_TRIES);
            rest(address, nowNanos, isUnlikely ? LONGEST_PAUSE : failures);
        }
    }

    /** Neither has anything for the other, and that will hardly change: it waits as long as any. */
    void useless(InetSocketAddress address, long nowNanos) {
        Candidate candidate = known.get(address);
        if (candidate != null) {
            candidate.proven = false;
        }
        rest(address, nowNanos, LONGEST_PAUSE);
    }

    private void rest(InetSocketAddress address, long nowNanos, int failures) {
        Candidate candidate = known.get(address);
        if (candidate == null) {
            return;
        }
        candidate.busy = false;
        candidate.failures = failures;
        candidate.restsSince = nowNanos;
        candidate.notBefore = nowNanos + pause(failures);
        // To the end of the line: whoever was not tried yet comes first.
        known.remove(address);
        known.put(address, candidate);
    }

    private long pause(int failures) {
        long pause = config.reconnectPause().toNanos() << Math.min(Math.max(0, failures - 1), LONGEST_PAUSE - 1);
        return Math.min(config.reconnectPauseMax().toNanos(), pause);
    }

    /** In the networks around us the user knows better. */
    private static boolean isOfAService(InetSocketAddress address) {
        return address.getPort() < FIRST_HIGH_PORT && !PrivateNetworks.isNear(address.getAddress());
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
