package ahti.realpeers;

import java.nio.file.Path;
import java.util.List;

/**
 * aria2c. It takes no peer's address on its command line: it is dialled, or finds others through a tracker or the DHT.
 *
 * @param dhtEntry the port of a DHT node that it begins with; 0: it uses no DHT
 */
record Aria2(int dhtEntry) implements Client {
    private static final Prerequisite NEEDED = new Prerequisite("aria2", "aria2c", "--version");
    private static final String STATE = """
            {"jsonrpc":"2.0","id":"1","method":"aria2.tellActive",
             "params":[["totalLength","completedLength","uploadLength","verifyIntegrityPending","verifiedLength"]]}""";

    Aria2() {
        this(0);
    }

    @Override
    public Peer start(Stage stage, Path torrent, Path folder) {
        return start(stage, torrent.toString(), folder, 0);
    }

    /** With a .torrent file, or a magnet link; {@code least}: bytes that there are, so that metadata alone are not all. */
    Peer start(Stage stage, String source, Path folder, long least) {
        NEEDED.require();
        int port = Ports.free();
        int rpcPort = Ports.free();
        Path home = stage.newFolder("aria2");
        Program program = stage.start(
                "aria2c",
                home,
                List.of(
                        "aria2c",
                        "--no-conf",
                        "--dir=" + folder,
                        "--listen-port=" + port,
                        "--check-integrity",
                        "--allow-overwrite",
                        "--seed-ratio=0.0",
                        "--file-allocation=none",
                        "--enable-dht=" + (dhtEntry > 0),
                        "--dht-listen-port=" + port,
                        // Without a DHT it is not looked at.
                        "--dht-entry-point=127.0.0.1:" + Math.max(1, dhtEntry),
                        "--dht-file-path=" + home.resolve("dht.dat"),
                        "--enable-dht6=false",
                        "--disable-ipv6",
                        "--bt-enable-lpd=false",
                        "--enable-peer-exchange=false",
                        "--bt-min-crypto-level=plain",
                        "--bt-tracker-connect-timeout=5",
                        "--enable-rpc",
                        "--rpc-listen-port=" + rpcPort,
                        "--show-console-readout=false",
                        "--enable-color=false",
                        source));
        Rpc rpc = new Rpc(rpcPort, "/jsonrpc");
        return new Peer(
                program,
                port,
                () -> rpc.ask(STATE).filter(state -> isComplete(state, least)).isPresent(),
                () -> Rpc.number(rpc.ask(STATE).orElseThrow(), "uploadLength"));
    }

    /** Downloads in a network of its own, where it looks for others; it ends when it has everything. */
    static Program near(Stage stage, LocalNetwork network, String host, Path torrent, Path folder) {
        NEEDED.require();
        return stage.start(
                "aria2c",
                stage.newFolder("aria2"),
                network.on(
                        host,
                        List.of(
                                "aria2c",
                                "--no-conf",
                                "--dir=" + folder,
                                "--listen-port=" + Ports.free(),
                                "--file-allocation=none",
                                "--enable-dht=false",
                                "--enable-dht6=false",
                                "--bt-enable-lpd",
                                "--bt-min-crypto-level=plain",
                                "--seed-time=0",
                                "--show-console-readout=false",
                                "--enable-color=false",
                                torrent.toString())));
    }

    private static boolean isComplete(String state, long least) {
        long total = Rpc.number(state, "totalLength");
        boolean checking = Rpc.number(state, "verifiedLength") >= 0 || state.contains("verifyIntegrityPending");
        return !checking && total >= least && Rpc.number(state, "completedLength") == total;
    }

    @Override
    public String toString() {
        return "aria2c";
    }
}
