package ahti.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An actor system under virtual time. */
@Timeout(60)
class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void end() {
        time.close();
    }

    private void note(String what) {
        seen.add(time.now().toMillis() + " " + what);
    }

    /** Notes what it hears; "tick:N" makes it hear "tock" each N ms. */
    private Behavior<String> noting(String name) {
        return Behaviors.withTimers(timers -> Behaviors.receiveMessage(message -> {
            note(name + " " + message);
            if (message.startsWith("tick:")) {
                timers.startTimerWithFixedDelay(
                        "tick", "tock", Duration.ofMillis(Long.parseLong(message.substring(5))));
            }
            return Behaviors.same();
        }));
    }

    @Test
    void timersFireByMomentThenInTheOrderOfTheCalls() {
        time.after(Duration.ofMillis(20), () -> note("c"));
        time.after(Duration.ofMillis(10), () -> note("a"));
        time.after(Duration.ofMillis(10), () -> note("b"));
        time.after(Duration.ofMillis(30), () -> note("d"));
        time.run(Duration.ofMillis(20));
        assertThat(seen).containsExactly("10 a", "10 b", "20 c");
        assertThat(time.now()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        VirtualTime.Timer timer = time.after(Duration.ofMillis(10), () -> note("never"));
        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        assertThat(time.next()).isEmpty();
        assertThat(time.advance()).isFalse();
        assertThat(seen).isEmpty();
    }

    /** Who watches an actor hears of its end in the order of such numbers. */
    @Test
    void actorsHaveTheSameNumbersUnderEveryTime() {
        assertThat(numberOfAnActor()).isEqualTo(numberOfAnActor());
    }

    private static int numberOfAnActor() {
        try (VirtualTime other = new VirtualTime()) {
            return other.system(Behaviors.empty(), "numbered").path().uid();
        }
    }

    @Test
    void anActorSystemTicksInVirtualTimeOnly() {
        ActorSystem<String> system = time.system(noting("x"), "ticking");
        system.tell("tick:1000");
        time.run(Duration.ofMillis(3500));
        assertThat(seen).containsExactly("0 x tick:1000", "1000 x tock", "2000 x tock", "3000 x tock");
    }

    @Test
    void aDayOfTimersPassesAtOnce() {
        ActorSystem<String> system = time.system(noting("x"), "ticking");
        system.tell("tick:1000");
        time.run(Duration.ofDays(1));
        assertThat(seen).hasSize(86_401);
    }

    @Test
    void runsUntilAConditionHoldsOrTheLimitIsReached() {
        ActorSystem<String> system = time.system(noting("x"), "ticking");
        system.tell("tick:1000");
        assertThat(time.runUntil(() -> seen.size() >= 3, Duration.ofMinutes(1))).isTrue();
        assertThat(time.now()).isEqualTo(Duration.ofSeconds(2));
        assertThat(time.runUntil(() -> seen.isEmpty(), Duration.ofSeconds(10))).isFalse();
        assertThat(time.now()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void streamsRunOnTheSameThread() {
        ActorSystem<String> system = time.system(noting("x"), "streaming");
        Thread me = Thread.currentThread();
        List<Integer> got = new ArrayList<>();
        Source.range(1, 1000)
                .async()
                .map(n -> n * 2)
                .async()
                .runWith(
                        Sink.foreach(n -> {
                            assertThat(Thread.currentThread()).isSameAs(me);
                            got.add(n);
                        }),
                        system);
        time.runUntilIdle();
        assertThat(got).hasSize(1000).startsWith(2, 4).endsWith(2000);
    }

    @Test
    void whoMayBlockSleepsInVirtualTimeWhileOthersGoOn() {
        time.mayBlock("ahti.disk-dispatcher");
        Behavior<String> sleeper = Behaviors.receiveMessage(message -> {
            note("begins " + message);
            time.sleep(Duration.ofMillis(Long.parseLong(message)));
            note("ends " + message);
            return Behaviors.same();
        });
        Behavior<String> guardian = Behaviors.setup(context -> {
            ActorRef<String> slow =
                    context.spawn(sleeper, "slow", DispatcherSelector.fromConfig("ahti.disk-dispatcher"));
            ActorRef<String> slower =
                    context.spawn(sleeper, "slower", DispatcherSelector.fromConfig("ahti.disk-dispatcher"));
            ActorRef<String> other = context.spawn(noting("other"), "other");
            slow.tell("30");
            slower.tell("50");
            slow.tell("5");
            other.tell("tick:20");
            return Behaviors.empty();
        });
        time.system(guardian, "sleeping");
        time.run(Duration.ofMillis(55));
        assertThat(seen)
                .containsExactly(
                        "0 begins 30",
                        "0 begins 50",
                        "0 other tick:20",
                        "20 other tock",
                        "30 ends 30",
                        "30 begins 5",
                        "35 ends 5",
                        "40 other tock",
                        "50 ends 50");
    }

    @Test
    void nobodyElseMaySleep() {
        assertThatThrownBy(() -> time.sleep(Duration.ofMillis(1))).hasMessageContaining("dispatcher that may block");
    }

    @Test
    void aTaskFromAnotherThreadFailsTheRun() {
        ActorSystem<String> system = time.system(noting("x"), "strays");
        time.runUntilIdle();
        CompletableFuture<Void> stray = CompletableFuture.runAsync(() -> system.tell("boo"), ForkJoinPool.commonPool());
        stray.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThatThrownBy(time::runUntilIdle)
                .hasMessageContaining("outside of virtual time")
                .hasRootCauseInstanceOf(Throwable.class);
    }

    @Test
    void anActionThatThrowsFailsTheRun() {
        time.after(Duration.ofMillis(1), () -> {
            throw new AssertionError("expected something else");
        });
        assertThatThrownBy(() -> time.run(Duration.ofMillis(2))).hasMessage("expected something else");
    }

    @Test
    void twoTimesDoNotMeet() {
        try (VirtualTime other = new VirtualTime()) {
            other.after(Duration.ofMillis(1), () -> note("other"));
            time.run(Duration.ofDays(1));
            assertThat(seen).isEmpty();
            assertThat(other.now()).isZero();
        }
    }

    @Test
    void closingEndsSystemsAndThreads() {
        time.mayBlock("ahti.disk-dispatcher");
        ActorSystem<String> system = time.system(noting("x"), "ending");
        system.tell("tick:1000");
        time.run(Duration.ofSeconds(2));
        time.close();
        assertThat(system.whenTerminated().isCompleted()).isTrue();
    }
}
