package ahti.realpeers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A running program: what it says is kept, and it ends for sure. It is started through {@code timeout}, which ends it when
 * its life is over, and through {@code setpriv}, which ends it when the thread that started it dies with its JVM.
 */
final class Program {
    private static final Duration LIFE = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final boolean DIES_WITH_US = Files.isExecutable(Path.of("/usr/bin/setpriv"));

    private final String name;
    private final Process watchdog;
    private final List<String> lines = new ArrayList<>();
    private final List<String> stdout = new ArrayList<>();
    private final List<Thread> readers;

    private Program(String name, Process watchdog) {
        this.name = name;
        this.watchdog = watchdog;
        this.readers = List.of(
                reader(watchdog.getInputStream(), List.of(lines, stdout)),
                reader(watchdog.getErrorStream(), List.of(lines)));
    }

    /** Starts a program in a folder that is its home, too: it finds nobody's settings. */
    static Program start(String name, Path home, Map<String, String> environment, List<String> command) {
        List<String> watched = new ArrayList<>();
        if (DIES_WITH_US) {
            watched.addAll(List.of("setpriv", "--pdeathsig", "TERM"));
        }
        watched.addAll(List.of("timeout", "-k", "2", Long.toString(LIFE.toSeconds())));
        watched.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(watched).directory(home.toFile());
        Map<String, String> inherited = builder.environment();
        inherited
                .keySet()
                .removeIf(key ->
                        key.startsWith("XDG_") || key.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        inherited.put("HOME", home.toString());
        inherited.put("LC_ALL", "C.UTF-8");
        inherited.put("TERM", "dumb");
        inherited.putAll(environment);
        try {
            return new Program(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Waits for a line that matches, said before or after this call. */
    void awaitLine(String what, Predicate<String> matches) {
        awaitThat(what, () -> said().stream().anyMatch(matches));
    }

    /** Waits until the program is reachable on a port. */
    void awaitListening(int port) {
        awaitThat("listener on port " + port, () -> Ports.listening(port));
    }

    /** Waits for a state of the program; fails at once when it ends. */
    void awaitThat(String what, BooleanSupplier holds) {
        Await.until(
                what + " of " + name,
                PATIENCE,
                () -> {
                    boolean over = !watchdog.isAlive();
                    if (holds.getAsBoolean()) {
                        return true;
                    }
                    if (over) {
                        throw new AssertionError("no " + what + ", and it is over\n" + describe());
                    }
                    return false;
                },
                this::describe);
    }

    /** Waits for the end: the exit code, or 128 + the signal that ended it. */
    int awaitExit() {
        try {
            int code = watchdog.onExit()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .exitValue();
            for (Thread reader : readers) {
                reader.join(PATIENCE.toMillis());
            }
            return code;
        } catch (TimeoutException e) {
            throw new AssertionError("still running after " + PATIENCE + "\n" + describe(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a line to the program. */
    void tell(String line) {
        try {
            Writer writer = watchdog.outputWriter(StandardCharsets.UTF_8);
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(describe(), e);
        }
    }

    /** Sends a signal to the program itself, as a terminal or a service manager does. */
    void signal(String signal) {
        ProcessHandle program = watchdog.children().findFirst().orElseThrow();
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The program's own number. */
    long pid() {
        return watchdog.children().findFirst().orElseThrow().pid();
    }

    /** Ends the program at once. */
    void end() {
        watchdog.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            if (!watchdog.waitFor(5, TimeUnit.SECONDS)) {
                watchdog.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean running() {
        return watchdog.isAlive();
    }

    /** All lines so far, of both streams. */
    List<String> said() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The lines on standard output so far. */
    List<String> stdout() {
        synchronized (lines) {
            return List.copyOf(stdout);
        }
    }

    /** What a person needs to see why a test failed. */
    String describe() {
        List<String> said = said();
        String state = watchdog.isAlive() ? "running" : "exit code " + watchdog.exitValue();
        return "---- " + name + " (" + state + "), last of " + said.size() + " lines:\n"
                + String.join("\n", said.subList(Math.max(0, said.size() - 25), said.size()));
    }

    private Thread reader(InputStream stream, List<List<String>> kept) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader in =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            synchronized (lines) {
                                for (List<String> list : kept) {
                                    list.add(line);
                                }
                            }
                        }
                    } catch (IOException closed) {
                        return;
                    }
                },
                "output of " + name);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
