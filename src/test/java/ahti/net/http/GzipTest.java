package ahti.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
    private static final int MOST = 100_000;

    @Seeds(100)
    void unpacksMembersOneAfterTheOther(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int members = 1 + random.nextInt(4); members > 0; members--) {
            byte[] some = new byte[random.nextInt(20_000)];
            random.nextBytes(some);
            Arrays.fill(some, 0, some.length / 2, (byte) 'x');
            plain.writeBytes(some);
            packed.writeBytes(gzip(some));
        }
        packed.writeBytes("what follows is ignored"
                .repeat(random.nextInt(2))
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(Gzip.unpack(packed.toByteArray(), MOST)).isEqualTo(plain.toByteArray());
    }

    @Test
    void anyNumberOfEmptyMembersTakesNoStack() throws IOException {
        byte[] empty = gzip(new byte[0]);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            many.writeBytes(empty);
        }

        assertThat(Gzip.unpack(many.toByteArray(), MOST)).isEmpty();
    }

    @Test
    void stopsAtTheFirstByteTooMany() throws IOException {
        byte[] bomb = gzip(new byte[MOST + 1]);

        assertThat(Gzip.unpack(gzip(new byte[MOST]), MOST)).hasSize(MOST);
        assertThatThrownBy(() -> Gzip.unpack(bomb, MOST)).hasMessage("a body of more than 100000 bytes");
    }

    @Test
    void refusesOneThatIsCutAnywhere() throws IOException {
        byte[] whole = gzip("some text, some text".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Gzip.unpack(cut, MOST)).isInstanceOf(Trouble.class);
        }
    }

    @Test
    void refusesOneWhoseSumIsWrong() throws IOException {
        byte[] packed = gzip(new byte[] {1, 2, 3});
        packed[packed.length - 8] ^= 1;

        assertThatThrownBy(() -> Gzip.unpack(packed, MOST)).hasMessage("broken gzip");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
