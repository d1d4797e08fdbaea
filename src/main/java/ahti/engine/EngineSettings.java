package ahti.engine;

import ahti.config.AhtiConfig;
import ahti.core.BindsTheRealWorld;
import ahti.core.MonotonicClock;
import ahti.disk.FileStore;
import ahti.disk.OpenHandles;
import ahti.disk.RealFileStore;
import ahti.net.Datagrams;
import ahti.net.HalfOpenLimit;
import ahti.net.Handles;
import ahti.net.HttpFetch;
import ahti.net.LocalAddresses;
import ahti.net.PeerTransport;
import ahti.net.Resolver;
import ahti.net.ResolverOfTheSystem;
import ahti.net.TcpTransport;
import ahti.net.UdpDatagrams;
import ahti.net.filter.FilteredTransport;
import ahti.net.http.HttpOverSockets;
import ahti.tracker.TrackerWays;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Everything an engine works with: configuration, time, randomness, network, files.
 *
 * @param listenOn local addresses to accept peers on; empty means all
 */
public record EngineSettings(
        AhtiConfig config,
        MonotonicClock clock,
        RandomGenerator random,
        PeerTransport transport,
        HttpFetch http,
        Datagrams datagrams,
        Resolver resolver,
        FileStore files,
        List<InetAddress> listenOn) {

    /**
     * The real network, clock, disk and randomness.
     *
     * @throws IllegalArgumentException when {@code ahti.net.bind} names what is not this machine's, or whom to block cannot be
     *     read, with a sentence for the user
     */
    @BindsTheRealWorld("an engine outside of tests")
    public static EngineSettings real(ActorSystem<?> system, AhtiConfig wanted) {
        AhtiConfig config = wanted.with(
                wanted.net().within(OpenHandles.free() - wanted.net().reservedHandles()));
        if (config.net().maxPeers() < wanted.net().maxPeers()) {
            system.log()
                    .warn(
                            "{} open files (ulimit -n) leave room for {} peers (ahti.net.max-peers is {})",
                            OpenHandles.most().map(String::valueOf).orElse("so many"),
                            config.net().maxPeers(),
                            wanted.net().maxPeers());
        }
        LocalAddresses bind = LocalAddresses.read(config.net().bind());
        Handles handles = new Handles(OpenHandles::free, config.net().reservedHandles());
        PeerTransport tcp = new TcpTransport(system, config.net(), bind, handles);
        PeerTransport some = new HalfOpenLimit(tcp, config.net().maxHalfOpen(), system.executionContext());
        BlockLists lists = BlockLists.read(config.net(), new RealFileStore());
        lists.complaint().ifPresent(system.log()::warn);
        return new EngineSettings(
                config,
                System::nanoTime,
                new SecureRandom(),
                new FilteredTransport(some, lists.blocked()),
                HttpOverSockets.onDaemonThreads(bind, config.net()),
                new UdpDatagrams(system, bind, config.net().waitingDatagrams()),
                ResolverOfTheSystem.onDaemonThreads(bind),
                new RealFileStore(),
                bind.list());
    }

    /**
     * What is odd about a configuration that {@link #real} can work with: lines of a block list that are not understood.
     *
     * @throws IllegalArgumentException as {@link #real} would
     */
    public static List<String> complaints(AhtiConfig config) {
        return BlockLists.read(config.net(), new RealFileStore()).complaint().stream()
                .toList();
    }

    /**
     * Says whether {@link #real} can work with this.
     *
     * @throws IllegalArgumentException as {@link #real} would
     */
    public static void check(AhtiConfig config) {
        LocalAddresses.read(config.net().bind());
        BlockLists.read(config.net(), new RealFileStore());
    }

    /** The same with another clock. */
    public EngineSettings withClock(MonotonicClock other) {
        return new EngineSettings(config, other, random, transport, http, datagrams, resolver, files, listenOn);
    }

    /** The same with other randomness. */
    public EngineSettings withRandom(RandomGenerator other) {
        return new EngineSettings(config, clock, other, transport, http, datagrams, resolver, files, listenOn);
    }

    /** The same with another way to peers. */
    public EngineSettings withTransport(PeerTransport other) {
        return new EngineSettings(config, clock, random, other, http, datagrams, resolver, files, listenOn);
    }

    /** What it takes to ask trackers without an engine. */
    public TrackerWays trackerWays() {
        return new TrackerWays(config.tracker(), config.limits(), http, datagrams, resolver);
    }

    /** Gives back what is held outside of actors: threads for HTTP and names. For whoever made these settings. */
    public void release() {
        http.close();
        resolver.close();
    }
}
