package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.torrent.TorrentState;
import ahti.torrent.why.WaitReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code p} and {@code v} change. */
class KeysOnScreenTest {
    private static final Paint PLAIN = new Paint(false, true);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    private final List<Boolean> log = new ArrayList<>();

    @Test
    void lettersOfEitherCaseAreKeysAndOthersAreNot() {
        assertThat(Key.of('p')).contains(Key.PEERS);
        assertThat(Key.of('V')).contains(Key.VERBOSE);
        assertThat(Key.of('q')).contains(Key.QUIT);
        assertThat(Key.of('\u001b')).isEmpty();
    }

    @Test
    void pShowsThePeersAndHidesThemAgain() {
        Screen screen = new VerboseScreen(live(true), false, log::add);
        assertThat(screen.showsPeers()).isFalse();

        screen.press(Key.PEERS);
        assertThat(screen.showsPeers()).isTrue();
        screen.peers(List.of(Peers.choking(1)));
        assertThat(shown(screen)).contains("10.0.0.1:6881").contains("it has choked us for 12 s");
        screen.press(Key.PEERS);

        assertThat(screen.showsPeers()).isFalse();
        assertThat(shown(screen)).doesNotContain("10.0.0.1:6881");
    }

    @Test
    void thePeersLeaveTheTerminalOneRow() {
        Screen screen = live(true);
        screen.press(Key.PEERS);
        screen.peers(List.of(Peers.choking(1), Peers.choking(2), Peers.choking(3), Peers.choking(4)));

        // Of seven rows the frame has four and the cursor one.
        assertThat(shown(screen).lines().filter(line -> line.endsWith("\u001b[K")))
                .hasSize(6);
        assertThat(shown(screen)).contains("and 3 more");
    }

    @Test
    void keysAreNamedOnlyWhereTheyAreHeard() {
        assertThat(shown(live(true))).contains("p=peers");
        assertThat(shown(live(false))).doesNotContain("p=peers");
        assertThat(shown(new LiveScreen(console, PLAIN, 80, () -> 7, true, 0)))
                .as("no room")
                .doesNotContain("p=");
    }

    @Test
    void verboseSaysWhenItWaitsForSomethingElse() {
        Screen screen = new VerboseScreen(new LineScreen(console, PLAIN), true, log::add);

        screen.show(Statuses.downloading().in(TorrentState.PAUSED).now(), 0);
        waits(screen, new WaitReason.Connecting(3));
        waits(screen, new WaitReason.Connecting(2));
        waits(screen, new WaitReason.AllChoking(2));
        screen.show(Statuses.downloading().in(TorrentState.PAUSED).now(), 0);

        assertThat(text().lines())
                .containsExactly(
                        "waiting: connecting to 3 peers", "waiting: 2 peers, all choking us", "no longer waiting");
    }

    @Test
    void vBeginsAndEndsIt() {
        Screen screen = new VerboseScreen(new LineScreen(console, PLAIN), false, log::add);
        waits(screen, new WaitReason.Connecting(3));
        assertThat(text()).isEmpty();

        screen.press(Key.VERBOSE);
        waits(screen, new WaitReason.Connecting(3));
        screen.press(Key.VERBOSE);
        waits(screen, new WaitReason.AllChoking(3));

        assertThat(text().lines())
                .containsExactly("verbose: v ends it", "waiting: connecting to 3 peers", "no longer verbose");
        assertThat(log).containsExactly(true, false);
    }

    private LiveScreen live(boolean keys) {
        return new LiveScreen(console, PLAIN, 120, () -> 7, keys, 0);
    }

    private static void waits(Screen screen, WaitReason reason) {
        screen.show(
                Statuses.downloading().in(TorrentState.PAUSED).waiting(reason).now(), 0);
    }

    /** What is drawn for one more status. */
    private String shown(Screen screen) {
        bytes.reset();
        screen.show(Statuses.downloading().connected(4).now(), 0);
        return text();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
