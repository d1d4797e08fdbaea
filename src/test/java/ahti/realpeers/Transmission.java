package ahti.realpeers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** transmission-daemon. Version 3.00 never dials a loopback address: it has to be dialled. */
record Transmission() implements Client {
    private static final Prerequisite NEEDED =
            new Prerequisite("transmission-daemon", "transmission-daemon", "--version");
    private static final String STATE = """
            {"method":"torrent-get","arguments":{"fields":["leftUntilDone","status","uploadedEver"]}}""";

    /** Of a torrent that is shared and checked. */
    private static final int SEEDING = 6;

    @Override
    public Peer start(Stage stage, Path torrent, Path folder) {
        return start(stage, torrent.toString(), folder);
    }

    /**
     * With a .torrent file, or a magnet link. It is asked to take it: of a file that lies in its folder already under another
     * name than its own it hands out no metadata, for it looks for them under that name.
     */
    Peer start(Stage stage, String source, Path folder) {
        NEEDED.require();
        Path home = stage.newFolder("transmission");
        int port = Ports.free();
        int rpcPort = Ports.free();
        Stage.write(
                home.resolve("settings.json"), settings(folder, port, rpcPort).getBytes(StandardCharsets.UTF_8));
        Program program = stage.start(
                "transmission", home, List.of("transmission-daemon", "--foreground", "--config-dir", home.toString()));
        Rpc rpc = new Rpc(rpcPort, "/transmission/rpc");
        stage.afterwards(() -> removeSessionFile(rpc.session()));
        String add = """
                {"method":"torrent-add","arguments":{"filename":"SOURCE"}}""".replace("SOURCE", source);
        program.awaitThat(
                "taking the torrent",
                () -> rpc.ask(add).filter(answer -> answer.contains("success")).isPresent());
        return new Peer(
                program,
                port,
                () -> rpc.ask(STATE).filter(Transmission::isComplete).isPresent(),
                () -> Rpc.number(rpc.ask(STATE).orElseThrow(), "uploadedEver"));
    }

    /**
     * Shares torrents and nothing else, in a network of its own, and finds others in the DHT only. What is complete in its
     * folder it shares, the rest it fetches.
     *
     * @param door the address and the port of a DHT node, with a blank between them
     */
    static Program inDht(
            Stage stage,
            LocalNetwork network,
            String host,
            String address,
            String door,
            Path folder,
            Path... torrents) {
        NEEDED.require();
        Path home = stage.newFolder("transmission");
        String settings = settings(folder, Ports.free(), Ports.free())
                .replace("\"bind-address-ipv4\": \"127.0.0.1\"", "\"bind-address-ipv4\": \"" + address + "\"")
                .replace("\"dht-enabled\": false", "\"dht-enabled\": true");
        Stage.write(home.resolve("settings.json"), settings.getBytes(StandardCharsets.UTF_8));
        Stage.write(home.resolve("dht.bootstrap"), (door + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            Path kept = Files.createDirectory(home.resolve("torrents"));
            for (int number = 0; number < torrents.length; number++) {
                Files.copy(torrents[number], kept.resolve(number + ".torrent"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stage.start(
                "transmission",
                home,
                network.on(host, List.of("transmission-daemon", "--foreground", "--config-dir", home.toString())));
    }

    private static boolean isComplete(String state) {
        return Rpc.number(state, "leftUntilDone") == 0 && Rpc.number(state, "status") == SEEDING;
    }

    /** The one thing that it puts elsewhere, and leaves there when it is killed. */
    private static void removeSessionFile(String session) {
        try {
            Files.deleteIfExists(Path.of("/tmp", "tr_session_id_" + session));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String settings(Path folder, int port, int rpcPort) {
        return """
                {
                  "download-dir": "FOLDER",
                  "incomplete-dir-enabled": false,
                  "peer-port": PEER_PORT,
                  "peer-port-random-on-start": false,
                  "bind-address-ipv4": "127.0.0.1",
                  "bind-address-ipv6": "::1",
                  "port-forwarding-enabled": false,
                  "dht-enabled": false,
                  "lpd-enabled": false,
                  "pex-enabled": false,
                  "utp-enabled": false,
                  "encryption": 0,
                  "rpc-bind-address": "127.0.0.1",
                  "rpc-port": RPC_PORT,
                  "rpc-whitelist-enabled": false,
                  "rpc-host-whitelist-enabled": false,
                  "download-queue-enabled": false,
                  "seed-queue-enabled": false,
                  "message-level": 2
                }
                """.replace("FOLDER", folder.toString())
                .replace("PEER_PORT", Integer.toString(port))
                .replace("RPC_PORT", Integer.toString(rpcPort));
    }

    @Override
    public String toString() {
        return "transmission";
    }
}
