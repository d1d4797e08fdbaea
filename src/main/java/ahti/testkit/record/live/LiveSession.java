package ahti.testkit.record.live;

import ahti.config.Configuration;
import ahti.core.BindsTheRealWorld;
import ahti.engine.EngineSettings;
import ahti.testkit.record.RecordingFile;
import ahti.testkit.record.event.Addition;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.RecordedTorrent;
import ahti.testkit.record.event.Wish;
import ahti.testkit.record.format.RecordingWriter;
import ahti.testkit.record.inside.Inside;
import ahti.testkit.record.inside.Said;
import ahti.testkit.record.mask.Mask;
import ahti.testkit.record.mask.PrivateMask;
import ahti.testkit.record.payload.DataMap;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recorded engine and its thread.
 *
 * <p>The engine is an {@link Inside}, the world a {@link RealWorld}, a {@link Recorder} between them. The thread takes inputs
 * until the engine has ended or somebody closes the session; then it ends the recording, and only then says that it is over.
 */
public final class LiveSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final int MOST_INPUTS = 10_000;
    private static final long SPARE_HELD = 16L << 20;

    private final EngineSettings real;
    private final Addition torrent;
    private final Consumer<Said> user;
    private final VirtualTime time = new VirtualTime();
    private final LiveTime live;
    private final RealWorld world;
    private final Configuration configuration;
    private final Header header;
    private final Recorder recorder;
    private boolean ended;

    /**
     * Opens the recording; nothing runs yet.
     *
     * @param system an ordinary one, for what is real
     * @param real what the engine would have worked with
     * @param user hears what the engine says, on a thread of the session; at last {@link Said.Ended}, however it ended
     * @throws IOException when the file cannot be written
     */
    public LiveSession(
            ActorSystem<?> system, EngineSettings real, RecordingPlan plan, Addition torrent, Consumer<Said> user)
            throws IOException {
        this.real = real;
        this.torrent = torrent;
        this.user = user;
        this.live = new LiveTime(time, real.clock(), MOST_INPUTS);
        this.world = new RealWorld(system, real, live, this::heard);
        List<String> settings = settings(plan.configuration());
        this.configuration = Configuration.load(Optional.empty(), false, settings, Header.WITHOUT);
        this.header = new Header(
                plan.version(),
                System.getProperty("java.version", "?"),
                real.random().nextLong(),
                plan.masked(),
                settings,
                real.listenOn(),
                RecordedTorrent.of(torrent));
        try {
            this.recorder = recorder(plan);
        } catch (IOException e) {
            time.close();
            throw e;
        }
    }

    /**
     * One thread hashes, whatever the machine has: how many would change the order of things. And we are a watcher that keeps
     * up, so what others may be late with is no matter inside.
     */
    private static List<String> settings(Configuration configuration) {
        List<String> settings = new ArrayList<>(configuration.changes());
        settings.removeIf(setting ->
                setting.startsWith("ahti.disk.hashers=") || setting.startsWith("ahti.engine.events-buffer="));
        settings.add("ahti.disk.hashers=1");
        return settings;
    }

    private Recorder recorder(RecordingPlan plan) throws IOException {
        Mask mask = plan.masked()
                ? new PrivateMask(header.torrent(), new Random(real.random().nextLong()))
                : Mask.NONE;
        RecordingFile file = RecordingFile.create(real.files(), plan.file());
        RecordingWriter writer = begun(file, mask.header(header));
        Recorder.Tape tape = new Recorder.Tape(
                writer, file, mask, configuration.ahti().record().maxSize(), plan.warn(), time.clock());
        Recorder.Torrent known = new Recorder.Torrent(
                torrent.metainfo().layout(),
                torrent.metainfo().hashes(),
                new DataMap(header.torrent()),
                configuration.ahti().picker().memoryBudget() + SPARE_HELD);
        return new Recorder(world, tape, known);
    }

    private static RecordingWriter begun(RecordingFile file, Header header) throws IOException {
        try {
            return new RecordingWriter(file, header);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void heard(Said said) {
        if (said instanceof Said.Ended) {
            ended = true;
        } else {
            user.accept(said);
        }
    }

    /** Begins. */
    @BindsTheRealWorld("the one thread of a recorded engine")
    public void start() {
        Thread thread = new Thread(this::run, "ahti-recorded-engine");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        String why = "the session was closed";
        try {
            Inside inside = new Inside(
                    time, configuration, header, inside(), new RecordedFiles(real.files(), recorder), recorder);
            live.run(taker(inside), () -> ended);
            why = ended ? "the engine ended" : why;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the recorded engine failed", e);
            why = "a fault in Ahti: " + e;
        }
        live.close();
        recorder.end(why);
        world.close();
        user.accept(new Said.Ended());
        try {
            time.close();
        } catch (RuntimeException e) {
            LOG.error("the recorded engine left something behind", e);
        }
    }

    /** With the real hashes, and the options as a replay will read them. What web servers send is not recorded: none is asked. */
    private Addition inside() {
        return new Addition(
                torrent.metainfo().withWebSeeds(List.of()), header.torrent().options());
    }

    private LiveTime.Taker taker(Inside inside) {
        return new LiveTime.Taker() {
            @Override
            public void take(Input input) {
                recorder.took(input);
                inside.take(input);
            }

            @Override
            public void settled() {
                recorder.settled();
            }
        };
    }

    /** The user wants something. */
    public void wish(Wish wish) {
        live.put(new Input.Wished(wish));
    }

    /** Ends it soon, without a goodbye. */
    @Override
    public void close() {
        live.close();
    }
}
