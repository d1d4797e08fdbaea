package ahti.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.InfoHash;
import ahti.core.RateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the allotter says, and when. */
class AllotterTest {
    private static final InfoHash A = InfoHash.parse("aa".repeat(20));
    private static final InfoHash B = InfoHash.parse("bb".repeat(20));
    private static final Duration ROUND = Duration.ofMillis(50);
    /** The least that somebody who sends may have ready. */
    private static final long BLOCKS = EqualParts.LEAST;

    private static final Duration MOMENT = Duration.ofMillis(50);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private ActorRef<Allotter.Command> allotter;

    private TestProbe<Allotter.Notice> member(InfoHash torrent) {
        TestProbe<Allotter.Notice> member = kit.probe();
        allotter.tell(new Allotter.Join(torrent, member.ref()));
        return member;
    }

    private void begin(RateLimits limits) {
        allotter = kit.spawn(Allotter.create(kit::nanos, ROUND, limits, 16 * BLOCKS, 4 * BLOCKS));
    }

    @Test
    void whoeverIsLimitedHearsSoAndNobodyElse() {
        begin(RateLimits.NONE);
        TestProbe<Allotter.Notice> a = member(A);
        TestProbe<Allotter.Notice> b = member(B);
        allotter.tell(new Allotter.LimitTorrent(A, RateLimits.NONE.up(1_000)));
        a.expectMessage(new Allotter.Terms(Flow.UP, true));
        b.expectNoMessage(MOMENT);
        allotter.tell(new Allotter.Limit(RateLimits.NONE.up(5_000)));
        b.expectMessage(new Allotter.Terms(Flow.UP, true));
        a.expectNoMessage(MOMENT);
        member(A).expectMessage(new Allotter.Terms(Flow.UP, true));
        allotter.tell(new Allotter.Limit(RateLimits.NONE));
        b.expectMessage(new Allotter.Terms(Flow.UP, false));
        allotter.tell(new Allotter.ForgetTorrent(A));
        a.expectMessage(new Allotter.Terms(Flow.UP, false));
    }

    @Test
    @SuppressWarnings("NullAway") // nobody's message: a bug
    void aBugWithOneEndsItForNobodyElse() {
        begin(RateLimits.NONE.up(5_000));
        TestProbe<Allotter.Notice> before = member(A);
        before.expectMessage(new Allotter.Terms(Flow.UP, true));

        allotter.tell(new Allotter.Join(B, null));

        member(A).expectMessage(new Allotter.Terms(Flow.UP, true));
        allotter.tell(new Allotter.Limit(RateLimits.NONE));
        before.expectMessage(new Allotter.Terms(Flow.UP, false));
    }

    @Test
    void debtsArePaidRoundByRound() {
        begin(RateLimits.NONE.down(100_000));
        TestProbe<Allotter.Notice> a = member(A);
        a.expectMessage(new Allotter.Terms(Flow.DOWN, true));
        allotter.tell(new Allotter.Moved(a.ref(), 12_000, 7));
        a.expectNoMessage(MOMENT);
        kit.pass(ROUND);
        assertThat(((Allotter.Paid) a.receiveMessage()).bytes()).isEqualTo(5_000);
        kit.pass(ROUND);
        a.expectMessage(new Allotter.Paid(Flow.DOWN, 5_000, 100_000));
        kit.pass(ROUND);
        assertThat(((Allotter.Paid) a.receiveMessage()).bytes()).isEqualTo(2_000);
        kit.pass(ROUND);
        a.expectNoMessage(MOMENT);
    }

    @Test
    void whoeverIsGoneTakesNoShare() {
        begin(RateLimits.NONE.down(100_000));
        TestProbe<Allotter.Notice> a = member(A);
        TestProbe<Allotter.Notice> gone = member(B);
        a.expectMessage(new Allotter.Terms(Flow.DOWN, true));
        gone.expectMessage(new Allotter.Terms(Flow.DOWN, true));
        allotter.tell(new Allotter.Moved(a.ref(), 100_000, 0));
        allotter.tell(new Allotter.Moved(gone.ref(), 100_000, 0));
        gone.stop();
        // Once it is watched and gone, the allotter has heard so before the next round.
        a.expectNoMessage(MOMENT);
        kit.pass(ROUND);
        assertThat(((Allotter.Paid) a.receiveMessage()).bytes()).isEqualTo(5_000);
    }

    @Test
    void anAccountStopsWhoOwesMoreThanItMay() {
        Account account = new Account();
        account.moved(1_000_000);
        assertThat(account.mayGoOn()).isTrue();
        assertThat(account.unsaid()).isZero();
        account.heard(new Allotter.Terms(Flow.DOWN, true));
        assertThat(account.mayGoOn()).isTrue();
        account.moved(4_096);
        assertThat(account.mayGoOn()).isTrue();
        account.moved(1);
        assertThat(account.mayGoOn()).isFalse();
        assertThat(account.unsaid()).isEqualTo(4_097);
        account.heard(new Allotter.Paid(Flow.DOWN, 1, 100));
        assertThat(account.mayGoOn()).isTrue();
        account.moved(10_000);
        account.heard(new Allotter.Paid(Flow.DOWN, 1, 100_000));
        assertThat(account.mayGoOn()).isTrue();
        account.moved(1_000_000);
        account.heard(new Allotter.Terms(Flow.DOWN, false));
        assertThat(account.mayGoOn()).isTrue();
    }

    @Test
    void whoeverSendsHearsItsPartOfWhatMayBeReady() {
        begin(RateLimits.NONE);
        List<TestProbe<Allotter.Notice>> members = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            members.add(member(A));
            allotter.tell(new Allotter.Serve(members.get(i).ref(), true));
            members.get(i).expectMessage(new Allotter.Stock(4 * BLOCKS));
        }

        TestProbe<Allotter.Notice> fifth = member(B);
        fifth.expectNoMessage(MOMENT);
        allotter.tell(new Allotter.Serve(fifth.ref(), true));

        fifth.expectMessage(new Allotter.Stock(2 * BLOCKS));
        members.forEach(member -> member.expectMessage(new Allotter.Stock(2 * BLOCKS)));

        allotter.tell(new Allotter.Serve(fifth.ref(), false));

        members.forEach(member -> member.expectMessage(new Allotter.Stock(4 * BLOCKS)));
        fifth.expectNoMessage(MOMENT);
    }

    @Test
    void whoeverIsGoneLeavesItsPartToOthers() {
        begin(RateLimits.NONE);
        List<TestProbe<Allotter.Notice>> members = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            members.add(member(A));
            allotter.tell(new Allotter.Serve(members.get(i).ref(), true));
            members.get(i).expectMessageClass(Allotter.Stock.class);
        }
        members.get(0).expectMessage(new Allotter.Stock(2 * BLOCKS));

        members.get(4).stop();

        members.get(0).expectMessage(new Allotter.Stock(4 * BLOCKS));
    }
}
