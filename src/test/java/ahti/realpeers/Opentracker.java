package ahti.realpeers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** opentracker, as Debian builds it: it serves only the torrents on its list, and becomes "nobody". */
final class Opentracker {
    private static final Prerequisite NEEDED = new Prerequisite("opentracker", "which", "opentracker");

    private static final String ANNOUNCE = "/announce";

    /** Its name below the folder that opentracker locks itself up in. */
    private static final String LIST = "list";

    /** Seeders and leechers in the answer to a scrape. */
    private static final Pattern COUNTS = Pattern.compile("completei(\\d+)e");

    private final Program program;
    private final int port;

    private Opentracker(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Starts it for one torrent. */
    static Opentracker start(Stage stage, Payload payload) {
        NEEDED.require();
        Path home = stage.newFolder("opentracker");
        Stage.write(home.resolve(LIST), (payload.infoHash() + "\n").getBytes(StandardCharsets.US_ASCII));
        int port = Ports.free();
        String number = Integer.toString(port);
        Program program = stage.start(
                "opentracker",
                home,
                List.of(
                        "opentracker",
                        "-i",
                        "127.0.0.1",
                        "-p",
                        number,
                        "-P",
                        number,
                        "-d",
                        home.toString(),
                        "-w",
                        LIST));
        Opentracker tracker = new Opentracker(program, port);
        program.awaitThat("list of torrents", () -> tracker.serves(payload));
        return tracker;
    }

    /** It reads its list in its own time, and refuses everybody until then. */
    private boolean serves(Payload payload) {
        String goodbye = "?info_hash=" + inUrl(payload) + "&peer_id=-XX0000-000000000000&port=9&left=1&event=stopped";
        Optional<String> answer = new Rpc(port, ANNOUNCE + goodbye).get();
        return answer.isPresent() && !answer.get().contains("failure reason");
    }

    /** Returns when so many peers of the torrent are known. */
    void awaitPeers(Payload payload, int count) {
        Rpc scrape = new Rpc(port, "/scrape?info_hash=" + inUrl(payload));
        program.awaitThat(
                count + " peers",
                () -> scrape.get()
                        .filter(answer -> COUNTS.matcher(answer)
                                        .results()
                                        .mapToInt(counted -> Integer.parseInt(counted.group(1)))
                                        .sum()
                                == count)
                        .isPresent());
    }

    private static String inUrl(Payload payload) {
        return payload.infoHash().replaceAll("..", "%$0");
    }

    String httpUrl() {
        return "http://127.0.0.1:" + port + ANNOUNCE;
    }

    String udpUrl() {
        return "udp://127.0.0.1:" + port + ANNOUNCE;
    }
}
