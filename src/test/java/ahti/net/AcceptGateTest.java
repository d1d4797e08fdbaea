package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

class AcceptGateTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger room = new AtomicInteger(2);
    private final List<Integer> came = new ArrayList<>();

    private boolean mayCome() {
        asked.incrementAndGet();
        return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Test
    void waitsWhileNobodyMayComeAndGoesOnAfterwards() {
        try (VirtualTime time = new VirtualTime()) {
            ActorSystem<?> system = time.system(Behaviors.empty(), "gate");
            Source.range(1, 5)
                    .via(new AcceptGate<>(this::mayCome, Duration.ofMillis(200)))
                    .to(Sink.foreach(came::add))
                    .run(system);

            time.run(Duration.ofSeconds(10));
            assertThat(came).containsExactly(1, 2);
            // Five times a second, not as often as it can.
            assertThat(asked).hasValueBetween(40, 60);

            room.set(100);
            time.run(Duration.ofSeconds(1));
            assertThat(came).containsExactly(1, 2, 3, 4, 5);
        }
    }
}
