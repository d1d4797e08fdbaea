package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.env.ExitCode;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.why.WaitReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What people and programs read when there is no terminal. */
class ScreensTest {
    private static final Paint PLAIN = new Paint(false, true);
    private static final long MIB = 1 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Console console = new Console(stream);

    @Test
    void printsALineForEachStateAndEveryTenSeconds() {
        LineScreen screen = new LineScreen(console, PLAIN);

        screen.show(Statuses.downloading().checked(0).now(), seconds(0));
        screen.show(Statuses.downloading().checked(335 * MIB).now(), seconds(10));
        screen.show(Statuses.downloading().now(), seconds(11));
        screen.show(Statuses.downloading().now(), seconds(20));
        screen.show(
                Statuses.downloading().waiting(new WaitReason.NoPeersKnown()).now(), seconds(21));
        screen.show(
                Statuses.downloading().have(670 * MIB).in(TorrentState.SEEDING).now(), seconds(22));

        assertThat(lines())
                .containsExactly(
                        "debian-12.11.0-amd64-netinst.iso: checking existing data, 670.0 MiB",
                        "checking existing data 50.0 % of 670.0 MiB",
                        "debian-12.11.0-amd64-netinst.iso: downloading, 418.0 MiB of 670.0 MiB are here",
                        "62.3 % of 670.0 MiB, down 41.2 MiB/s, up 1.1 MiB/s, peers 38 (14 feeding, 9 fed) of 212 known,"
                                + " tracker ok 27:10, 6 s left, waiting: no peers yet: the tracker knows none",
                        "debian-12.11.0-amd64-netinst.iso: complete, sharing");
    }

    @Test
    void neverCallsIncompleteDataComplete() {
        LineScreen screen = new LineScreen(console, PLAIN);

        screen.show(Statuses.downloading().in(TorrentState.SEEDING).now(), seconds(0));
        screen.ended(closing(MIB));

        assertThat(lines())
                .containsExactly(
                        "debian-12.11.0-amd64-netinst.iso: sharing the 418.0 MiB of 670.0 MiB that are here and good;"
                                + " 'ahti verify' lists what is not",
                        "✗ debian.iso  1.0 MiB of 670.0 MiB were here and good");
    }

    @Test
    void endsWithTheFigures() {
        new LineScreen(console, PLAIN).ended(closing(ExitCode.OK, true, false, ""));

        assertThat(lines())
                .containsExactly("✓ debian.iso  670.0 MiB in 17 s (39.4 MiB/s) from 14 peers, 0 B wasted, sha1 ok");
    }

    @Test
    void saysWhenNothingWasToDo() {
        new LineScreen(console, PLAIN).ended(closing(ExitCode.OK, true, true, ""));

        assertThat(lines()).containsExactly("✓ debian.iso  670.0 MiB was complete already, sha1 ok");
    }

    @Test
    void quietMeansOnlyFailures() {
        QuietScreen screen = new QuietScreen(console, PLAIN);
        screen.show(Statuses.downloading().now(), 0);
        screen.say("stopping");
        screen.ended(closing(ExitCode.OK, true, false, ""));
        screen.ended(closing(ExitCode.DISK_FULL, false, false, "disk full on /data"));

        assertThat(lines()).containsExactly("✗ disk full on /data");
    }

    @Test
    void printsJsonEventsForPrograms() {
        Clock noon = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
        JsonScreen screen = new JsonScreen(stream, noon, new QuietScreen(console, PLAIN));

        screen.show(Statuses.downloading().have(438304768).now(), 0);
        screen.happened(new TorrentEvent.StateChanged(Statuses.HASH, TorrentState.SEEDING));
        screen.ended(closing(ExitCode.OK, true, false, ""));

        String head = "{\"ts\":\"2026-01-02T12:00:00Z\",\"event\":\"%\",\"hash\":\"" + "0".repeat(40) + "\",";
        assertThat(lines())
                .containsExactly(
                        head.replace("%", "progress")
                                + "\"state\":\"downloading\",\"have\":438304768,\"wanted\":702545920,\"down\":43201331,"
                                + "\"up\":1153433,\"peers\":{\"connected\":38,\"unchokedUs\":14},\"eta\":6,\"waiting\":null}",
                        head.replace("%", "state") + "\"state\":\"seeding\"}",
                        head.replace("%", "done")
                                + "\"path\":\"/data/debian.iso\",\"seconds\":17.0,\"wasted\":0,\"exit\":0}");
    }

    private static Closing closing(ExitCode code, boolean complete, boolean wasComplete, String sentence) {
        return closing(code, complete, wasComplete, sentence, 670 * MIB);
    }

    /** Of a seed, which is done whatever it had to share. */
    private static Closing closing(long bytes) {
        return closing(ExitCode.OK, true, true, "", bytes);
    }

    private static Closing closing(ExitCode code, boolean complete, boolean wasComplete, String sentence, long bytes) {
        return new Closing(
                code,
                Statuses.HASH.hex(),
                "debian.iso",
                Path.of("/data/debian.iso"),
                complete,
                wasComplete,
                sentence,
                bytes,
                670 * MIB,
                670 * MIB,
                0,
                0,
                14,
                Duration.ofSeconds(17));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private java.util.List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
