package ahti.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.testkit.content.SimulatedTorrent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileImageTest {
    private static final int GIB = 1 << 30;

    @Seeds(100)
    void hasWhatWasWrittenWhetherItIsAsItShouldBeOrNot(long seed) {
        Random random = new Random(seed);
        int length = 1 + random.nextInt(30_000);
        SimulatedTorrent torrent =
                SimulatedTorrent.piecesOf(1000).length(length).seed(seed).build();
        byte[] right = new byte[length];
        torrent.content().read(0, ByteBuffer.wrap(right));
        FileImage image = new FileImage(Optional.of(torrent.file(0)));
        byte[] expected = new byte[0];
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(length);
            int to = from + random.nextInt(length - from + 1);
            if (random.nextInt(6) == 0) {
                image.truncate(from);
                expected = Arrays.copyOf(expected, Math.min(expected.length, from));
            } else if (to > from) {
                byte[] bytes = Arrays.copyOfRange(right, from, to);
                if (random.nextBoolean()) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) 0x10;
                }
                image.put(from, ByteBuffer.wrap(bytes));
                expected = Arrays.copyOf(expected, Math.max(expected.length, to));
                System.arraycopy(bytes, 0, expected, from, bytes.length);
            }
            FileImage seen = random.nextBoolean() ? image : image.copy();
            assertThat(seen.bytes()).isEqualTo(expected);
            boolean matches = to <= expected.length && Arrays.equals(expected, from, to, right, from, to);
            assertThat(matches || !seen.isContent(from, to) || from == to)
                    .as("what it takes for right is right")
                    .isTrue();
        }
        image.putContent(0, length);
        assertThat(image.bytes()).isEqualTo(right);
        assertThat(image.isContent(0, length)).isTrue();
    }

    @Test
    void aGibibyteAsItShouldBeTakesLessMemoryThanABitmapOfItsBlocks() {
        SimulatedTorrent torrent =
                SimulatedTorrent.piecesOf(256 * 1024).length(GIB).distinct(1).build();
        List<FileImage> images = new ArrayList<>();
        long before = usedMemory();
        for (int i = 0; i < 200; i++) {
            FileImage image = new FileImage(Optional.of(torrent.file(0)));
            for (int piece = 0; piece < 4096; piece += 2) {
                image.putContent(piece * 262_144L, (piece + 1) * 262_144L);
            }
            images.add(image);
        }
        long worst = (usedMemory() - before) / images.size();
        images.forEach(image -> image.putContent(0, GIB));

        assertThat(worst).as("bytes of memory with every second piece").isLessThan(150_000);
        assertThat(images).allMatch(image -> image.isContent(0, GIB) && image.room() == GIB);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
