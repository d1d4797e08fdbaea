package ahti.testkit.disk;

import java.io.IOException;
import java.util.Optional;

/** The turn of one operation at the device: when it is over, and how it goes wrong. */
final class Turn {
    private final Device device;
    private final Operation operation;
    private final Optional<Fault.Effect> effect;
    private final int life;

    Turn(Device device, Operation operation, Optional<Fault.Effect> effect) {
        this.device = device;
        this.operation = operation;
        this.effect = effect;
        this.life = device.life();
    }

    /** How many bytes of a write get through: half of them when it is torn, none when it fails. */
    int through(int length) {
        Fault.Effect struck = effect.orElse(null);
        if (struck instanceof Fault.Tear || struck instanceof Fault.PowerCut) {
            return length / 2;
        }
        return struck == null || struck instanceof Fault.Flip ? length : 0;
    }

    /** Lets the time pass that the operation takes. Fails when it was told to fail, or when the machine died meanwhile. */
    void pass() throws IOException {
        device.spend(operation);
        device.checkLife(life);
        if (effect.isPresent()) {
            effect.get().strike(operation);
        }
        if (effect.orElse(null) instanceof Fault.PowerCut) {
            device.cutPower();
            device.checkLife(life);
        }
    }

    /** Whether one bit of what is read comes out wrong. */
    boolean flips() {
        return effect.orElse(null) instanceof Fault.Flip;
    }
}
