package ahti.cli;

import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.Keyboard;
import ahti.cli.env.Machine;
import ahti.cli.env.Processes;
import ahti.cli.env.Signals;
import ahti.cli.env.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A world in memory to run the command in; remembers what it printed. */
public final class World {
    private final Path cwd;
    private final Map<String, String> environment = new LinkedHashMap<>(Map.of("LANG", "C.UTF-8"));
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final Map<String, CompletableFuture<Runnable>> signals = new ConcurrentHashMap<>();
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private final List<Runnable> atExit = new CopyOnWriteArrayList<>();
    private final List<String> processes = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private Processes programs = (commandLine, variables) -> {
        processes.add(commandLine + " " + new java.util.TreeMap<>(variables));
        return 0;
    };
    private OutputStream data = stdout;
    private byte[] stdin = {};
    private boolean terminal;
    private Keyboard keyboard = Keyboard.NONE;
    private Engines engines = (system, config) -> Behaviors.empty();

    public World(Path cwd) {
        this.cwd = cwd;
        environment.put("HOME", cwd.resolve("home").toString());
    }

    public World stdin(byte[] bytes) {
        stdin = bytes.clone();
        return this;
    }

    public World variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Other programs are played by this. */
    public World processes(Processes scripted) {
        programs = scripted;
        return this;
    }

    /** Standard output as it is leads there. */
    public World data(OutputStream other) {
        data = other;
        return this;
    }

    public World onTerminal() {
        terminal = true;
        return this;
    }

    public World keyboard(Keyboard scripted) {
        keyboard = scripted;
        return this;
    }

    public World engines(Engines scripted) {
        engines = scripted;
        return this;
    }

    /** Runs the command; output adds up over runs. */
    public int run(String... args) {
        return Cli.run(env(args));
    }

    public Env env(String... args) {
        Machine machine = new Machine(
                new FixedTerminal(terminal, keyboard),
                nanos::get,
                Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC),
                (Signals) (name, action) -> listener(name).complete(action),
                data,
                programs,
                engines,
                new RecordingExit(halts, atExit));
        return new Env(
                List.of(args),
                new ByteArrayInputStream(stdin),
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                environment,
                cwd,
                machine);
    }

    /** Delivers a signal to whoever listened first; waits until somebody does. */
    public void signal(String name) {
        listener(name).join().run();
    }

    private CompletableFuture<Runnable> listener(String name) {
        return signals.computeIfAbsent(name, any -> new CompletableFuture<>());
    }

    public String out() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    public byte[] outBytes() {
        return stdout.toByteArray();
    }

    public String err() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    public List<Integer> halts() {
        return new ArrayList<>(halts);
    }

    public List<String> processes() {
        return new ArrayList<>(processes);
    }

    private record RecordingExit(List<Integer> halts, List<Runnable> atExit) implements Machine.Exit {
        @Override
        public void halt(int exitCode) {
            halts.add(exitCode);
        }

        @Override
        public void before(Runnable action) {
            atExit.add(action);
        }
    }

    private record FixedTerminal(boolean is, Keyboard keyboard) implements Terminal {
        @Override
        public boolean stdoutIsTerminal() {
            return is;
        }

        @Override
        public boolean stderrIsTerminal() {
            return is;
        }

        @Override
        public int width() {
            return DEFAULT_WIDTH;
        }

        @Override
        public int height() {
            return DEFAULT_HEIGHT;
        }

        @Override
        public Keyboard keyboard() {
            return is ? keyboard : Keyboard.NONE;
        }
    }
}
