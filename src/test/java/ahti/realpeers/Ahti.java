package ahti.realpeers;

import ahti.core.InfoHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ahti as a user starts it: the command, in a process of its own, with the class path and the memory that
 * {@code scripts/ahti} gives it. What it remembers lies beside the folder it downloads to.
 *
 * @param port that it listens on, at 127.0.0.1
 */
record Ahti(Program program, int port) {

    /** {@code ahti get}, with the torrent's trackers. */
    static Ahti get(Stage stage, Path torrent, Path folder, String... more) {
        return share(stage, Ports.free(), "get", torrent, folder, more);
    }

    /** {@code ahti get} that asks no tracker and dials one peer. */
    static Ahti getFrom(Stage stage, Path torrent, Path folder, String peer, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--no-trackers", "--peer", peer));
        arguments.addAll(List.of(more));
        return get(stage, torrent, folder, arguments.toArray(String[]::new));
    }

    /** {@code ahti seed}, with the torrent's trackers; listening when this returns. */
    static Ahti seed(Stage stage, Path torrent, Path folder, String... more) {
        return share(stage, Ports.free(), "seed", torrent, folder, more).awaitListening();
    }

    /** A command that shares a torrent, on a port of the caller's choice. */
    static Ahti share(Stage stage, int port, String command, Path torrent, Path folder, String... more) {
        return share(stage, port, command, torrent.toString(), folder, more);
    }

    /** {@code ahti get} of a magnet link. */
    static Ahti follow(Stage stage, String link, Path folder, String... more) {
        return share(stage, Ports.free(), "get", link, folder, more);
    }

    private static Ahti share(Stage stage, int port, String command, String source, Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                source,
                "-d",
                folder.toString(),
                "-p",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--state",
                folder.resolveSibling(folder.getFileName() + ".state").toString(),
                // Nothing leaves the loopback address.
                "--set",
                "dht.bootstrap=[]"));
        arguments.addAll(List.of(more));
        return new Ahti(run(stage, arguments.toArray(String[]::new)), port);
    }

    /** Any command. */
    static Program run(Stage stage, String... arguments) {
        return stage.start("ahti", stage.newFolder("ahti"), command(arguments));
    }

    /** A command as the words that start it. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xms32m",
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-cp",
                classPath(),
                "ahti.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns when it can be dialled. */
    Ahti awaitListening() {
        program.awaitListening(port);
        return this;
    }

    /** The address, as a user writes it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    int awaitExit() {
        return program.awaitExit();
    }

    private static String classPath() {
        try (Stream<Path> libraries = Files.list(Path.of("target", "lib"))) {
            Path ours = Path.of(InfoHash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<String> entries = new ArrayList<>(List.of(ours.toString()));
            libraries.map(Path::toAbsolutePath).map(Path::toString).sorted().forEach(entries::add);
            return String.join(java.io.File.pathSeparator, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("target/lib is made by mvn package", e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
