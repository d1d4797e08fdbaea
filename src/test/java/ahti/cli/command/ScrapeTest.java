package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.testkit.tracker.TrackerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code scrape}, through real sockets, of our own small tracker. */
@Timeout(90)
class ScrapeTest {
    @TempDir
    Path cwd;

    private TrackerServer tracker;
    private World world;

    @BeforeEach
    void aTracker() throws IOException {
        tracker = TrackerServer.start(TrackerServer.Settings.DEFAULT, () -> 0);
        world = new World(cwd);
        Files.writeString(cwd.resolve("it"), "hello");
    }

    @AfterEach
    void endOfTracker() {
        tracker.close();
    }

    private void torrent(String trackers) {
        assertThat(new World(cwd).run("create", "it", "-t", trackers, "--force"))
                .isZero();
    }

    @Test
    void tellsWhatEachTrackerKnows() {
        torrent(tracker.url());

        assertThat(world.run("scrape", "it.torrent", "--tracker", tracker.udpUrl()))
                .isZero();

        assertThat(world.out().lines())
                .containsExactlyInAnyOrder(tracker.url() + "\t0\t0\t0", tracker.udpUrl() + "\t0\t0\t0");
        assertThat(world.err()).isEmpty();
    }

    @Test
    void oneTrackerThatAnswersIsEnough() {
        String deaf = tracker.url().replace("announce", "other");
        torrent(tracker.url() + "," + deaf);

        assertThat(world.run("scrape", "it.torrent")).isZero();
        assertThat(world.out()).isEqualTo(tracker.url() + "\t0\t0\t0\n");
        assertThat(world.err()).isEqualTo(deaf + ": its URL has no place for scrapes (BEP 48)\n");

        World json = new World(cwd);
        assertThat(json.run("scrape", "--json", "it.torrent")).isZero();
        assertThat(json.err()).isEmpty();
        assertThat(json.out())
                .contains("{\"url\":\"" + tracker.url() + "\",\"seeders\":0,\"leechers\":0,\"completed\":0}")
                .contains("{\"url\":\"" + deaf + "\",\"error\":\"its URL has no place for scrapes (BEP 48)\"}");
    }

    @Test
    void endsWithSixWhenNobodyAnswers() throws IOException {
        torrent(tracker.url().replace("announce", "other"));
        assertThat(world.run("scrape", "it.torrent")).isEqualTo(6);
        assertThat(world.out()).isEmpty();
        assertThat(world.err()).endsWith("no tracker answered\n");

        Files.delete(cwd.resolve("it.torrent"));
        assertThat(new World(cwd).run("create", "it")).isZero();
        World none = new World(cwd);
        assertThat(none.run("scrape", "it.torrent")).isEqualTo(6);
        assertThat(none.err()).contains("name one with --tracker URL");
        assertThat(none.run("scrape", "nowhere.torrent")).isEqualTo(3);
        assertThat(none.run("scrape", "it.torrent", "--tracker", "x")).isEqualTo(28);
        assertThat(none.run("scrape", "it.torrent", "--tracker", tracker.url(), "--bind", "no.such.host.invalid"))
                .isEqualTo(6);
    }
}
