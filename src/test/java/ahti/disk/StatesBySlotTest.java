package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class StatesBySlotTest {
    @Seeds(20)
    void isAMapLikeAnyOther(long seed) {
        Random random = new Random(seed);
        Map<Integer, FileState> model = new TreeMap<>();
        Map<Integer, FileState> states = new StatesBySlot();
        for (int i = 0; i < 500; i++) {
            int slot = random.nextInt(50);
            FileState state = new FileState(random.nextLong(), moment(random), moment(random));
            if (random.nextInt(3) == 0) {
                assertThat(states.remove(slot)).isEqualTo(model.remove(slot));
            } else {
                assertThat(states.put(slot, state)).isEqualTo(model.put(slot, state));
            }
            assertThat(states.get(slot)).isEqualTo(model.get(slot));
            assertThat(states.containsKey(slot)).isEqualTo(model.containsKey(slot));
        }
        assertThat(states).isEqualTo(model);
        assertThat(states.keySet()).containsExactlyElementsOf(model.keySet());
        assertThat(new StatesBySlot(states)).isEqualTo(model);
    }

    private static Instant moment(Random random) {
        return Instant.ofEpochSecond(
                random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                random.nextInt(1_000_000_000));
    }
}
