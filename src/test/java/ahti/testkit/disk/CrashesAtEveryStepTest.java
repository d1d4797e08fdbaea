package ahti.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import ahti.disk.DiskWriter;
import ahti.disk.PieceInspector;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A download whose process is killed, or whose machine loses its power, at each step that it does on the disk; and once more
 * while it recovers from that.
 */
class CrashesAtEveryStepTest {
    /** Second crashes for each first one. */
    private static final int SECONDS = 2;

    private static final Duration A_WHILE = Duration.ofMillis(30);

    private enum End {
        /** Everything that was written is there; of a write, half. */
        KILLED,
        /** Of what was not forced anything may be there. */
        POWER_CUT
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void losesNothingAndTrustsNothingWrong(End end) throws IOException {
        long steps = steps();
        assertThat(steps).isGreaterThan(40);
        for (long first = 1; first <= steps; first++) {
            Random random = new Random(first);
            for (int i = 0; i < SECONDS; i++) {
                long second = 1L + random.nextInt((int) steps);
                try (Machine machine = new Machine(first * 1000 + i)) {
                    machine.live(end, first);
                    machine.live(end, second);
                    machine.live(end, Long.MAX_VALUE);
                    machine.assertComplete();
                } catch (IOException | RuntimeException | AssertionError e) {
                    throw new AssertionError(end + " at step " + first + ", then at step " + second + ", " + i, e);
                }
            }
        }
    }

    private static long steps() throws IOException {
        try (Machine machine = new Machine(1)) {
            long before = machine.disk.operations();
            machine.live(End.KILLED, Long.MAX_VALUE);
            return machine.disk.operations() - before;
        }
    }

    private static final class Machine implements AutoCloseable {
        private final VirtualTime time = new VirtualTime();
        private final WriterRig rig = new WriterRig(time);
        private final SimulatedDisk disk;
        private final Random random;
        private final SimulatedTorrent torrent = SimulatedTorrent.piecesOf(3000)
                .file("a", 7000)
                .file("b", 100)
                .file("c", 11_000)
                .build();
        /** Pieces of which it was answered that they are stored, and that they are remembered. */
        private PieceSet stored = new PieceSet(torrent.pieces());

        private PieceSet remembered = new PieceSet(torrent.pieces());
        private End lastEnd = End.KILLED;

        Machine(long seed) throws IOException {
            disk = new SimulatedDisk(time, seed);
            random = new Random(seed);
            disk.makeDirectory(DiskFixture.BASE);
            disk.expects(torrent, DiskFixture.BASE);
            // With a speed no two writes happen at the same moment.
            disk.speed(DiskSpeed.FLASH);
        }

        /** Downloads until that step of this life, and dies there. */
        void live(End end, long step) {
            long at = step == Long.MAX_VALUE ? step : disk.operations() + step;
            if (end == End.POWER_CUT) {
                disk.inject(Fault.atOperation(at).cutsPower());
            } else {
                disk.inject(Fault.atOperation(at).tears("killed"));
                disk.inject(
                        Fault.on().when(operation -> operation.number() > at).fails("killed"));
            }
            download();
            disk.liftFaults();
            if (end == End.KILLED) {
                disk.kill();
            } else {
                disk.crash();
            }
            time.run(A_WHILE);
            lastEnd = end;
        }

        private void download() {
            ActorRef<DiskWriter.Command> writer = rig.writer(disk, torrent, DiskFixture.BASE, false);
            time.run(A_WHILE);
            if (!(rig.last(Object.class) instanceof DiskWriter.Prepared prepared)) {
                return;
            }
            PieceSet have = prepared.trusted().toSet();
            assertThat(wrong(have)).as("trusted and wrong").isEmpty();
            if (!check(writer, prepared.suspects(), have)) {
                return;
            }
            PieceSet promised = lastEnd == End.KILLED ? stored : remembered;
            assertThat(lacking(promised, have)).as("lost").isEmpty();
            stored = have.toBitfield().toSet();
            remember(writer);
            fetch(writer);
        }

        private List<Integer> wrong(PieceSet have) {
            return lacking(have, disk.pieces(torrent, DiskFixture.BASE).toSet());
        }

        private static List<Integer> lacking(PieceSet some, PieceSet from) {
            List<Integer> lacking = new ArrayList<>();
            for (int piece = some.nextSet(0); piece >= 0; piece = some.nextSet(piece + 1)) {
                if (!from.contains(piece)) {
                    lacking.add(piece);
                }
            }
            return lacking;
        }

        private boolean check(ActorRef<DiskWriter.Command> writer, Bitfield suspects, PieceSet have) {
            for (int piece = 0; piece < suspects.size(); piece++) {
                if (suspects.get(piece)) {
                    rig.check(writer, piece);
                    time.run(A_WHILE);
                    PieceInspector.Answer answer = rig.last(PieceInspector.Answer.class);
                    if (answer instanceof PieceInspector.Unreadable) {
                        return false;
                    }
                    ((PieceInspector.Checked) answer).right().forEach(have::add);
                }
            }
            return true;
        }

        private void fetch(ActorRef<DiskWriter.Command> writer) {
            List<Integer> missing = new ArrayList<>();
            for (int piece = stored.nextClear(0); piece >= 0; piece = stored.nextClear(piece + 1)) {
                missing.add(piece);
            }
            Collections.shuffle(missing, random);
            for (int piece : missing) {
                rig.store(writer, torrent, piece);
                time.run(A_WHILE);
                if (rig.last(Object.class) instanceof DiskWriter.Stored) {
                    stored.add(piece);
                }
                if (random.nextInt(3) == 0) {
                    remember(writer);
                }
            }
            remember(writer);
            writer.tell(new DiskWriter.Close(rig.replies()));
            time.run(A_WHILE);
        }

        private void remember(ActorRef<DiskWriter.Command> writer) {
            Bitfield now = stored.toBitfield();
            writer.tell(new DiskWriter.Remember(now, rig.replies()));
            time.run(A_WHILE);
            if (rig.last(Object.class) == DiskWriter.Remembered.INSTANCE) {
                remembered = now.toSet();
            }
        }

        void assertComplete() {
            rig.writer(disk, torrent, DiskFixture.BASE, false);
            time.run(A_WHILE);
            assertThat(rig.last(DiskWriter.Prepared.class))
                    .isEqualTo(
                            new DiskWriter.Prepared(Bitfield.all(torrent.pieces()), Bitfield.none(torrent.pieces())));
            assertThat(disk.pieces(torrent, DiskFixture.BASE).isFull()).isTrue();
        }

        @Override
        public void close() {
            time.close();
        }
    }
}
