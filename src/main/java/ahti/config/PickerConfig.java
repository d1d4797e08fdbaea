package ahti.config;

import com.typesafe.config.Config;

/** {@code ahti.picker}: see reference.conf for each key. */
public record PickerConfig(long memoryBudget, int randomFirst, int endgameCopies, long edges) {

    static PickerConfig from(Config picker) {
        return new PickerConfig(
                picker.getBytes("memory-budget"),
                picker.getInt("random-first"),
                picker.getInt("endgame-copies"),
                picker.getBytes("edges"));
    }
}
