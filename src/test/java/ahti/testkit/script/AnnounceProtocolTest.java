package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine tells trackers, and exactly when. */
@Timeout(60)
class AnnounceProtocolTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final long LEFT = KnownTorrent.PIECE_LENGTH;

    private final EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(1));

    @AfterEach
    void end() {
        engine.close();
    }

    /** Regular announces come late by up to a twentieth (BEP 3 asks for no more often than the interval). */
    private static void isDue(ExpectedAnnounce announce, Duration last, Duration pause) {
        announce.between(last.plus(pause), last.plus(pause).plus(pause.dividedBy(20)));
    }

    @Test
    void tellsWhenItStartsCompletesAndStops() {
        ScriptedTracker tracker = engine.tracker("tracker");
        ScriptedPeer peer = engine.peer("alice").listens();
        engine.starts();

        tracker.expectsAnnounce().at(Duration.ZERO).withEvent("started").withLeft(LEFT);
        engine.passes(Duration.ofSeconds(3));
        tracker.answers(HALF_AN_HOUR, peer);
        peer.accepts().expectsHandshake();
        peer.sendsHandshake().sendsBitfield().unchokes().ignores(ahti.wire.PeerMessage.Signal.class);
        peer.serves(2);
        tracker.expectsAnnounce()
                .withEvent("completed")
                .withLeft(0)
                .withDownloaded(LEFT)
                .at(engine.now());
        tracker.answers(HALF_AN_HOUR);
        isDue(tracker.expectsAnnounce().withEvent(""), Duration.ofSeconds(3), HALF_AN_HOUR);
        tracker.answers(HALF_AN_HOUR);
        engine.stops();
        tracker.expectsAnnounce().withEvent("stopped").withWanted(0).at(engine.now());
        assertThat(engine.isStopped()).isFalse();
        tracker.answers(HALF_AN_HOUR);
        assertThat(engine.isStopped()).isTrue();
    }

    @Test
    void aTrackerThatDoesNotSayGoodbyeHoldsUpTheStopForThreeSeconds() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.starts();
        tracker.expectsAnnounce();
        tracker.answers(HALF_AN_HOUR);

        engine.stops();
        tracker.expectsAnnounce().withEvent("stopped");
        engine.passes(Duration.ofMillis(2999));
        assertThat(engine.isStopped()).isFalse();
        engine.passes(Duration.ofMillis(1));
        assertThat(engine.isStopped()).isTrue();
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureWhateverItsKind() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.starts();

        tracker.expectsAnnounce().at(Duration.ZERO).withEvent("started");
        tracker.fails("not today");
        Duration last = engine.now();
        isDue(tracker.expectsAnnounce().withEvent("started"), last, Duration.ofSeconds(15));
        last = engine.now();
        tracker.answersStatus(503);
        isDue(tracker.expectsAnnounce(), last, Duration.ofSeconds(30));
        last = engine.now();
        tracker.answersGarbage(ByteString.fromString("<html>"));
        isDue(tracker.expectsAnnounce(), last, Duration.ofMinutes(1));
        last = engine.now();
        tracker.breaksOff();
        isDue(tracker.expectsAnnounce(), last, Duration.ofMinutes(2));
        last = engine.now();
        tracker.isSilent();
        isDue(tracker.expectsAnnounce(), last.plusSeconds(30), Duration.ofMinutes(4));
        for (int i = 0; i < 5; i++) {
            tracker.fails("still not");
            tracker.expectsAnnounce();
        }
        last = engine.now();
        tracker.fails("at last as seldom as once in half an hour");
        isDue(tracker.expectsAnnounce(), last, HALF_AN_HOUR);
        last = engine.now();
        tracker.answers(Duration.ofMinutes(10));
        isDue(tracker.expectsAnnounce().withEvent(""), last, Duration.ofMinutes(10));
        last = engine.now();
        tracker.fails("again");
        isDue(tracker.expectsAnnounce(), last, Duration.ofSeconds(15));
    }

    @Test
    void asksNoMoreOftenThanTheTrackerWishesAndOnceADayAtLeast() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.starts();

        tracker.expectsAnnounce();
        tracker.answers(Duration.ofSeconds(1));
        isDue(tracker.expectsAnnounce(), Duration.ZERO, Duration.ofMinutes(1));
        Duration last = engine.now();
        tracker.answers(Duration.ofDays(365));
        isDue(tracker.expectsAnnounce(), last, Duration.ofDays(1));
    }

    @Test
    void whenOneTrackerFailsTheNextIsAskedAtOnce() {
        ScriptedTracker first = engine.tracker("first");
        ScriptedTracker second = engine.udpTracker("second");
        engine.starts();

        first.expectsAnnounce();
        first.fails("no");
        second.expectsAnnounce().at(Duration.ZERO).withEvent("started").withLeft(LEFT);
        second.answers(HALF_AN_HOUR);
        engine.stops();
        second.expectsAnnounce().withEvent("stopped");
        first.expectsNoAnnounceFor(Duration.ofMinutes(5));
    }

    @Test
    void aUdpTrackerThatIsSilentIsAskedTwiceAndThenLeftAlone() {
        ScriptedTracker tracker = engine.udpTracker("tracker").ignoresConnects();
        engine.starts();

        tracker.expectsNoAnnounceFor(Duration.ofMinutes(2));

        // After 15 s, given up after 30 more (BEP 15); then the pause after a failure, late by a twentieth at most.
        List<Duration> connects =
                tracker.transcript().lines().stream().map(Transcript.Line::at).toList();
        assertThat(connects.subList(0, 2)).containsExactly(Duration.ZERO, Duration.ofSeconds(15));
        assertThat(connects.get(2)).isBetween(Duration.ofMinutes(1), Duration.ofMillis(60_750));
        assertThat(connects.get(3)).isEqualTo(connects.get(2).plusSeconds(15));
    }

    @Test
    void anAnswerToAnotherTransactionIsNone() {
        ScriptedTracker tracker = engine.udpTracker("tracker");
        ScriptedPeer wrong = engine.peer("wrong").listens();
        ScriptedPeer right = engine.peer("right").listens();
        engine.starts();

        tracker.expectsAnnounce();
        tracker.answersWithWrongTransaction(HALF_AN_HOUR, wrong.address());
        tracker.answers(HALF_AN_HOUR, right);

        right.accepts();
        wrong.expectsNoCallFor(Duration.ofMinutes(1));
    }

    @Test
    void connectsAnewToAUdpTrackerThatHasForgottenIt() {
        ScriptedTracker tracker = engine.udpTracker("tracker");
        engine.starts();
        tracker.expectsAnnounce().withEvent("started");
        tracker.answers(HALF_AN_HOUR);

        tracker.forgetsConnections();
        engine.stops();

        tracker.expectsAnnounce().withEvent("stopped").at(Duration.ZERO);
        assertThat(tracker.transcript().lines())
                .extracting(Transcript.Line::text)
                .endsWith("connect first", "Connect", "Connected", "Announce stopped, left " + LEFT);
    }

    @Test
    void showsTheConversationWhenAnAnnounceIsNotAsExpected() {
        ScriptedTracker tracker = engine.tracker("tracker");
        engine.starts();
        ExpectedAnnounce announce = tracker.expectsAnnounce();

        assertThatThrownBy(() -> announce.withEvent("stopped")).hasMessage("""
                        tracker expected an announce with event 'stopped', not 'started'

                           seconds  tracker                                 engine
                             0.000                                          Announce started, left 32768
                        """);
        tracker.answers(HALF_AN_HOUR);
        assertThatThrownBy(() -> tracker.expectsNoAnnounceFor(Duration.ofHours(1)))
                .hasMessageStartingWith("tracker expected no announce for 3600 s, but one came");
    }
}
