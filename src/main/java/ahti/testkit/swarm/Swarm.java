package ahti.testkit.swarm;

import ahti.config.AhtiConfig;
import ahti.engine.EngineSettings;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.content.TorrentShape;
import ahti.testkit.disk.DiskSpeed;
import ahti.testkit.disk.Fault;
import ahti.testkit.disk.Operation.Kind;
import ahti.testkit.disk.SimulatedDisk;
import ahti.testkit.net.Host;
import ahti.testkit.net.Path;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.net.TrafficDigest;
import ahti.testkit.time.VirtualTime;
import ahti.testkit.tracker.SimulatedTracker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Describes a swarm of real engines, and runs it under one seed: the same description gives the same run, bit for bit.
 *
 * <pre>{@code
 * SwarmResult result = Swarm.seed(42).seeds(2).leechers(50).piecesOf(64 * 1024).pieces(100).run();
 * }</pre>
 *
 * <p>While it runs, the rules that hold in every swarm are checked at every step; a broken one ends the run with a
 * {@link BrokenRule} that says how to see it again.
 */
public final class Swarm {
    private static final int PORT = 6881;
    private static final String TRACKER = "tracker";
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofDays(1);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final List<String> settings = new ArrayList<>(List.of("ahti.disk.hashers = 1", "ahti.dht.enabled = false"));
    private int seeds = 1;
    private int leechers = 1;
    private int freeRiders;
    private boolean superSeeding;
    private int liars;
    private double lies;
    private int pieceLength = 64 * 1024;
    private int pieces = 32;
    private Optional<TorrentShape> shape = Optional.empty();
    private Path path = Path.of(Duration.ofMillis(25));
    private long up = 1024 * 1024;
    private long down = 4 * 1024 * 1024;
    private long seedUp = 1024 * 1024;
    private Duration arrivals = Duration.ZERO;
    private int contacts = 30;
    private String lan = "";
    private Tracking tracking = Tracking.NONE;
    private double behindNat;
    private DiskSpeed disk = DiskSpeed.INSTANT;
    private Duration limit = LIMIT;
    private String again = "";
    private UnaryOperator<EngineSettings> tampering = UnaryOperator.identity();

    private Swarm(long seed) {
        this.seed = seed;
    }

    /** Everything that is by chance in this swarm comes from that number. */
    public static Swarm seed(long seed) {
        return new Swarm(seed);
    }

    /** How many have everything from the start; 1 unless said. */
    public Swarm seeds(int count) {
        seeds = count;
        return this;
    }

    /** How many begin with nothing; 1 unless said. */
    public Swarm leechers(int count) {
        leechers = count;
        return this;
    }

    /** How many of the leechers never send a block, the last ones; none unless said. */
    public Swarm freeRiders(int count) {
        freeRiders = count;
        return this;
    }

    /** Seeds show each peer a piece or two at a time (BEP 16). */
    public Swarm superSeeding() {
        superSeeding = true;
        return this;
    }

    /**
     * How many poisoners there are besides; none unless said. They have everything, and look like seeds; but of what they read
     * to send it, a share is wrong by one bit: 1 for all, 0.1 for every tenth read.
     */
    public Swarm liars(int count, double share) {
        liars = count;
        lies = share;
        return this;
    }

    /** Bytes of a piece; 64 KiB unless said. */
    public Swarm piecesOf(int bytes) {
        pieceLength = bytes;
        return this;
    }

    /** How many pieces; 32 unless said. */
    public Swarm pieces(int count) {
        pieces = count;
        return this;
    }

    /** A torrent of any shape, in place of {@link #piecesOf} and {@link #pieces}. */
    public Swarm torrent(TorrentShape any) {
        shape = Optional.of(any);
        return this;
    }

    /** The way between any two of them; 25 ms without loss unless said. */
    public Swarm path(Path between) {
        path = between;
        return this;
    }

    /** What a leecher sends and receives at most, in bytes per second, 0 for no limit; 1 MiB and 4 MiB unless said. */
    public Swarm rates(long upload, long download) {
        up = upload;
        down = download;
        return this;
    }

    /** What a seed sends at most, in bytes per second, 0 for no limit; 1 MiB unless said. */
    public Swarm seedRate(long upload) {
        seedUp = upload;
        return this;
    }

    /** Leechers begin by and by, within that time, by lot; all at once unless said. */
    public Swarm arrivingWithin(Duration time) {
        arrivals = time;
        return this;
    }

    /** How many others each knows at the beginning, the first seed among them; 30 unless said. */
    public Swarm knowing(int others) {
        contacts = others;
        return this;
    }

    /**
     * They know nobody at the beginning and find each other through a tracker over HTTP, which asks for an announce every ten
     * minutes: {@link SwarmRun#tracker}. Said before {@link #knowing}, both hold.
     */
    public Swarm tracker() {
        return tracked(Tracking.HTTP);
    }

    /** As {@link #tracker}, over UDP (BEP 15). */
    public Swarm udpTracker() {
        return tracked(Tracking.UDP);
    }

    /**
     * They know nobody at the beginning, are all on one local network, and find each other there (BEP 14). Said before
     * {@link #knowing}, both hold.
     */
    public Swarm onOneLan() {
        lan = "lan";
        contacts = 0;
        return set("ahti.discovery.lpd = true");
    }

    private Swarm tracked(Tracking how) {
        tracking = how;
        contacts = 0;
        return this;
    }

    /** The share of leechers that nobody can connect to; none unless said. */
    public Swarm behindNat(double share) {
        behindNat = share;
        return this;
    }

    /** How fast the disks are; instant unless said. */
    public Swarm disks(DiskSpeed speed) {
        disk = speed;
        return this;
    }

    /** A line of configuration for all engines, such as {@code ahti.torrent.max-peers = 10}. */
    public Swarm set(String line) {
        settings.add(line);
        return this;
    }

    /** How much time may pass until all are complete; a day unless said. */
    public Swarm within(Duration time) {
        limit = time;
        return this;
    }

    /** For tests of the test kit: what an engine gets, before it gets it. */
    Swarm tampering(UnaryOperator<EngineSettings> settings) {
        tampering = settings;
        return this;
    }

    /** The command that runs this very swarm again, for the message of a failure. */
    public Swarm again(String command) {
        again = command;
        return this;
    }

    long seed() {
        return seed;
    }

    /**
     * Runs it until every leecher has everything.
     *
     * @throws BrokenRule when a rule is broken, or when they are not complete in time
     */
    public SwarmResult run() {
        try (SwarmRun run = begin()) {
            return run.untilComplete(limit).result();
        }
    }

    /** Begins it, for a test that wants to disturb it. To be closed. */
    public SwarmRun begin() {
        VirtualTime time = new VirtualTime();
        if (!disk.equals(DiskSpeed.INSTANT)) {
            time.mayBlock("ahti.disk-dispatcher")
                    .mayBlock("ahti.force-dispatcher")
                    .mayBlock("ahti.check-dispatcher");
        }
        String[] lines = settings.toArray(String[]::new);
        ActorSystem<Field.Task> field = time.system(Field.create(), "swarm", lines);
        AhtiConfig config = AhtiConfig.load(lines);
        SimulatedTorrent torrent = shape.orElseGet(() ->
                        SimulatedTorrent.piecesOf(pieceLength).pieces(pieces).seed(seed))
                .build();
        SimulatedNetwork network = new SimulatedNetwork(time, random(-1)).paths(path);
        TrafficDigest digest = new TrafficDigest(time.clock());
        network.observe(digest);
        Optional<SimulatedTracker> tracker = tracking == Tracking.NONE
                ? Optional.empty()
                : Optional.of(new SimulatedTracker(network, field, TRACKER, INTERVAL, random(-5)));
        List<Member> members = members(time, field, torrent, config, network);
        tracker.map(any -> tracking == Tracking.UDP ? any.udpUrl() : any.url())
                .ifPresent(url -> members.forEach(member -> member.announcesTo(url)));
        Map<InetAddress, Member> byAddress = new LinkedHashMap<>();
        members.forEach(member -> byAddress.put(member.host().address(), member));
        Ledger ledger = new Ledger(torrent.metainfo().layout());
        Rules rules = new Rules(time, torrent.metainfo().layout(), config, ledger);
        if (liars > 0) {
            rules.thereAreLiars();
        }
        network.observe(new Wiretap(byAddress, torrent.pieces(), network, rules, ledger));
        members.forEach(member -> member.disk().onWrite(rules.observerOf(member)));
        start(time, members);
        return new SwarmRun(this, time, network, torrent, members, tracker, rules, ledger, digest);
    }

    private List<Member> members(
            VirtualTime time,
            ActorSystem<Field.Task> field,
            SimulatedTorrent torrent,
            AhtiConfig config,
            SimulatedNetwork network) {
        Random chance = random(-2);
        Cast cast = cast();
        AhtiConfig selfish = selfish();
        int all = cast.size();
        List<Host> hosts = new ArrayList<>();
        List<Host> open = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            boolean isSeed = cast.hasAll(i);
            Host host = network.host(cast.name(i))
                    .rates(isSeed ? seedUp : up, isSeed ? 0 : down)
                    .onLan(lan);
            hosts.add(host);
            if (!isSeed && chance.nextDouble() < behindNat) {
                host.behindNat();
            } else {
                open.add(host);
            }
        }
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            SimulatedDisk files = new SimulatedDisk(time, mix(i)).speed(disk);
            if (cast.hasAll(i)) {
                files.holds(torrent, Member.DATA);
            } else {
                files.expects(torrent, Member.DATA);
            }
            members.add(new Member(
                    time,
                    field,
                    torrent,
                    cast.isFreeRider(i) ? selfish : config,
                    hosts.get(i).name(),
                    cast.hasAll(i),
                    hosts.get(i),
                    files,
                    random(i),
                    contacts(hosts.get(i), open, chance),
                    tampering));
        }
        members.stream().skip(seeds + leechers).forEach(this::corrupt);
        members.stream().limit(superSeeding ? seeds : 0).forEach(Member::superSeeds);
        return members;
    }

    private Cast cast() {
        return new Cast(seeds, leechers, freeRiders, liars);
    }

    private AhtiConfig selfish() {
        List<String> lines = new ArrayList<>(settings);
        lines.add("ahti.torrent.upload-slots = 0");
        return AhtiConfig.load(lines.toArray(String[]::new));
    }

    /** It reads well until it has checked what it has, or it would not offer it. */
    private void corrupt(Member liar) {
        Random chance = random(-4);
        liar.onFinished(ready -> ready.disk()
                .inject(Fault.on(Kind.READ)
                        .in(Member.DATA)
                        .when(read -> chance.nextDouble() < lies)
                        .flipsABit()));
    }

    private List<InetSocketAddress> contacts(Host host, List<Host> open, Random chance) {
        List<Host> others = new ArrayList<>(open);
        others.remove(host);
        Collections.shuffle(others, chance);
        // Whoever knows anybody knows the first seed, so that nobody is cut off from all copies.
        others.sort(Comparator.comparing((Host other) -> !other.name().equals("seed-1")));
        return others.stream().limit(contacts).map(other -> other.at(PORT)).toList();
    }

    private void start(VirtualTime time, List<Member> members) {
        Random chance = random(-3);
        for (Member member : members) {
            long wait = member.isSeed() || arrivals.isZero() ? 0 : chance.nextLong(arrivals.toNanos());
            var unused = time.after(Duration.ofNanos(wait), member::start);
        }
    }

    private Random random(int whose) {
        return new Random(mix(whose));
    }

    private long mix(int whose) {
        return seed * GOLDEN + whose * (GOLDEN >>> 1);
    }

    /** What a failure's message says besides what happened. */
    String howToSeeItAgain() {
        return "This swarm: " + this + (again.isEmpty() ? "" : System.lineSeparator() + "Run it again: " + again);
    }

    @Override
    public String toString() {
        return "Swarm.seed(" + seed + ").seeds(" + seeds + ").leechers(" + leechers + ")"
                + (freeRiders > 0 ? ".freeRiders(" + freeRiders + ")" : "")
                + (superSeeding ? ".superSeeding()" : "")
                + (liars > 0 ? ".liars(" + liars + ", " + lies + ")" : "")
                + (shape.isPresent() ? ".torrent(...)" : ".piecesOf(" + pieceLength + ").pieces(" + pieces + ")")
                + ".path(" + path + ").rates(" + up + ", " + down + ").seedRate(" + seedUp + ").arrivingWithin("
                + arrivals
                + ")" + tracking.verb() + (lan.isEmpty() ? "" : ".onOneLan()") + ".knowing(" + contacts + ").behindNat("
                + behindNat + ").disks(" + disk + ") "
                + settings;
    }
}
