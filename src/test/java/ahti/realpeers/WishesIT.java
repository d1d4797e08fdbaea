package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user wishes of {@code ahti get}, with libtorrent as the seed. The order of pieces is what a recording says. */
class WishesIT {
    private static final int PIECE = 64 << 10;
    private static final int PIECES_OF_A_FILE = 16;
    private static final int PIECES = 4 * PIECES_OF_A_FILE;

    /** Some are: those that a peer lets us have while it chokes us, and those that wait for one another at the hasher. */
    private static final int OUT_OF_TURN = 8;

    /** Four files; each begins with a piece of its own but the last, which shares one with the third. */
    private static final Payload PAYLOAD = Payload.folder("wishes", PIECE, files());

    @RegisterExtension
    final Stage stage = new Stage();

    private Path torrent;
    private Path folder;
    private Peer seeder;

    private static Map<String, Integer> files() {
        Map<String, Integer> files = new LinkedHashMap<>();
        files.put("a.bin", PIECES_OF_A_FILE * PIECE);
        files.put("b.bin", PIECES_OF_A_FILE * PIECE);
        files.put("c.bin", PIECES_OF_A_FILE * PIECE - 100);
        files.put("d.txt", PIECES_OF_A_FILE * PIECE);
        return files;
    }

    @BeforeEach
    void seed() {
        torrent = stage.torrent(PAYLOAD, Stage.NO_TRACKER);
        folder = stage.newFolder("incomplete");
        seeder = new Libtorrent()
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();
    }

    private Ahti get(String... more) {
        return Ahti.getFrom(stage, torrent, folder, seeder.address(), more);
    }

    /** The pieces in the order in which they were complete. */
    private List<Integer> order(String... more) {
        Path record = stage.newFolder("record").resolve("recording");
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--record", record.toString()));
        assertThat(get(arguments.toArray(String[]::new)).awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
        Program replay = Ahti.run(stage, "replay", "-v", record.toString());
        assertThat(replay.awaitExit()).isZero();
        List<Integer> order = replay.said().stream()
                .map(Pattern.compile("piece (\\d+) is verified")::matcher)
                .filter(Matcher::find)
                .map(line -> Integer.parseInt(line.group(1)))
                .toList();
        assertThat(order).hasSize(PIECES);
        return order;
    }

    private static List<Integer> pieces(int file) {
        return IntStream.range(file * PIECES_OF_A_FILE, (file + 1) * PIECES_OF_A_FILE)
                .boxed()
                .toList();
    }

    private Stream<Path> there(String... names) {
        return Stream.of(names).map(name -> folder.resolve("wishes").resolve(name));
    }

    @Test
    void highAndLowSayWhichFilesComeFirstAndLast() {
        List<Integer> order = order("--high", "c.bin", "--low", "1");
        assertThat(order.subList(0, PIECES_OF_A_FILE + OUT_OF_TURN)).containsAll(pieces(2));
        // One is perhaps among those out of turn.
        assertThat(pieces(0))
                .filteredOn(piece -> order.indexOf(piece) < PIECES - PIECES_OF_A_FILE - OUT_OF_TURN)
                .hasSizeLessThanOrEqualTo(OUT_OF_TURN);
    }

    @Test
    void sequentialIsInOrder() {
        List<Integer> order = order("--sequential");
        for (int piece = 0; piece < PIECES; piece++) {
            assertThat(order.indexOf(piece)).isLessThanOrEqualTo(piece + OUT_OF_TURN);
        }
    }

    @Test
    void firstLastBeginsWithTheEndsOfFiles() {
        List<Integer> ends = List.of(0, 15, 16, 31, 32, 47, 63);
        assertThat(order("--first-last", "--set", "picker.edges=1K").subList(0, ends.size() + OUT_OF_TURN))
                .containsAll(ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "c*", "/^c/"})
    void filesThatAreNotWantedDoNotAppear(String choice) throws IOException {
        assertThat(get("-f", choice).awaitExit()).isZero();
        assertThat(there("c.bin")).allMatch(Files::isRegularFile);
        // The last one shares a piece with it, which is in nobody's way.
        assertThat(there("a.bin", "b.bin", "d.txt")).noneMatch(Files::exists);
        assertThat(PAYLOAD.faults(folder)).hasSize(3);

        // Others are wanted later: what is there is not fetched again.
        assertThat(get().awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void anotherNameAndACommandAtTheEnd() throws IOException {
        Path note = stage.newFolder("note").resolve("note");
        Ahti ahti = get("-o", "other", "--on-complete", "echo \"$AHTI_NAME $AHTI_HASH $AHTI_PATH\" >" + note);
        assertThat(ahti.awaitExit()).isZero();
        assertThat(ahti.program().stdout())
                .containsExactly(folder.resolve("other").toString());
        assertThat(Files.readString(note, StandardCharsets.UTF_8).strip())
                .isEqualTo("other " + PAYLOAD.infoHash() + " " + folder.resolve("other"));
        assertThat(files().keySet())
                .allMatch(name -> Files.exists(folder.resolve("other").resolve(name)));
    }

    @Test
    void sharesAsLongAsIsWished() {
        Ahti ahti = get("--seed=1s");
        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void hasNothingToDoWithBlockedPeers() {
        Path list = Stage.write(
                stage.newFolder("list").resolve("blocked.p2p"),
                "this machine:127.0.0.0-127.255.255.255\n".getBytes(StandardCharsets.UTF_8));
        assertThat(get("--block-list", list.toString(), "--timeout", "2s").awaitExit())
                .isEqualTo(2);
        assertThat(seeder.uploaded().getAsLong()).isZero();
    }

    @Test
    void stopsWhenTimeIsOver() {
        assertThat(get("--down", "100K", "--for", "2s").awaitExit()).isEqualTo(7);
        assertThat(get().awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void givesUpWithoutProgress() {
        // Two peers are known and one may be connected: which of them is not the user's to say, so both have
        // everything.
        assertThat(get("--peers", "1", "--peer", "127.0.0.1:9").awaitExit()).isZero();
        Path nothing = stage.newFolder("nothing");
        Ahti stalls = Ahti.get(stage, torrent, nothing, "--no-trackers", "--no-dht", "--stall", "1s");
        assertThat(stalls.awaitExit()).isEqualTo(2);
    }

    @Test
    void severalTorrentsShareOneProcess() {
        Payload second = Payload.file("second.bin", 1 << 20, PIECE);
        Path other = stage.torrent(second, Stage.NO_TRACKER);
        Peer otherSeeder =
                new Libtorrent().start(stage, other, stage.folderWith(second)).awaitComplete();
        Ahti ahti = get("--peer", otherSeeder.address(), "--json", other.toString());
        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
        assertThat(second.faults(folder)).isEmpty();
        assertThat(ahti.program().stdout())
                .filteredOn(line -> line.contains("\"event\":\"done\""))
                .hasSize(2);
    }
}
