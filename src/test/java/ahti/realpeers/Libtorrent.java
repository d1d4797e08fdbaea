package ahti.realpeers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * libtorrent (rasterbar), through its Python binding.
 *
 * @param uploadLimit bytes per second; 0 means none
 * @param downloadLimit bytes per second; 0 means none
 * @param dht whether it is a node of the DHT, which knows no other
 */
record Libtorrent(int uploadLimit, int downloadLimit, boolean dht) implements Client {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Prerequisite NEEDED =
            new Prerequisite("python3-libtorrent", PYTHON, "-c", "import libtorrent");

    Libtorrent() {
        this(0);
    }

    Libtorrent(int uploadLimit) {
        this(uploadLimit, 0, false);
    }

    /** With a DHT node, at the port that it listens on. */
    static Libtorrent inDht() {
        return new Libtorrent(0, 0, true);
    }

    /** That is hardly of use to anybody, and not complete for a long time. */
    static Libtorrent idle() {
        return new Libtorrent(1_000, 10_000, false);
    }

    /** In a network of its own, where it looks for others; it says {@code complete} when it has everything. */
    static Program near(Stage stage, LocalNetwork network, String host, Path torrent, Path folder) {
        NEEDED.require();
        return on(stage, network, host, torrent, folder, Ports.free(), "lsd");
    }

    /** A node of the DHT in a network of its own; it says {@code complete} when it has everything. */
    static Program inDht(
            Stage stage, LocalNetwork network, String host, String address, Path torrent, Path folder, int port) {
        NEEDED.require();
        return on(stage, network, host, torrent, folder, port, "dht", "at=" + address);
    }

    private static Program on(
            Stage stage, LocalNetwork network, String host, Path torrent, Path folder, int port, String... more) {
        Path home = stage.newFolder("libtorrent");
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                Stage.resource("libtorrent-peer.py", home).toString(),
                torrent.toString(),
                folder.toString(),
                Integer.toString(port)));
        command.addAll(List.of(more));
        Program program = stage.start("libtorrent", home, network.on(host, command));
        program.awaitLine("listener", line -> line.startsWith("listening "));
        return program;
    }

    /** Nodes of the DHT that share nothing, on a host with all these addresses; each begins with the node at {@code door}. */
    static Program nodes(Stage stage, LocalNetwork network, String host, String door, List<String> addresses) {
        NEEDED.require();
        Path home = stage.newFolder("nodes");
        List<String> command = new ArrayList<>(
                List.of(PYTHON, Stage.resource("dht-nodes.py", home).toString(), door, Integer.toString(Ports.free())));
        command.addAll(addresses);
        return stage.start("nodes", home, network.on(host, command));
    }

    @Override
    public Peer start(Stage stage, Path torrent, Path folder) {
        return start(stage, torrent.toString(), folder);
    }

    /** With a .torrent file, or a magnet link. */
    Peer start(Stage stage, String source, Path folder) {
        NEEDED.require();
        Path home = stage.newFolder("libtorrent");
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                Stage.resource("libtorrent-peer.py", home).toString(),
                source,
                folder.toString(),
                Integer.toString(port)));
        if (uploadLimit > 0) {
            command.add(Integer.toString(uploadLimit));
        }
        if (downloadLimit > 0) {
            command.add(Integer.toString(downloadLimit));
        }
        if (dht) {
            command.add("dht");
        }
        Program program = stage.start("libtorrent", home, command);
        program.awaitLine("listener", line -> line.equals("listening " + port));
        return new Peer(program, port, () -> program.said().contains("complete"), () -> uploaded(program));
    }

    /** Has it dial an address. */
    static void dial(Peer libtorrent, int port) {
        libtorrent.program().tell("connect 127.0.0.1 " + port);
    }

    private static long uploaded(Program program) {
        return counter(program, "uploaded");
    }

    /** Bytes of pieces that it has received so far. */
    static long downloaded(Peer libtorrent) {
        return counter(libtorrent.program(), "downloaded");
    }

    private static long counter(Program program, String name) {
        int before = program.said().size();
        program.tell(name);
        program.awaitThat(name + " counter", () -> said(program, name, before).isPresent());
        return Long.parseLong(said(program, name, before).orElseThrow().substring(name.length() + 1));
    }

    private static Optional<String> said(Program program, String name, int since) {
        return program.said().stream()
                .skip(since)
                .filter(line -> line.startsWith(name + " "))
                .findFirst();
    }

    @Override
    public String toString() {
        return "libtorrent";
    }
}
