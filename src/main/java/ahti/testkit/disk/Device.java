package ahti.testkit.disk;

import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every operation of a disk goes through: it is counted, waits for the ones before it, takes its time, fails if it was
 * told to, and is written down.
 */
final class Device {
    private static final int TRANSCRIPT = 1000;

    private final VirtualTime time;
    private final Runnable whenPowerIsCut;
    private final List<ActiveFault> faults = new ArrayList<>();
    private final ArrayDeque<Step> transcript = new ArrayDeque<>();
    private final Map<Operation.Kind, Long> counts = new EnumMap<>(Operation.Kind.class);
    private DiskSpeed speed = DiskSpeed.INSTANT;
    private long operations;
    private long busyUntil;
    private int life;
    private boolean isOn = true;

    Device(VirtualTime time, Runnable whenPowerIsCut) {
        this.time = time;
        this.whenPowerIsCut = whenPowerIsCut;
    }

    /** What an operation does, in its turn. */
    interface Action<T> {
        T in(Turn turn) throws IOException;
    }

    <T> T perform(Operation.Kind kind, Path path, long offset, long length, Action<T> action) throws IOException {
        Operation operation = new Operation(++operations, kind, path, offset, length);
        counts.merge(kind, 1L, Long::sum);
        Duration begun = time.now();
        String outcome = "";
        try {
            checkLife(life);
            return action.in(new Turn(this, operation, struck(operation)));
        } catch (IOException | RuntimeException e) {
            outcome = e.toString();
            throw e;
        } finally {
            if (transcript.size() == TRANSCRIPT) {
                transcript.remove();
            }
            transcript.add(new Step(begun, time.now(), operation, outcome));
        }
    }

    private Optional<Fault.Effect> struck(Operation operation) {
        faults.removeIf(ActiveFault::isLifted);
        return faults.stream()
                .filter(fault -> fault.strikes(operation))
                .findFirst()
                .map(ActiveFault::effect);
    }

    /** Lets the time of an operation pass. Locking takes none: engines lock where they must not wait. */
    void spend(Operation operation) {
        long cost = operation.kind() == Operation.Kind.LOCK ? 0 : speed.cost(operation.length());
        if (cost > 0) {
            long now = time.nanos();
            busyUntil = Math.max(busyUntil, now) + cost;
            time.sleep(Duration.ofNanos(busyUntil - now));
        }
    }

    /** Fails unless the power is on and nobody died since that life. */
    void checkLife(int since) throws IOException {
        if (!isOn) {
            throw new IOException("the machine has no power");
        }
        if (since != life) {
            throw new IOException("the machine was restarted meanwhile");
        }
    }

    /** Counts the lives: one ends when the process is killed or the power is cut. */
    int life() {
        return life;
    }

    void endLife() {
        life++;
        busyUntil = time.nanos();
    }

    void cutPower() {
        isOn = false;
        endLife();
        whenPowerIsCut.run();
    }

    void powerOn() {
        isOn = true;
    }

    void speed(DiskSpeed speed) {
        this.speed = speed;
    }

    ActiveFault inject(Fault fault) {
        ActiveFault active = new ActiveFault(fault);
        faults.add(active);
        return active;
    }

    void liftAll() {
        faults.forEach(ActiveFault::lift);
    }

    long operations() {
        return operations;
    }

    long operations(Operation.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    List<Step> transcript() {
        return List.copyOf(transcript);
    }
}
