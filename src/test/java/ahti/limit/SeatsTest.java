package ahti.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.Seeds;
import ahti.core.InfoHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the connections of an engine are dealt out. */
class SeatsTest {
    private static final InfoHash A = InfoHash.parse("aa".repeat(20));
    private static final InfoHash B = InfoHash.parse("bb".repeat(20));
    private static final InfoHash C = InfoHash.parse("cc".repeat(20));
    private static final InfoHash FIRST = InfoHash.parse("ff".repeat(20));
    private static final Duration ROUND = Duration.ofSeconds(1);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private ActorRef<Seats.Command> seats;

    /** The first deal is done, so that what is wanted from now on is dealt out together, a second later. */
    private void begin(int most) {
        seats = kit.spawn(Seats.create(most, 100));
        TestProbe<Seats.Granted> first = torrent();
        wants(first, FIRST, 0, -1);
        hears(first, most);
        seats.tell(new Seats.Leave(FIRST));
    }

    private TestProbe<Seats.Granted> torrent() {
        return kit.probe();
    }

    private void wants(TestProbe<Seats.Granted> torrent, InfoHash infoHash, int connections, int granted) {
        seats.tell(new Seats.Want(infoHash, connections, granted, torrent.ref()));
    }

    private static void hears(TestProbe<Seats.Granted> torrent, int connections) {
        torrent.expectMessage(new Seats.Granted(connections));
    }

    @Test
    void oneAloneMayHaveAll() {
        seats = kit.spawn(Seats.create(10, 100));
        TestProbe<Seats.Granted> a = torrent();
        wants(a, A, 3, 100);
        hears(a, 10);
    }

    @Test
    void noneGetsMoreThanATorrentMayHave() {
        seats = kit.spawn(Seats.create(10, 4));
        TestProbe<Seats.Granted> a = torrent();
        wants(a, A, 3, 100);
        hears(a, 4);
    }

    @Test
    void whoWantsTooManyGetsWhatTheModestLeave() {
        begin(10);
        TestProbe<Seats.Granted> a = torrent();
        TestProbe<Seats.Granted> b = torrent();
        TestProbe<Seats.Granted> c = torrent();
        wants(a, A, 50, 10);
        wants(b, B, 50, 10);
        wants(c, C, 2, 10);
        kit.pass(ROUND);
        hears(a, 4);
        hears(b, 4);
        hears(c, 2);
    }

    @Test
    void whatIsLeftOverLetsEachGrow() {
        begin(10);
        TestProbe<Seats.Granted> a = torrent();
        TestProbe<Seats.Granted> b = torrent();
        wants(a, A, 1, 10);
        wants(b, B, 3, 10);
        kit.pass(ROUND);
        hears(a, 4);
        hears(b, 6);
    }

    @Test
    void whoLeavesLeavesItsConnectionsToTheOthers() {
        begin(10);
        TestProbe<Seats.Granted> a = torrent();
        TestProbe<Seats.Granted> b = torrent();
        wants(a, A, 50, 10);
        wants(b, B, 50, 10);
        kit.pass(ROUND);
        hears(a, 5);
        hears(b, 5);
        seats.tell(new Seats.Leave(B));
        kit.pass(ROUND);
        hears(a, 10);
    }

    /** A torrent that begins anew may have forgotten what it was told. */
    @Test
    void whoBelievesSomethingElseIsToldAgain() {
        begin(10);
        TestProbe<Seats.Granted> a = torrent();
        wants(a, A, 50, 100);
        kit.pass(ROUND);
        hears(a, 10);
        wants(a, A, 50, 100);
        kit.pass(ROUND);
        hears(a, 10);
    }

    @Seeds(30)
    void moreThanThereAreIsNeverGranted(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(60);
        begin(most);
        List<TestProbe<Seats.Granted>> torrents = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int index = 0; index < count; index++) {
            TestProbe<Seats.Granted> torrent = torrent();
            torrents.add(torrent);
            // Nobody is ever granted what it believes, so each is told.
            wants(torrent, InfoHash.parse(("0" + index).repeat(20)), random.nextInt(40), -1);
        }
        kit.pass(ROUND);
        int granted = torrents.stream()
                .mapToInt(torrent -> torrent.receiveMessage().connections())
                .sum();
        assertThat(granted).isLessThanOrEqualTo(most).isGreaterThan(most - count);
    }
}
