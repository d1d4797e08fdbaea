package ahti.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.PieceSet;
import ahti.disk.DiskProblem;
import ahti.disk.DiskWriter;
import ahti.disk.PieceInspector;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.disk.Operation.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Real disk writers, which know nothing of it. */
class WritersOnSimulatedDiskTest extends DiskFixture {
    private final WriterRig rig = new WriterRig(time);

    @Test
    void twoWritersShareOneDeviceToTheNanosecond() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(150_000).pieces(2).build();
        ActorRef<DiskWriter.Command> one = rig.writer(disk, torrent, BASE, false);
        ActorRef<DiskWriter.Command> two = rig.writer(disk, torrent, Path.of("/other"), false);
        time.runUntilIdle();
        disk.speed(new DiskSpeed(Duration.ofMillis(8), 150_000_000));
        rig.heard().clear();

        rig.store(one, torrent, 0);
        rig.store(two, torrent, 1);
        time.after(Duration.ofMillis(20), () -> rig.replies().tell("meanwhile"));
        time.run(Duration.ofSeconds(1));

        // Each opens its file, and writes: 8, and 8 + 1 ms, in turns.
        assertThat(rig.heard())
                .containsExactly(
                        new WriterRig.Heard(20_000_000, "meanwhile"),
                        new WriterRig.Heard(25_000_000, new DiskWriter.Stored(0)),
                        new WriterRig.Heard(34_000_000, new DiskWriter.Stored(1)));
    }

    @Test
    void whatIsUnderWayWhenTheMachineDiesFails() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(150_000).pieces(2).build();
        disk.expects(torrent, BASE);
        for (Runnable end : List.<Runnable>of(disk::kill, disk::crash)) {
            disk.speed(DiskSpeed.INSTANT);
            ActorRef<DiskWriter.Command> writer = rig.writer(disk, torrent, BASE, false);
            time.runUntilIdle();
            disk.speed(DiskSpeed.TURNING);

            rig.store(writer, torrent, 0);
            time.after(Duration.ofMillis(10), end);
            time.run(Duration.ofSeconds(1));

            assertThat(rig.last(DiskWriter.NotStored.class).problem().describe())
                    .endsWith("the machine was restarted meanwhile");
            assertThat(disk.transcript())
                    .filteredOn(step -> step.operation().kind() == Kind.WRITE)
                    .last()
                    .satisfies(step -> assertThat(step.outcome()).endsWith("restarted meanwhile"))
                    .satisfies(
                            step -> assertThat(step.ended().minus(step.begun())).isEqualTo(Duration.ofMillis(9)));
        }
    }

    /** Of a killed run nothing was forced: what the next one finds right and remembers would be gone with the power. */
    @Test
    void whatIsRememberedOutlivesThePowerWhoeverWroteIt() {
        SimulatedTorrent torrent =
                SimulatedTorrent.piecesOf(1000).file("a", 2500).file("b", 1500).build();
        disk.expects(torrent, BASE);
        ActorRef<DiskWriter.Command> killed = rig.writer(disk, torrent, BASE, false);
        for (int piece = 0; piece < 4; piece++) {
            rig.store(killed, torrent, piece);
        }
        time.runUntilIdle();
        disk.kill();

        ActorRef<DiskWriter.Command> next = rig.writer(disk, torrent, BASE, false);
        for (int piece = 0; piece < 4; piece++) {
            rig.check(next, piece);
        }
        next.tell(new DiskWriter.Remember(Bitfield.all(4), rig.replies()));
        time.runUntilIdle();

        assertThat(rig.last(DiskWriter.Remembered.class)).isNotNull();
        assertThat(disk.forcedPieces(torrent, BASE)).isEqualTo(Bitfield.all(4));
    }

    @Test
    void aTerabyteIsServedFromNothing() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(16 * 1024 * 1024)
                .length((1L << 40) - 12_345)
                .distinct(2)
                .build();
        disk.holds(torrent, BASE).speed(DiskSpeed.FLASH);
        ActorRef<DiskWriter.Command> writer = rig.writer(disk, torrent, BASE, true);
        time.run(Duration.ofSeconds(1));
        assertThat(rig.last(DiskWriter.Prepared.class).suspects().isFull()).isTrue();

        for (int piece : List.of(0, 40_001, 65_535)) {
            rig.check(writer, piece);
            time.run(Duration.ofSeconds(1));
            assertThat(rig.last(PieceInspector.Checked.class).right()).containsExactly(piece);
        }
        BlockRef block = new BlockRef(31_337, 16_384, 16_384);
        writer.tell(new DiskWriter.Read(List.of(block), rig.replies()));
        time.run(Duration.ofSeconds(1));
        assertThat(rig.last(DiskWriter.BlocksRead.class).blocks().get(0).data()).isEqualTo(torrent.block(block));
        assertThat(disk.pieces(torrent, BASE).isFull()).isTrue();
    }

    @Test
    void everyWriteIsSeenAndComparedWithWhatItShouldBe() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(1000)
                .file("a", 2500)
                .file("b", 0)
                .file("c", 1700)
                .padded()
                .build();
        List<String> seen = new ArrayList<>();
        disk.expects(torrent, BASE)
                .onWrite((path, offset, length, matches) ->
                        seen.add(path.getFileName() + " " + offset + "+" + length + " " + matches));
        ActorRef<DiskWriter.Command> writer = rig.writer(disk, torrent, BASE, false);

        rig.store(writer, torrent, 2);
        rig.store(writer, 0, ByteString.fromArray(new byte[1000]));
        rig.store(writer, torrent, 4);
        time.runUntilIdle();

        assertThat(seen).containsExactly("a 2000+500 true", "a 0+1000 false", "c 1000+700 true");
        assertThat(disk.pieces(torrent, BASE)).isEqualTo(set(5, 2, 4));
        assertThat(disk.forcedPieces(torrent, BASE)).isEqualTo(Bitfield.none(5));
        assertThat(disk.openFiles()).hasSize(2);
        writer.tell(new DiskWriter.Close(rig.replies()));
        time.runUntilIdle();
        assertThat(disk.openFiles()).isEmpty();
    }

    @Test
    void aFaultBecomesTheProblemThatItIsOnARealDisk() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(1000).pieces(3).build();
        Path file = BASE.resolve("simulated");
        disk.expects(torrent, BASE);
        ActorRef<DiskWriter.Command> writer = rig.writer(disk, torrent, BASE, false);
        time.runUntilIdle();

        disk.fullAt(1500);
        rig.store(writer, torrent, 0);
        rig.store(writer, torrent, 1);
        time.runUntilIdle();
        assertThat(rig.last(DiskWriter.NotStored.class).problem()).isEqualTo(new DiskProblem.Full(file));

        disk.neverFull().inject(Fault.on(Kind.WRITE).once().tears("Input/output error"));
        rig.store(writer, torrent, 1);
        time.runUntilIdle();
        assertThat(rig.last(DiskWriter.NotStored.class).problem())
                .isEqualTo(new DiskProblem.Faulty(file, "Input/output error"));

        disk.readOnly(true);
        rig.store(writer, torrent, 1);
        time.runUntilIdle();
        assertThat(rig.last(DiskWriter.NotStored.class).problem())
                .isEqualTo(new DiskProblem.Denied(file, "Read-only file system"));

        disk.readOnly(false);
        rig.store(writer, torrent, 1);
        time.runUntilIdle();
        assertThat(rig.last(DiskWriter.Stored.class).piece()).isEqualTo(1);
        assertThat(disk.pieces(torrent, BASE)).isEqualTo(set(3, 0, 1));
    }

    /** Power cuts at any operation: what the next run trusts is there, and right. */
    @Seeds(60)
    void whatIsTrustedAfterAPowerCutIsThere(long seed) {
        Random random = new Random(seed);
        disk = new SimulatedDisk(time, seed);
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(3000)
                .file("a", 7000)
                .file("b", 100)
                .file("c", 9000 + random.nextInt(5000))
                .build();
        disk.expects(torrent, BASE);
        Bitfield remembered = Bitfield.none(torrent.pieces());
        for (int life = 0; life < 3; life++) {
            disk.inject(Fault.atOperation(disk.operations() + 5 + random.nextInt(60))
                    .cutsPower());
            remembered = liveUntilThePowerIsCut(torrent, random, remembered);
            disk.powerOn();
        }
        disk.liftFaults();
        rig.writer(disk, torrent, BASE, false);
        time.runUntilIdle();
        assertTrue(torrent, rig.last(DiskWriter.Prepared.class), remembered);
    }

    private Bitfield liveUntilThePowerIsCut(SimulatedTorrent torrent, Random random, Bitfield before) {
        ActorRef<DiskWriter.Command> writer = rig.writer(disk, torrent, BASE, false);
        time.runUntilIdle();
        if (!(rig.last(Object.class) instanceof DiskWriter.Prepared prepared)) {
            return before;
        }
        assertTrue(torrent, prepared, before);
        PieceSet stored = new PieceSet(torrent.pieces());
        Bitfield remembered = before;
        List<Integer> missing = new ArrayList<>();
        for (int piece = 0; piece < torrent.pieces(); piece++) {
            if (prepared.trusted().get(piece)) {
                stored.add(piece);
            } else {
                missing.add(piece);
            }
        }
        Collections.shuffle(missing, random);
        for (int piece : missing) {
            rig.store(writer, torrent, piece);
            time.run(Duration.ofMillis(10));
            if (rig.last(Object.class) instanceof DiskWriter.Stored) {
                stored.add(piece);
            }
            if (random.nextInt(3) == 0) {
                Bitfield now = stored.toBitfield();
                writer.tell(new DiskWriter.Remember(now, rig.replies()));
                time.run(Duration.ofMillis(10));
                if (rig.last(Object.class) == DiskWriter.Remembered.INSTANCE) {
                    remembered = now;
                }
            }
        }
        disk.cutPower();
        return remembered;
    }

    /** Trusted or not, what was remembered once is there; and what is trusted is right. */
    private void assertTrue(SimulatedTorrent torrent, DiskWriter.Prepared prepared, Bitfield remembered) {
        Bitfield right = disk.pieces(torrent, BASE);
        for (int piece = 0; piece < torrent.pieces(); piece++) {
            assertThat(!prepared.trusted().get(piece) || right.get(piece))
                    .as("piece %s is trusted, so it is right", piece)
                    .isTrue();
            assertThat(!remembered.get(piece) || right.get(piece))
                    .as("piece %s was forced, so it is there", piece)
                    .isTrue();
        }
    }

    private static Bitfield set(int size, int... pieces) {
        PieceSet set = new PieceSet(size);
        for (int piece : pieces) {
            set.add(piece);
        }
        return set.toBitfield();
    }
}
