package ahti.testkit.swarm;

import ahti.testkit.disk.Fault;
import ahti.testkit.disk.Operation.Kind;
import ahti.testkit.disk.SimulatedDisk;
import java.util.function.Consumer;

/** What may go wrong with the disk of a download, and passes. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
enum DiskTrouble {
    FULL(disk -> disk.fullAt(disk.used()), SimulatedDisk::neverFull),
    /** There is room, but not for us. */
    QUOTA(
            disk -> disk.inject(Fault.on(Kind.WRITE, Kind.RESERVE).fails("Disk quota exceeded")),
            SimulatedDisk::liftFaults),
    WRITE_ERROR(
            disk -> disk.inject(Fault.on(Kind.WRITE, Kind.RESERVE, Kind.FORCE)
                    .in(Member.DATA)
                    .fails("Input/output error")),
            SimulatedDisk::liftFaults),
    TORN_WRITES(
            disk -> disk.inject(
                    Fault.on(Kind.WRITE, Kind.RESERVE).in(Member.DATA).tears("Input/output error")),
            SimulatedDisk::liftFaults),
    EVERYTHING_FAILS(disk -> disk.inject(Fault.on().fails("Input/output error")), SimulatedDisk::liftFaults),
    NO_HANDLES(
            disk -> disk.inject(Fault.on(Kind.OPEN, Kind.WRITE).fails("Too many open files")),
            SimulatedDisk::liftFaults),
    READ_ONLY(
            disk -> {
                disk.readOnly(true);
                disk.inject(Fault.on(Kind.WRITE).fails("Read-only file system"));
            },
            disk -> disk.readOnly(false).liftFaults()),
    UNPLUGGED(disk -> disk.unplug(Member.DATA), disk -> disk.plugIn(Member.DATA)),
    /** The cable was pulled, and what is left of the mount point can be written: it is on the disk of the system. */
    UNMOUNTED(
            disk -> {
                disk.inject(Fault.on(Kind.WRITE).in(Member.DATA).once().fails("Input/output error"));
                disk.unmount(Member.DATA);
            },
            disk -> disk.remount(Member.DATA));

    private final Consumer<SimulatedDisk> begin;
    private final Consumer<SimulatedDisk> end;

    DiskTrouble(Consumer<SimulatedDisk> begin, Consumer<SimulatedDisk> end) {
        this.begin = begin;
        this.end = end;
    }

    void begins(SimulatedDisk disk) {
        begin.accept(disk);
    }

    void ends(SimulatedDisk disk) {
        end.accept(disk);
    }
}
