package ahti.testkit.swarm;

import ahti.config.AhtiConfig;
import ahti.core.Bitfield;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.engine.EventFilter;
import ahti.engine.TorrentSource;
import ahti.net.HalfOpenLimit;
import ahti.testkit.Watching;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.disk.SimulatedDisk;
import ahti.testkit.net.Host;
import ahti.testkit.time.VirtualTime;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * One real engine in a swarm, with the host and the disk it runs on. It may be stopped, killed, or lose its power, and
 * started again; host and disk stay.
 */
public final class Member {
    static final Path DATA = Path.of("/data");
    private static final Path STATE = Path.of("/state");
    private static final Duration ASKS_AGAIN = Duration.ofSeconds(5);

    private final VirtualTime time;
    private final ActorSystem<Field.Task> field;
    private final SimulatedTorrent torrent;
    private final AhtiConfig config;
    private final String name;
    private final boolean seed;
    private final Host host;
    private final SimulatedDisk disk;
    private final Storage storage;
    private final Random random;
    private final List<InetSocketAddress> contacts;
    private final UnaryOperator<EngineSettings> tampering;
    private List<List<String>> trackers = List.of();
    private final List<TorrentEvent> events = new ArrayList<>();
    private Consumer<Member> onFinished = member -> {};
    private Runnable onDeath = () -> {};
    private @Nullable Duration finished;
    private @Nullable ActorRef<Engine.Command> engine;
    private @Nullable ActorRef<Torrent.Command> handle;
    private @Nullable MortalStore files;
    private int lives;
    /** Whether an engine runs, or will as soon as the field has spawned it. */
    private boolean up;
    /** Whether that is how its last life ended. */
    private boolean lostPower;

    private boolean superSeeds;

    Member(
            VirtualTime time,
            ActorSystem<Field.Task> field,
            SimulatedTorrent torrent,
            AhtiConfig config,
            String name,
            boolean seed,
            Host host,
            SimulatedDisk disk,
            Random random,
            List<InetSocketAddress> contacts,
            UnaryOperator<EngineSettings> tampering) {
        this.time = time;
        this.field = field;
        this.torrent = torrent;
        this.config = config;
        this.name = name;
        this.seed = seed;
        this.host = host;
        this.disk = disk;
        this.random = random;
        this.contacts = contacts;
        this.tampering = tampering;
        storage = new Storage(torrent, DATA);
    }

    /** What it is called in results: {@code seed-1}, {@code leecher-7}, {@code liar-1}. */
    public String name() {
        return name;
    }

    /** Whether it had everything from the start. */
    public boolean isSeed() {
        return seed;
    }

    /** The machine it runs on. */
    public Host host() {
        return host;
    }

    /** The disk it stores on. */
    public SimulatedDisk disk() {
        return disk;
    }

    /** When it had everything, since the beginning of the swarm. */
    public Optional<Duration> finished() {
        return Optional.ofNullable(finished);
    }

    /** The torrent of this life of it, once the engine took it on. */
    public Optional<ActorRef<Torrent.Command>> torrent() {
        return Optional.ofNullable(handle);
    }

    /** What the engine told, oldest first, of all lives. */
    public List<TorrentEvent> events() {
        return List.copyOf(events);
    }

    /** Whether an engine runs. */
    public boolean isUp() {
        return up;
    }

    boolean hasStarted() {
        return lives > 0;
    }

    /** Runs the engine, which begins with what is on the disk. */
    public void start() {
        if (up) {
            return;
        }
        up = true;
        host.isBack();
        storage.reset(disk.pieces(torrent, DATA), !lostPower);
        lostPower = false;
        MortalStore life = new MortalStore(disk);
        files = life;
        int number = ++lives;
        EngineSettings settings = tampering.apply(new EngineSettings(
                config,
                time.clock(),
                new Random(random.nextLong()),
                new HalfOpenLimit(host.transport(), config.net().maxHalfOpen(), time.executor()),
                host.http(),
                host.datagrams(),
                host.resolver(),
                life,
                List.of()));
        field.tell(context -> {
            if (!up || number != lives) {
                return; // it was ended before it began
            }
            ActorRef<Engine.Command> started = context.spawn(Engine.create(settings), name + "-" + number);
            engine = started;
            started.tell(new Engine.Watch(EventFilter.all(), Field.ear(context, Watching.torrents(this::heard))));
            add(context, started, number);
        });
    }

    private void add(ActorContext<Field.Task> context, ActorRef<Engine.Command> asked, int life) {
        asked.tell(new Engine.Add(
                new TorrentSource.FromMetainfo(torrent.metainfo()),
                options(),
                Field.earForOne(context, reply -> added(life, asked, reply))));
    }

    /** Where its actors are; empty while there are none. */
    Optional<ActorRef<Engine.Command>> engine() {
        return Optional.ofNullable(engine);
    }

    /** The system that its actors live in. */
    ActorSystem<Field.Task> field() {
        return field;
    }

    /** It shows each peer a piece or two at a time, from its next start on. */
    void superSeeds() {
        superSeeds = true;
    }

    private AddOptions options() {
        AddOptions options = AddOptions.to(DATA)
                .peers(contacts.toArray(InetSocketAddress[]::new))
                .stateIn(STATE);
        options = superSeeds ? options.superSeeding() : options;
        return trackers.isEmpty() ? options.withoutTrackers() : options.trackers(trackers);
    }

    /** When it is refused it asks again, as its user would: the life before may not have ended, or its disk is broken. */
    private void added(int life, ActorRef<Engine.Command> asked, Engine.AddReply reply) {
        if (life != lives || !up) {
            return;
        }
        if (reply instanceof Engine.Added added) {
            handle = added.torrent().actor();
            return;
        }
        var unused = time.after(
                ASKS_AGAIN,
                () -> field.tell(context -> {
                    if (life == lives && up) {
                        add(context, asked, life);
                    }
                }));
    }

    private void heard(TorrentEvent event) {
        events.add(event);
        if (event instanceof TorrentEvent.Finished && finished == null) {
            finished = time.now();
            onFinished.accept(this);
        }
    }

    /** What is on its disk changed, and not by its own doing: it may fetch again what is there, or not. */
    void looksAtItsDisk() {
        storage.reset(pieces(), false);
    }

    /** From its next start on. */
    void announcesTo(String url) {
        trackers = List.of(List.of(url));
    }

    void onFinished(Consumer<Member> listener) {
        onFinished = listener;
    }

    void onDeath(Runnable listener) {
        onDeath = listener;
    }

    /** Asks the torrent how it is; no answer when it is not there. */
    public void ask(Consumer<TorrentStatus> listener) {
        ActorRef<Torrent.Command> asked = handle;
        if (asked != null) {
            field.tell(context -> asked.tell(new Torrent.GetStatus(0, Field.earForOne(context, listener))));
        }
    }

    /** Ends the engine in an orderly way; it may take a while of virtual time. */
    public void stop() {
        if (!up) {
            return;
        }
        ActorRef<Engine.Command> running = engine;
        forget();
        if (running != null) {
            field.tell(context -> running.tell(new Engine.Stop(Field.earForOne(context, stopped -> {}))));
        }
    }

    /** Kills the process: the system closes its connections and keeps what it wrote. */
    public void kill() {
        end(disk::kill, host::killed);
    }

    /** Cuts the power: nobody hears of it, and the disk loses what was not forced. */
    public void losePower() {
        lostPower |= up;
        end(disk::crash, host::vanish);
    }

    private void end(Runnable files, Runnable connections) {
        if (!up) {
            return;
        }
        ActorRef<Engine.Command> running = engine;
        if (this.files != null) {
            this.files.kill();
        }
        forget();
        files.run();
        connections.run();
        if (running != null) {
            field.tell(context -> context.stop(running));
        }
    }

    private void forget() {
        up = false;
        engine = null;
        handle = null;
        onDeath.run();
    }

    /** The pieces that are on the disk now, every byte of them. */
    public Bitfield pieces() {
        return disk.pieces(torrent, DATA);
    }

    Storage storage() {
        return storage;
    }

    @Override
    public String toString() {
        return name;
    }
}
