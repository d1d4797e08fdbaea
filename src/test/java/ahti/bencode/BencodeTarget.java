package ahti.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.util.Arrays;

/** Any bencode: a refusal says where, and what is read shows the original bytes and can be built again. */
public final class BencodeTarget implements FuzzTarget {
    private static final int DEPTH = 100;
    private static final int ITEMS = 10_000;

    @Override
    public String name() {
        return "bencode";
    }

    @Override
    public void check(byte[] input) throws BencodeException {
        BencodeValue read;
        try {
            read = BencodeReader.read(input, DEPTH, ITEMS);
        } catch (BencodeException refused) {
            assertThat(refused.position()).isBetween(0, input.length);
            FuzzTargets.assertFitToShow(refused.describe());
            return;
        }
        assertThat(read.encode()).isEqualTo(Arrays.copyOf(input, read.end));
        byte[] canonical = Values.rebuilt(read).encode();
        BencodeValue again = BencodeReader.read(canonical, DEPTH, ITEMS);
        assertThat(Values.rebuilt(again).encode()).isEqualTo(canonical);
        assertThat(canonical).hasSameSizeAs(read.encode());
    }
}
