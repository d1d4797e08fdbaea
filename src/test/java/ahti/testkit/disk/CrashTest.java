package ahti.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.disk.FilePlace;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import ahti.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CrashTest extends DiskFixture {
    private static final int MOST = 6_000;

    @Seeds(300)
    void whatWasForcedIsThereAndNothingThatWasNeverWritten(long seed) throws IOException {
        Random random = new Random(seed);
        disk = new SimulatedDisk(time, seed);
        disk.makeDirectory(BASE);
        Memory memory = new Memory();
        try (OpenFile file = open(Access.WRITE, "a")) {
            file.force();
            for (int i = random.nextInt(30); i >= 0; i--) {
                int at = random.nextInt(MOST / 2);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        file.force();
                        memory.force();
                    }
                    case 1 -> {
                        file.truncate(at);
                        memory.resize(Math.min(memory.now.length, at));
                    }
                    case 2 -> {
                        file.reserve(at);
                        memory.resize(Math.max(memory.now.length, at));
                    }
                    default -> {
                        byte[] bytes = new byte[1 + random.nextInt(MOST / 2)];
                        random.nextBytes(bytes);
                        write(file, at, bytes);
                        memory.write(at, bytes);
                    }
                }
            }
            if (seed % 10 == 0) {
                file.force();
                memory.force();
            }
            disk.crash();
        }

        byte[] left = content("a");
        memory.check(left);
        if (seed % 10 == 0) {
            assertThat(left).isEqualTo(memory.now);
        }
        assertThat(disk.look(FilePlace.of(BASE, List.of("a"))).orElseThrow().size())
                .isEqualTo(left.length);
    }

    /** What each byte may be after a crash: what it was when it was forced, and whatever it became since. */
    private static final class Memory {
        private final List<BitSet> may = new ArrayList<>();
        private byte[] now = new byte[0];
        private int shortest;
        private int longest;

        Memory() {
            force();
        }

        void force() {
            may.clear();
            for (int i = 0; i < MOST; i++) {
                may.add(new BitSet());
            }
            shortest = now.length;
            longest = now.length;
            note();
        }

        void resize(int length) {
            now = Arrays.copyOf(now, length);
            note();
        }

        void write(int at, byte[] bytes) {
            now = Arrays.copyOf(now, Math.max(now.length, at + bytes.length));
            System.arraycopy(bytes, 0, now, at, bytes.length);
            note();
        }

        private void note() {
            for (int i = 0; i < now.length; i++) {
                may.get(i).set(now[i] & 0xff);
            }
            shortest = Math.min(shortest, now.length);
            longest = Math.max(longest, now.length);
        }

        void check(byte[] left) {
            assertThat(left.length).isBetween(shortest, longest);
            for (int i = 0; i < left.length; i++) {
                boolean hole = left[i] == 0 && i >= shortest;
                assertThat(hole || may.get(i).get(left[i] & 0xff))
                        .as("byte %s is %s, of %s", i, left[i], may.get(i))
                        .isTrue();
            }
        }
    }

    @Test
    void writesThatWereNotForcedAreKeptLostOrTorn() throws IOException {
        Set<String> fates = new TreeSet<>();
        byte[] bytes = new byte[16 * 512];
        Arrays.fill(bytes, (byte) 1);
        for (int seed = 0; seed < 100; seed++) {
            disk = new SimulatedDisk(time, seed);
            disk.makeDirectory(BASE);
            try (OpenFile file = written("a", new byte[bytes.length])) {
                file.force();
                write(file, 0, bytes);
                disk.crash();
            }
            int kept = 0;
            byte[] left = content("a");
            for (int sector = 0; sector < 16; sector++) {
                byte[] part = Arrays.copyOfRange(left, sector * 512, sector * 512 + 512);
                boolean isNew = part[0] == 1;
                for (byte b : part) {
                    assertThat(b == 1).as("a sector is never torn").isEqualTo(isNew);
                }
                kept += isNew ? 1 : 0;
            }
            fates.add(kept == 16 ? "kept" : kept == 0 ? "lost" : "torn");
        }
        assertThat(fates).containsExactly("kept", "lost", "torn");
    }

    @Test
    void namesThatWereNotForcedMayBeGoneAndDeletedOnesBeBack() throws IOException {
        Set<String> fates = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            disk = new SimulatedDisk(time, seed);
            disk.makeDirectory(BASE);
            disk.replace(BASE.resolve("deleted"), new byte[] {1});
            disk.delete(BASE.resolve("deleted"));
            open(Access.WRITE, "created").close();
            open(Access.WRITE, "forced").force();
            disk.crash();
            assertThat(disk.bytes(BASE.resolve("forced"))).isPresent();
            fates.add("created " + disk.bytes(BASE.resolve("created")).isPresent());
            fates.add("deleted " + disk.bytes(BASE.resolve("deleted")).isPresent());
        }
        assertThat(fates).containsExactly("created false", "created true", "deleted false", "deleted true");
    }

    @Seeds(50)
    void aReplacementIsThereWhenItReturned(long seed) throws IOException {
        disk = new SimulatedDisk(time, seed);
        disk.makeDirectory(BASE);
        Path file = BASE.resolve("a");
        disk.replace(file, new byte[] {1});
        disk.replace(file, new byte[3000]);
        disk.delete(BASE.resolve("b"));
        disk.crash();

        assertThat(content("a")).isEqualTo(new byte[3000]);
        disk.delete(file);
        disk.replace(BASE.resolve("b"), new byte[1]);
        disk.crash();
        assertThat(disk.bytes(file)).as("replacing forces the directory").isEmpty();
    }

    @Test
    void withoutPowerNothingWorksAndWhatWasOpenFailsForEver() throws IOException {
        OpenFile file = written("a", new byte[] {1});
        file.force();
        disk.lock(BASE.resolve("l"), "me");
        disk.inject(Fault.on(Kind.WRITE).once().cutsPower());

        assertThatThrownBy(() -> write(file, 0, new byte[] {2})).hasMessageContaining("no power");
        assertThatThrownBy(() -> open(Access.READ, "a")).hasMessageContaining("no power");
        assertThat(disk.openFiles()).isEmpty();
        assertThat(disk.locked()).isEmpty();

        disk.powerOn();
        assertThatThrownBy(() -> read(file, 0, 1)).hasMessageContaining("restarted");
        assertThat(read(open(Access.READ, "a"), 0, 9)).hasSize(1);
    }

    @Test
    void aFileThatIsNeverForcedReachesTheDeviceInTheEnd() throws IOException {
        OpenFile file = open(Access.WRITE, "a");
        file.force();
        for (int i = 0; i < 10_000; i++) {
            write(file, i, new byte[] {1});
        }
        disk.crash();

        assertThat(content("a")).startsWith(new byte[] {1, 1, 1}).hasSizeGreaterThan(5_000);
        assertThat(Arrays.copyOf(content("a"), 5_000)).doesNotContain(0);
    }
}
