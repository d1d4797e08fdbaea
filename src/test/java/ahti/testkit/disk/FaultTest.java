package ahti.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.disk.FilePlace;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import ahti.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest extends DiskFixture {
    private static final String BROKEN = "Input/output error";

    @Test
    void aFullDiskTakesWhatFitsAndSaysSo() throws IOException {
        OpenFile file = written("a", new byte[] {1, 2, 3, 4});
        disk.fullAt(6);

        assertThatThrownBy(() -> write(file, 2, new byte[] {5, 6, 7, 8, 9}))
                .hasMessageContaining("No space left on device");
        assertThat(content("a")).containsExactly(1, 2, 5, 6, 7, 8);
        write(file, 0, new byte[] {9, 9, 9, 9, 9, 9});
        assertThat(disk.usableSpace(BASE)).isZero();
        assertThatThrownBy(() -> disk.replace(BASE.resolve("b"), new byte[1]))
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> file.reserve(7)).hasMessageContaining("No space left on device");

        disk.fullAt(8);
        assertThat(disk.usableSpace(BASE)).isEqualTo(2);
        file.reserve(8);
        file.truncate(1);
        assertThat(disk.used()).isEqualTo(1);
        disk.neverFull().replace(BASE.resolve("b"), new byte[100]);
        assertThat(disk.used()).isEqualTo(101);
    }

    @Test
    void holesTakeNoRoom() throws IOException {
        disk.fullAt(10);

        write(open(Access.WRITE, "a"), 1L << 40, new byte[] {1});

        assertThat(disk.used()).isEqualTo(1);
        assertThat(disk.usableSpace(BASE)).isEqualTo(9);
        try (OpenFile file = open(Access.READ, "a")) {
            assertThat(file.size()).isEqualTo((1L << 40) + 1);
            assertThat(read(file, (1L << 40) - 1, 5)).containsExactly(0, 1);
        }
    }

    @Test
    void theOperationWithThatNumberFailsAndNoOther() throws IOException {
        IOException exception = new IOException("no");
        long next = disk.operations() + 1;
        ActiveFault fault = disk.inject(Fault.atOperation(next + 1).fails(operation -> exception));
        OpenFile file = open(Access.WRITE, "a");

        assertThatThrownBy(() -> write(file, 0, new byte[1])).isSameAs(exception);
        write(file, 0, new byte[2]);

        assertThat(fault.struck()).isEqualTo(1);
        assertThat(content("a")).hasSize(2);
    }

    @Test
    void someOfTheOperationsWithAPathAndAKindFail() throws IOException {
        disk.inject(Fault.on(Kind.WRITE).in(BASE.resolve("a")).after(1).times(2).fails(BROKEN));
        OpenFile struck = open(Access.WRITE, "a");
        OpenFile other = open(Access.WRITE, "ab");

        write(struck, 0, new byte[1]);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> write(struck, 0, new byte[9])).hasMessageContaining(BROKEN);
        }
        write(struck, 0, new byte[2]);
        write(other, 0, new byte[3]);

        assertThat(content("a")).as("what fails does nothing").hasSize(2);
        assertThat(content("ab")).hasSize(3);
    }

    @Test
    void aPlaceOfAFileCannotBeReadUntilTheFaultIsLifted() throws IOException {
        OpenFile file = written("a", new byte[100]);
        ActiveFault scratch =
                disk.inject(Fault.on(Kind.READ).in(BASE).touching(50, 60).fails(BROKEN));

        assertThat(read(file, 0, 50)).hasSize(50);
        assertThat(read(file, 60, 50)).hasSize(40);
        assertThatThrownBy(() -> read(file, 40, 11)).hasMessageContaining(BROKEN);
        assertThatThrownBy(() -> read(file, 59, 1)).hasMessageContaining(BROKEN);
        scratch.lift();
        assertThat(read(file, 0, 100)).hasSize(100);
        disk.inject(Fault.on().fails(BROKEN));
        disk.liftFaults();
        assertThat(read(file, 0, 100)).hasSize(100);
    }

    @Test
    void aTornWriteStopsHalfWay() throws IOException {
        OpenFile file = written("a", new byte[4]);
        disk.inject(Fault.on(Kind.WRITE).once().tears(BROKEN));

        assertThatThrownBy(() -> write(file, 0, new byte[] {1, 2, 3, 4})).hasMessageContaining(BROKEN);

        assertThat(content("a")).containsExactly(1, 2, 0, 0);
    }

    @Test
    void aBitFlipsOnTheWayAndNobodyIsTold() throws IOException {
        OpenFile file = written("a", new byte[1000]);
        ActiveFault flip = disk.inject(Fault.on(Kind.READ, Kind.READ_SMALL).flipsABit());

        assertThat(bits(read(file, 0, 1000))).isEqualTo(1);
        assertThat(bits(disk.readSmall(BASE.resolve("a"), 1000).orElseThrow())).isEqualTo(1);
        flip.lift();
        assertThat(bits(read(file, 0, 1000))).isZero();
    }

    private static int bits(byte[] bytes) {
        int bits = 0;
        for (byte b : bytes) {
            bits += Integer.bitCount(b & 0xff);
        }
        return bits;
    }

    @Test
    void aBugIsThrownAsItIs() {
        disk.inject(Fault.on(Kind.LOOK).throwing(() -> new IllegalStateException("a bug")));

        assertThatThrownBy(() -> disk.look(FilePlace.of(BASE, List.of("a"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }

    @Test
    void nothingIsChangedOnAReadOnlyDisk() throws IOException {
        OpenFile file = written("a", new byte[] {1});
        disk.readOnly(true);

        assertThatThrownBy(() -> write(file, 0, new byte[2])).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> file.truncate(0)).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> file.reserve(9)).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> open(Access.WRITE, "a")).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> open(Access.WRITE, "b")).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> disk.delete(BASE.resolve("a"))).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> disk.replace(BASE.resolve("a"), new byte[0]))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> disk.makeDirectory(BASE.resolve("c"))).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> disk.lock(BASE.resolve("l"), "")).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> disk.checkWritable(FilePlace.of(BASE, List.of("a"))))
                .isInstanceOf(AccessDeniedException.class);
        disk.makeDirectory(BASE);
        assertThat(read(open(Access.READ, "a"), 0, 9)).containsExactly(1);
        disk.readOnly(false);
        write(file, 0, new byte[] {2});
        assertThat(content("a")).containsExactly(2);
    }

    @Test
    void whatIsUnpluggedIsGoneUntilItIsPluggedIn() throws IOException {
        OpenFile file = written("a", new byte[] {1});
        disk.unplug(BASE);

        assertThatThrownBy(() -> read(file, 0, 1)).hasMessageContaining(BROKEN);
        assertThat(disk.look(FilePlace.of(BASE, List.of("a")))).isEmpty();
        assertThat(disk.readSmall(BASE.resolve("a"), 9)).isEmpty();
        for (Access access : Access.values()) {
            assertThatThrownBy(() -> open(access, "a")).isInstanceOf(NoSuchFileException.class);
        }
        assertThatThrownBy(() -> disk.makeDirectory(BASE)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> disk.usableSpace(BASE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.replace(BASE.resolve("b"), new byte[0])).isInstanceOf(NoSuchFileException.class);
        disk.delete(BASE.resolve("a"));
        disk.plugIn(BASE);
        assertThat(read(file, 0, 1)).containsExactly(1);
        assertThat(read(open(Access.READ, "a"), 0, 1)).containsExactly(1);
    }

    @Test
    void theTranscriptTellsWhatWasDoneAndHowItFailed() throws IOException {
        disk.inject(Fault.on(Kind.WRITE).fails(BROKEN));
        OpenFile file = open(Access.WRITE, "a");
        assertThatThrownBy(() -> write(file, 7, new byte[2])).isInstanceOf(IOException.class);

        assertThat(disk.transcript())
                .extracting(Step::toString)
                .containsExactly(
                        "PT0S .. PT0S #1 make directory /downloads",
                        "PT0S .. PT0S #2 open /downloads/a",
                        "PT0S .. PT0S #3 write /downloads/a 7+2: java.nio.file.FileSystemException: /downloads/a: "
                                + BROKEN);
        assertThat(disk.operations()).isEqualTo(3);
        assertThat(disk.operations(Kind.OPEN)).isEqualTo(1);
    }

    @Test
    void theTranscriptIsBounded() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            disk.makeDirectory(BASE);
        }
        assertThat(disk.transcript()).hasSize(1000);
        assertThat(disk.transcript().get(999).operation().number()).isEqualTo(2001);
    }

    @Test
    void whatIsLeftOpenOrLockedIsSeen() throws IOException {
        OpenFile file = open(Access.WRITE, "a");
        disk.lock(BASE.resolve("l"), "me");

        assertThat(disk.openFiles()).containsExactly("/downloads/a to write");
        assertThat(disk.locked()).containsExactly(BASE.resolve("l"));
        file.close();
        assertThat(disk.openFiles()).isEmpty();
    }

    @Test
    void aKilledProcessLeavesWhatItWroteAndNothingElse() throws IOException {
        OpenFile file = written("a", new byte[] {1});
        disk.lock(BASE.resolve("l"), "me");

        disk.kill();

        assertThatThrownBy(() -> write(file, 0, new byte[] {2})).hasMessageContaining("restarted");
        assertThatThrownBy(file::size).isInstanceOf(IOException.class);
        assertThat(disk.openFiles()).isEmpty();
        assertThat(disk.locked()).isEmpty();
        assertThat(content("a")).containsExactly(1);
        file.close();
    }
}
