package ahti.realpeers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** rTorrent, without its screen. It takes no torrent without a tracker, and does not tell what it has sent. */
record Rtorrent() implements Client {
    private static final Prerequisite NEEDED = new Prerequisite("rtorrent", "rtorrent", "-h");

    @Override
    public Peer start(Stage stage, Path torrent, Path folder) {
        NEEDED.require();
        Path home = stage.newFolder("rtorrent");
        int port = Ports.free();
        Path complete = home.resolve("complete");
        Path says = home.resolve("says-complete");
        Stage.write(says, ("#!/bin/sh\n: > '" + complete + "'\n").getBytes(StandardCharsets.UTF_8));
        try {
            Files.setPosixFilePermissions(says, PosixFilePermissions.fromString("rwx------"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Path settings = home.resolve("settings.rc");
        Stage.write(settings, settings(home, folder, port, says.toString()).getBytes(StandardCharsets.UTF_8));
        Program program = stage.start(
                "rtorrent", home, List.of("rtorrent", "-n", "-o", "import=" + settings, torrent.toString()));
        return new Peer(program, port, () -> Files.exists(complete), () -> -1);
    }

    private static String settings(Path home, Path folder, int port, String says) {
        return """
                system.daemon.set = true
                session.path.set = HOME
                directory.default.set = FOLDER
                network.port_range.set = PORT-PORT
                network.port_random.set = no
                network.bind_address.set = 127.0.0.1
                network.local_address.set = 127.0.0.1
                dht.mode.set = disable
                protocol.pex.set = no
                protocol.encryption.set = none
                pieces.hash.on_completion.set = no
                log.open_file = all, (cat, "/dev/stderr")
                log.add_output = torrent_info, all
                log.add_output = tracker_info, all
                log.add_output = connection_info, all
                method.set_key = event.download.finished, say, "execute.nothrow=SAYS"
                method.set_key = event.download.hash_done, say, "branch=d.complete=,\\"execute.nothrow=SAYS\\""
                """.replace("HOME", home.toString())
                .replace("FOLDER", folder.toString())
                .replace("PORT", Integer.toString(port))
                .replace("SAYS", says);
    }

    @Override
    public String toString() {
        return "rtorrent";
    }
}
