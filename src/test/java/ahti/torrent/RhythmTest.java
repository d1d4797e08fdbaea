package ahti.torrent;

import ahti.ActorKit;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RhythmTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What a swarm would do with a tick. */
    private interface Ticked {
        void by(Rhythm rhythm);
    }

    private TestProbe<Torrent.Command> swarm(Ticked ticked) {
        TestProbe<Torrent.Command> told = kit.probe();
        ActorRef<Torrent.Command> swarm = kit.spawn(behavior(told.ref(), ticked));
        swarm.tell(Torrent.Resume.INSTANCE);
        told.expectMessage(Torrent.Resume.INSTANCE);
        return told;
    }

    private static Behavior<Torrent.Command> behavior(ActorRef<Torrent.Command> told, Ticked ticked) {
        return Behaviors.withTimers(timers -> {
            Rhythm rhythm = new Rhythm(timers);
            rhythm.wake();
            return Behaviors.receiveMessage(message -> {
                if (message == Torrent.Tick.INSTANCE) {
                    ticked.by(rhythm);
                }
                told.tell(message);
                return Behaviors.same();
            });
        });
    }

    @Test
    void beatsEverySecondWhileSomebodyIsThere() {
        TestProbe<Torrent.Command> told = swarm(rhythm -> rhythm.beat(false));

        for (int second = 0; second < 3; second++) {
            kit.pass(SECOND);
            told.expectMessage(Torrent.Tick.INSTANCE);
        }
    }

    @Test
    void beatsNowAndThenWhileNobodyIs() {
        TestProbe<Torrent.Command> told = swarm(rhythm -> rhythm.beat(true));
        kit.pass(SECOND);
        told.expectMessage(Torrent.Tick.INSTANCE);

        kit.pass(Duration.ofSeconds(9));
        told.expectNoMessage();
        kit.pass(SECOND);

        told.expectMessage(Torrent.Tick.INSTANCE);
    }

    @Test
    void aRestEndsWithinASecondWhenItIsWoken() {
        boolean[] woken = new boolean[1];
        TestProbe<Torrent.Command> told = swarm(rhythm -> {
            rhythm.beat(true);
            if (woken[0]) {
                rhythm.wake();
            }
        });
        kit.pass(SECOND);
        told.expectMessage(Torrent.Tick.INSTANCE);
        woken[0] = true;
        kit.pass(Duration.ofSeconds(10));
        told.expectMessage(Torrent.Tick.INSTANCE);

        kit.pass(SECOND);

        told.expectMessage(Torrent.Tick.INSTANCE);
    }
}
